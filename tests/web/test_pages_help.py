"""The guides as help: in the reader's language, before signing in too, and from each page what explains it."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import UUID

import pytest
from lxml import html

from tests.factories.browsers import Browser
from web.errors import PROGRAMS
from web.pages.service import guides, help_pages

ROOT = Path(__file__).parents[2]
LANGUAGES = ("sv", "en")
NO_PAGES = {
    "assets": "gives a file out",
    "additions.content": "gives a file out",
    "openid.come_back": "leads on",
    "openid.leave": "leads on",
    "openid.sign_out": "leads on",
    "static": "gives a file out",
}
"""What a browser asks for and that is no page to explain."""


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """Build the guides as a release does, and give what came of it."""
    folder = tmp_path_factory.mktemp("help")
    options = ["-q", "-n", "-W", "--keep-going", "-b", "help", "-d", folder / "read"]
    made = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, ROOT / "docs", folder / "built"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, "")
    return folder / "built"


@pytest.fixture(autouse=True)
def _served(built, monkeypatch):
    monkeypatch.setattr(guides, "BUILT", built / "guides.json")


def pages_in(built: Path, language: str) -> dict[str, dict[str, str]]:
    """Give the pages of a language by the names under which they are served."""
    pages = json.loads((built / "guides.json").read_text("utf-8"))["pages"]
    return {
        name.replace(f"/{language}/", "/"): page
        for name, page in pages.items()
        if name.startswith(("reference/", f"use/{language}/", f"run/{language}/"))
    }


def documents_in(built: Path, language: str) -> dict[str, html.HtmlElement]:
    """Give the pages by their addresses, with their links as a browser follows them."""
    found = {
        f"/help/{name}": html.document_fromstring(page["body"], base_url=f"http://-/help/{name}")
        for name, page in pages_in(built, language).items()
    }
    for each in found.values():
        each.make_links_absolute()
    return found


# ------------------------------------------------------------------------------ what is built


def test_the_guides_are_in_both_languages(built):
    pages = json.loads((built / "guides.json").read_text("utf-8"))["pages"]

    for guide in guides.IN_EACH_LANGUAGE:
        swedish, english = (
            {name.split("/")[2] for name in pages if name.startswith(f"{guide}/{language}/")}
            for language in LANGUAGES
        )
        assert swedish == english
        assert len(swedish) > 15


def test_the_parts_of_a_guide_come_in_the_same_order_in_both_languages(built):
    contents = json.loads((built / "guides.json").read_text("utf-8"))["contents"]

    for guide in guides.IN_EACH_LANGUAGE:
        swedish, english = (contents[f"{guide}/{language}/index"] for language in LANGUAGES)
        assert [part["pages"] for part in swedish] == [part["pages"] for part in english]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_a_fragment_whose_links_lead_to_pages_and_headings(built, language):
    pages = documents_in(built, language)

    for address, page in pages.items():
        assert page.xpath("//script | //style | //iframe | //form | //@style | //@onclick") == []
        for target in page.xpath("//a/@href"):
            if target.startswith("http://-"):
                found, _, anchor = target.removeprefix("http://-").partition("#")
                assert found in pages, (address, target)
                assert not anchor or pages[found].xpath("//*[@id=$id]", id=anchor), target


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_there_is_small_and_says_what_it_shows_in_words(built, language):
    pictures = {
        picture
        for page in documents_in(built, language).values()
        for picture in page.xpath("//img")
    }

    assert pictures
    for picture in pictures:
        folder, _, file = picture.get("src").rpartition("/")
        assert folder == "http://-/static/help"
        assert file.endswith(f"-{language}.png")
        assert (built / "pictures" / file).stat().st_size <= 100_000
        assert len(picture.get("alt")) > 30
        assert picture.get("width") in {"390", "1280"}


def test_every_picture_says_which_page_it_is_of(built, app):
    listed = tomllib.loads((ROOT / "docs/use/images/images.toml").read_text("utf-8"))
    pages = app.url_map.bind("localhost")

    shown = {each.name for each in (built / "pictures").iterdir()}

    assert {f"{name}-{language}.png" for name in listed for language in LANGUAGES} == shown
    for each in listed.values():
        assert pages.match(re.sub(r"\{\w+\}", str(UUID(int=0)), each["address"]))


def test_building_twice_makes_the_same(built, tmp_path):
    options = ["-q", "-b", "help", "-d", tmp_path / "read"]
    subprocess.run(
        [sys.executable, "-m", "sphinx", *options, ROOT / "docs", tmp_path / "built"], check=True
    )

    again = (tmp_path / "built" / "guides.json").read_bytes()

    assert again == (built / "guides.json").read_bytes()


def test_a_link_that_leads_nowhere_and_a_page_in_no_contents_are_refused(tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(
        ROOT / "docs", docs, ignore=shutil.ignore_patterns("build", "reference", "run")
    )
    (docs / "use/en/lost.md").write_text("# Lost\n\n[Nothing](nothing.md)\n", encoding="utf-8")
    options = ["-q", "-n", "-W", "--keep-going", "-b", "help", "-d", tmp_path / "read"]

    made = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, docs, tmp_path / "built"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 1
    assert "document isn't included in any toctree" in made.stderr
    assert "target not found: 'nothing.md'" in made.stderr


# ------------------------------------------------------------------------------ what is served


def test_help_begins_with_what_there_is_to_read(browsers):
    page = browsers("alice").get("/help")

    assert page.status == 200
    assert page.address == "/help/use/index"
    assert page.heading == "Use Rutin"
    assert page.link("Sign in") == "sign-in"


def test_whoever_has_not_signed_in_reads_how_to(client):
    page = Browser(client, "sv").get("/help/use/sign-in")

    assert page.status == 200
    assert page.heading == "Logga in"
    assert page.title == "Logga in – Hjälp – Rutin"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_guides_is_served_within_the_frame(client, built, language):
    browser = Browser(client, language)

    for name, kept in pages_in(built, language).items():
        if not name.startswith("reference/lint/"):  # a hundred alike
            page = browser.get(f"/help/{name}")
            assert page.status == 200
            assert page.texts("//h1") == [kept["title"]]
            assert len(page.all("//nav[@class='trail'] | //nav[@class='side']")) == 2


def test_a_page_knows_its_place_and_what_comes_before_and_after(browsers):
    page = browsers("alice").get("/help/use/password")

    assert page.texts("//nav[@aria-label='Contents']//a[@aria-current]") == [
        "Change your password"
    ]
    assert page.texts("//nav[@class='pages']/a") == ["Before: Sign in", "Next: The start page"]


def test_the_reference_says_that_it_is_in_english(client):
    page = Browser(client, "sv").get("/help/reference/settings")

    assert page.one("//article").get("lang") == "en"
    assert page.one("/html").get("lang") == "sv"


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "use/nothing",
        "use/sv/sign-in",
        "use",
        "README",
        "../guides.json",
        "%2e%2e/%2e%2e/errors.py",
        "use/../../etc/passwd",
        "reference/../use/sign-in",
        "sv//sign-in",
    ],
)
def test_what_is_no_page_of_the_guides_is_not_there(client, name):
    page = Browser(client).get(f"/help/{name}")

    assert page.status == 404
    assert page.heading == "Nothing here"


def test_where_nothing_was_built_there_is_no_help(client, monkeypatch, tmp_path):
    monkeypatch.setattr(guides, "BUILT", tmp_path / "guides.json")

    assert Browser(client).get("/help").status == 404


# ------------------------------------------------------------------------------ at the right place


def test_every_page_has_a_page_that_explains_it(app):
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(PROGRAMS)
    }

    explained = {
        each for each in pages if {each, each.partition(".")[0]} & help_pages.PLACES.keys()
    }

    assert pages - explained - NO_PAGES.keys() == set()


def test_what_is_explained_is_there(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    blueprints = set(app.blueprints)

    assert help_pages.PLACES.keys() - endpoints - blueprints == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_explains_a_page_is_there_in_each_language(language):
    named = {*help_pages.PLACES.values(), help_pages.CONTENTS}

    assert {name for name in named if guides.page(name, language) is None} == set()


@pytest.mark.parametrize(
    ("address", "explained_by"),
    [
        ("/tasks", "/help/use/find-a-task"),
        ("/account/password", "/help/use/password"),
        ("/cases", "/help/use/find-a-case"),
        ("/nothing", "/help/use/index"),
    ],
)
def test_a_page_knows_the_address_of_its_help(app, address, explained_by):
    with app.test_request_context(address):
        beside = help_pages.beside()

    assert beside == {"help_address": explained_by}
