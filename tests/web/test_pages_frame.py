"""What all pages have in common, and the pages that tell of errors."""

import re

import pytest

from bpmn.description import Trigger
from bpmn.dmn.boxes import Aggregation, HitPolicy
from bpmn.feel.values import ORDERED
from bpmn.lint.rules.not_supported import EXECUTED
from bpmn.progress import ElementState
from engine.audit.events import EventType
from engine.instances.models import Confidentiality, InstanceState
from engine.tasks.models import UserTaskState
from web import assets
from web.pages import words
from web.pages.urgency import Urgency

PAGES = ["/tasks", "/notifications", "/cases", "/routines", "/account"]
BELOW = ["/decisions", "/account/absences/new", "/account/substitutes/new", "/about/accessibility"]
"""Pages that are not in the menu themselves."""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_a_way_past_the_menu_and_a_place_in_it(browsers, address):
    page = browsers("alice").get(address)

    assert page.status == 200
    assert len(page.all("//h1")) == 1
    assert page.one("//a[@class='skip']").get("href") == "#main"
    assert len(set(page.all("//nav[@class='nav']//a[@aria-current]/@href"))) == 1
    assert page.title.endswith(" – Rutin")


@pytest.mark.parametrize("address", [*PAGES, *BELOW])
def test_a_page_needs_no_script_and_no_style_of_its_own(browsers, address):
    page = browsers("alice").get(address)

    assert page.all("//script[not(@src)] | //style | //@style | //@onclick") == []
    assert "default-src 'none'" in page.response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", [*PAGES, *BELOW, "/sign-in"])
def test_every_form_that_changes_something_carries_the_token(browsers, address):
    page = browsers("alice").get(address)

    forms = page.all("//form[@method='post']")
    assert forms
    assert all(form.xpath("./input[@name='csrf_token']") for form in forms)


def test_what_is_not_there_is_told_with_a_way_on(browsers):
    page = browsers("alice").get("/nothing")

    assert page.status == 404
    assert page.heading == "Nothing here"
    assert page.link("Go to what there is to do") == "/tasks"


def test_a_stranger_is_told_of_errors_in_the_frame_of_strangers(client):
    response = client.get("/nothing", headers={"Accept-Language": "sv"})

    assert response.status_code == 404
    assert "Här finns ingenting" in response.text
    assert "Logga ut" not in response.text


def test_what_may_not_be_seen_is_told_as_a_page(browsers):
    page = browsers("charlie").post("/tasks/00000000-0000-4000-8000-000000000000")

    assert page.status == 404
    assert "There is nothing by that identity." in page.main


@pytest.mark.parametrize(
    ("codes", "vocabulary"),
    [
        (EventType, words.EVENTS),
        (InstanceState, words.CASES),
        (Confidentiality, words.CONFIDENTIALITY),
        (UserTaskState, words.TASKS),
        (ElementState, words.STEPS),
        (Urgency, words.URGENCIES),
        (EXECUTED, words.ELEMENTS),
        (Trigger, words.TRIGGERS),
        (HitPolicy, words.HIT_POLICIES),
        (Aggregation, words.AGGREGATIONS),
        (ORDERED, words.VALUES),
    ],
)
def test_every_code_has_a_word(codes, vocabulary):
    assert set(codes) - set(vocabulary) == set()


def test_the_style_sheet_draws_every_state_the_pages_name(app):
    [sheet] = assets.read().styles
    with app.test_client().get(sheet) as response:
        style = response.text
    classes = set(re.findall(r"\.(state-[a-z]+)", style))

    assert {
        "state-active",
        "state-completed",
        "state-incident",
        "state-suspended",
        "state-secret",
    } <= classes
