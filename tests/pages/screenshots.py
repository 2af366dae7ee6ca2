"""
Pages of the table as pictures, to be looked at: `make screenshots`; and those of the guides: `make guide-images`.

All are written to var/screenshots/<page>-<language>-<width>-<theme>.png, the whole page each time. Arguments are
looked for in the names of the pages: `.venv/bin/python -m tests.pages.screenshots tasks` takes those of tasks.
With `--guides` the pictures that docs/use/images/images.toml lists are taken anew, where they lie.
"""

import contextlib
import itertools
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import databases
from tests.browsers import chromium
from tests.pages.row import Row, State
from tests.pages.rows import ROWS
from tests.pages.sites import prepared
from tests.pages.windows import Windows
from tests.servers import ROOT

FOLDER = ROOT / "var" / "screenshots"
GUIDES = ROOT / "docs" / "use" / "images"
LANGUAGES = ("sv", "en")
WIDTHS = (390, 1280)
THEMES = ("light", "dark")
LARGEST = 100_000
"""Bytes of a picture in the guides."""


def main(arguments: Sequence[str]) -> None:
    if "--guides" in arguments:
        with opened() as windows:
            sys.stdout.writelines(f"{path}\n" for path in illustrate(windows))
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [row for row in ROWS if not arguments or any(each in row.name for each in arguments)]
    with opened() as windows:
        for row in rows:
            take(windows, row)
    sys.stdout.write(f"{len(rows)} pages are in {FOLDER}\n")


@contextlib.contextmanager
def opened() -> Iterator[Windows]:
    with (
        databases.shared_folder() as shared,
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        prepared(Path(folder), databases.SQLite(shared).copy) as sites,
    ):
        windows = Windows(browser, sites)
        yield windows
        windows.close()


def take(windows: Windows, row: Row) -> None:
    for language in LANGUAGES:
        with windows.open(row, language) as shown:
            for width, theme in itertools.product(WIDTHS, THEMES):
                shown.set(width, theme)
                path = FOLDER / f"{row.name}-{language}-{width}-{theme}.png"
                shown.page.screenshot(path=path, full_page=True)


def illustrate(windows: Windows) -> Iterator[Path]:
    """Take the pictures of the guides: each shows its page as it is at first, from the top."""
    rows = {row.endpoint: row for row in reversed(ROWS) if row.state is State.NORMAL}
    listed = tomllib.loads((GUIDES / "images.toml").read_text("utf-8"))
    for (name, wanted), language in itertools.product(listed.items(), LANGUAGES):
        with windows.open(rows[wanted["endpoint"]], language, width=wanted["width"]) as shown:
            shown.page.set_viewport_size({"width": wanted["width"], "height": wanted["height"]})
            path = GUIDES / f"{name}-{language}.png"
            picture = shown.page.screenshot(path=path)
        if len(picture) > LARGEST:
            raise ValueError(f"{path} has {len(picture)} bytes; the guides take {LARGEST}.")
        yield path


if __name__ == "__main__":
    main(sys.argv[1:])
