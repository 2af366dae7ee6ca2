"""What measurements of the whole application share: an installation on each database, and the time of an act."""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import town
from engine.installation import Installation
from engine.settings import Settings
from tests import databases

KINDS = ("sqlite", "postgresql")


@contextlib.contextmanager
def installed(kind: str, shared: Path) -> Iterator[Installation]:
    """Lend an installation with an empty database of a kind."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rutin-bench-")))
        if kind == "sqlite":
            url = databases.SQLite(shared).copy(folder / "rutin.sqlite")
        else:
            server = databases.PostgreSQL(shared)
            stack.callback(server.close)
            database = server.copy()
            stack.callback(server.drop, database)
            url = server.url(database)
        settings = Settings(database_url=url, files=folder, secret_key="k" * 32)
        yield stack.enter_context(contextlib.closing(Installation(settings)))


def settle(installation: Installation, drawn: town.Town) -> None:
    """Fill the database, and let it count what it holds, as it would have by the time that it holds so much."""
    with installation.database.writing() as session:
        town.settle(session, drawn)
    with installation.database.engine.connect() as connection:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        outside.execute(text("ANALYZE" if installation.database.is_sqlite else "VACUUM ANALYZE"))


def timed(act: Callable[..., Any], *arguments: Any) -> float:
    """Return the seconds that an act takes."""
    began = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - began


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Return milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return round(cuts[percent - 1] * 1000, 1)
