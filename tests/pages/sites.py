"""Two sites that stand side by side: one with everything, and one that is bare (`contents.py`)."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.installation import Installation
from engine.settings import Settings
from tests.factories.callers import Door
from tests.pages import contents
from tests.pages.contents import Contents
from tests.servers import Server, Site, serving

Sites = Mapping[bool, tuple[Server, Contents]]
"""By whether it is bare."""
PROVIDER = {
    "RUTIN_ADDRESS": "https://rutin.example",
    "RUTIN_OPENID_ISSUER": "https://id.example",
    "RUTIN_OPENID_CLIENT_ID": "rutin",
    "RUTIN_OPENID_NAME": "Exempelby",
}
"""Nobody is there: pages only name it."""


@contextlib.contextmanager
def prepared(folder: Path, database: Callable[[Path], str]) -> Iterator[Sites]:
    """Serve both; `database` makes one that is migrated and empty in a file, and gives its address."""
    with contextlib.ExitStack() as stack:

        def site(
            name: str,
            settings: Mapping[str, str],
            prepare: Callable[[Installation, Door], Contents],
        ) -> tuple[Server, Contents]:
            url = database(folder / f"{name}.sqlite")
            place = Site(url, folder / name, settings)
            [server] = stack.enter_context(serving(place))
            installation = Installation(Settings(database_url=url))
            stack.callback(installation.close)
            return server, prepare(installation, server)

        yield {
            False: site("full", PROVIDER, contents.everything),
            True: site("bare", {}, contents.bare),
        }
