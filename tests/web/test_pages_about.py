"""What the service is made of: its parts on one page, and the licences of what it is built on."""

import json
from pathlib import Path

import pytest

from bpmn.extensions.areas import AREAS as NAMES
from tests.factories import diagrams
from tests.factories.browsers import Browser
from web import assets
from web.assets import AssetsMissing
from web.pages.frame.areas import AREAS

ROOT = Path(__file__).parents[2]


def test_licences_are_told_of_what_runs_and_of_what_pages_load(app):
    page = Browser(app.test_client()).get("/about/licences")

    told = "".join(page.texts("//table"))
    assert "Flask" in told
    assert "pytest" not in told
    assert "htmx.org" in page.texts("//*[@class='verbatim']")[0]
    assert "lucide-static" in page.texts("//*[@class='verbatim']")[0]


def test_all_icons_that_have_a_name_are_on_the_page_of_components(app):
    page = Browser(app.test_client()).get("/about/components")

    names = json.loads((ROOT / "web/frontend/icons.json").read_text())
    assert {each.text for each in page.all("//ul[@class='icons']//code")} == set(names)


def test_a_form_of_the_components_says_what_is_missing(app):
    page = Browser(app.test_client()).get("/about/components?line=&one=low")

    assert page.one("//*[@id='f-line']").get("aria-invalid") == "true"
    assert page.one("//input[@name='one'][@value='low']").get("checked") is not None


def test_an_icon_that_was_not_named_is_an_error(app):
    with pytest.raises(KeyError):
        assets.read().icon("unheard-of")


def test_without_a_front_end_it_is_said_how_to_build_one(tmp_path):
    with pytest.raises(AssetsMissing, match="make assets"):
        assets.read(tmp_path)


def test_what_is_built_is_kept_for_good_and_packed(app):
    client, address = app.test_client(), assets.read().script

    with (
        client.get(address, headers={"Accept-Encoding": "identity"}) as plain,
        client.get(address, headers={"Accept-Encoding": "gzip"}) as packed,
    ):
        assert "immutable" in plain.headers["Cache-Control"]
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.mimetype == plain.mimetype
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert len(packed.data) < len(plain.data)


@pytest.mark.parametrize(
    "name", ["manifest.json", "icons.json", "assets/../icons.json", "assets/x"]
)
def test_only_what_pages_load_is_handed_out(app, name):
    assert app.test_client().get(f"/static/dist/{name}").status_code == 404


# ---------------------------------------------------------------- areas


def test_each_area_has_a_page():
    assert list(AREAS) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_menu_leads_to_each_area_and_says_where_one_is(browsers, name):
    page = browsers("bob").get(f"/areas/{name}")

    [here] = page.all("//nav[@class='nav']//a[@aria-current='page']")
    assert here.get("href") == f"/areas/{name}"


def test_a_routine_stands_in_its_area_and_another_with_the_routines(browsers, owner):
    owner.deploy(diagrams.one_task())
    page = browsers("bob")

    assert page.get("/areas/processes").all("//li[@class='row']")
    assert not page.get("/areas/improvement").all("//li[@class='row']")


def test_there_is_no_eighth_area(browsers):
    assert browsers("bob").get("/areas/quality").status == 404
