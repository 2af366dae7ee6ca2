"""
The pictures of the guides, taken anew: `make guide-images`.

They show the demonstration with two cases in it, in both languages: docs/use/images/images.toml says which page
each picture is of. Few colours are left in them, so that a guide is not heavy on a phone.
"""

import contextlib
import io
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from engine.installation import Installation
from engine.settings import Settings
from tests import databases
from tests.browsers import chromium, signed_in
from tests.factories.callers import Caller
from tests.factories.doors import callers
from tests.journeys.test_document_approval import DRAFT
from tests.pages.contents import opened
from tests.servers import ROOT, Server, Site, serving
from web.auth.requests import COOKIE
from web.language import COOKIE as LANGUAGE

FOLDER = ROOT / "docs" / "use" / "images"
LANGUAGES = ("sv", "en")
COLOURS = 128
ROUTINE = "document-approval"


def main() -> None:
    with demonstration() as (server, installation), chromium() as browser:
        names = cases(*callers(installation, server, "anna", "bo"))
        for name, wanted in tomllib.loads((FOLDER / "images.toml").read_text("utf-8")).items():
            cookie = signed_in(installation, wanted["who"]) if "who" in wanted else None
            for language in LANGUAGES:
                path = FOLDER / f"{name}-{language}.png"
                path.write_bytes(
                    few_colours(picture(browser, server, wanted, names, language, cookie))
                )
                sys.stdout.write(f"{path}\n")


@contextlib.contextmanager
def demonstration() -> Iterator[tuple[Server, Installation]]:
    """Serve the demonstration as `make run` does, in a folder that vanishes."""
    with databases.shared_folder() as shared, tempfile.TemporaryDirectory() as folder:
        site = Site(
            databases.SQLite(shared).copy(Path(folder) / "rutin.sqlite"), Path(folder) / "files"
        )
        with serving(site) as [server]:
            assert site.rutin("demo", "load").returncode == 0
            installation = Installation(Settings(database_url=site.database_url))
            yield server, installation
            installation.close()


def cases(author: Caller, reviewer: Caller) -> dict[str, str]:
    """Begin two cases; in one the first reviewer is done, and the second has something to do in both."""
    begun = []
    for key, title in (("KS 2026/114", DRAFT["title"]), ("KS 2026/120", "Rutin för nycklar")):
        case = opened(author, ROUTINE, business_key=key, unit="hemtjanst")
        author.complete(author.tasks(case)["Task_Draft"], **DRAFT | {"title": title})
        begun.append(case)
    case = begun[0]
    first = reviewer.tasks(case)["Task_Review1"]
    assert reviewer.complete(first, verdict_1="ok", comments_1=[]).status == 200
    return {
        "case": case["id"],
        "task": author.tasks(case)["Task_Review2"]["id"],
        "routine": case["definition_id"],
    }


def picture(
    browser: Browser,
    server: Server,
    wanted: Mapping[str, str],
    names: Mapping[str, str],
    language: str,
    cookie: str | None,
) -> bytes:
    size = {"width": wanted["width"], "height": wanted["height"]}
    context = browser.new_context(base_url=server.address, viewport=size, reduced_motion="reduce")
    cookies = {LANGUAGE: language} | ({COOKIE: cookie} if cookie else {})
    context.add_cookies(
        [{"name": name, "value": value, "url": server.address} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(wanted["address"].format(**names))
    taken = page.screenshot()
    context.close()
    return taken


def few_colours(png: bytes) -> bytes:
    small = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    main()
