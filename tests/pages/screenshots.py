"""
Pages of the table as pictures, to be looked at: `make screenshots`.

All are written to var/screenshots/<page>-<language>-<width>-<theme>.png, the whole page each time. Arguments are
looked for in the names of the pages: `.venv/bin/python -m tests.pages.screenshots tasks` takes those of tasks.
"""

import contextlib
import itertools
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests import databases
from tests.browsers import chromium
from tests.pages.row import Row
from tests.pages.rows import ROWS
from tests.pages.sites import prepared
from tests.pages.windows import Windows
from tests.servers import ROOT

FOLDER = ROOT / "var" / "screenshots"
LANGUAGES = ("sv", "en")
WIDTHS = (390, 1280)
THEMES = ("light", "dark")


def main(arguments: Sequence[str]) -> None:
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


if __name__ == "__main__":
    main(sys.argv[1:])
