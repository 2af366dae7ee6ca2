"""
The front end as it was built: which files a page loads, and what the icons look like.

The names of the files hold a hash of what is in them, so browsers keep them for good. The sources are in
`web/frontend`; `tools/assets.sh` builds them, and so does a wheel.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from posixpath import normpath

from flask import Flask, Response, request, send_from_directory
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.transactions import opens_its_own

BUILT = Path(__file__).parent / "static" / "dist"
ENTRY = "src/app.js"
AT = "/static/dist/"
FOR_GOOD = "public, max-age=31536000, immutable"


class AssetsMissing(RuntimeError):
    """The front end was not built. It is built by `make assets`, and comes with a wheel."""


@dataclass(frozen=True, slots=True)
class Assets:
    script: str
    styles: tuple[str, ...]
    icons: Mapping[str, Markup]
    """What is inside of each SVG, of 24 units a side."""
    licences: str
    """The licences of what is bundled, as text."""

    def icon(self, name: str) -> Markup:
        """Return the inside of an icon; raises `KeyError` for one that `icons.json` does not name."""
        return self.icons[name]


def read(folder: Path = BUILT) -> Assets:
    """Read what was built. Raises `AssetsMissing`."""
    try:
        entry = json.loads((folder / "manifest.json").read_text())[ENTRY]
        icons = json.loads((folder / "icons.json").read_text())
        licences = (folder / "licences.md").read_text()
    except FileNotFoundError as error:
        raise AssetsMissing("The front end is not built: run make assets.") from error
    return Assets(
        AT + entry["file"],
        tuple(AT + each for each in entry.get("css", ())),
        {name: Markup(paths) for name, paths in icons.items()},  # noqa: S704  built by us
        licences,
    )


def register(app: Flask) -> None:
    app.jinja_env.globals["assets"] = read()
    app.add_url_rule(f"{AT}<path:name>", "assets", _send)


@opens_its_own
@requires(Permission.PUBLIC)
def _send(name: str) -> Response:
    """Hand out a built file, packed where the browser unpacks it."""
    if not normpath(name).startswith("assets/") or name.endswith(".gz"):
        raise NotFound
    packed = request.accept_encodings["gzip"] > 0 and (BUILT / f"{name}.gz").is_file()
    answer = send_from_directory(
        BUILT, f"{name}.gz" if packed else name, mimetype=guess_type(name)[0]
    )
    if packed:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = FOR_GOOD
    return answer
