"""
Every page of the table as a picture, to be looked at: `make screenshots`.

Written to var/screenshots/<page>-<language>-<width>-<theme>.png, the whole page each time. Arguments are
looked for in the names of the pages: `.venv/bin/python -m tests.pages.screenshots tasks` takes those of tasks.
"""

import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests import databases
from tests.browsers import chromium
from tests.pages.rows import ROWS, Row
from tests.pages.sites import prepared
from tests.pages.windows import Windows
from tests.servers import ROOT

FOLDER = ROOT / "var" / "screenshots"
LANGUAGES = ("sv", "en")
WIDTHS = (390, 1280)
THEMES = ("light", "dark")


def take(windows: Windows, row: Row, folder: Path) -> None:
    for language in LANGUAGES:
        with windows.open(row, language) as opened:
            for width, theme in itertools.product(WIDTHS, THEMES):
                opened.set(width, theme)
                path = folder / f"{row.name}-{language}-{width}-{theme}.png"
                opened.page.screenshot(path=path, full_page=True)


def main(parts: Sequence[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [row for row in ROWS if not parts or any(part in row.name for part in parts)]
    with (
        databases.shared_folder() as shared,
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        prepared(Path(folder), databases.SQLite(shared).copy) as sites,
    ):
        windows = Windows(browser, sites)
        for row in rows:
            take(windows, row, FOLDER)
        windows.close()
    sys.stdout.write(f"{len(rows)} pages are in {FOLDER}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
