"""One box: what holds the words, as far as the reader may see it, and a case by its number."""

from urllib.parse import urlencode

import pytest

from tests.factories import diagrams


@pytest.fixture
def deployed(owner):
    owner.deploy(diagrams.one_task())


def _start(caller, key):
    return caller.post(
        "/process-instances", json={"definition_key": "p", "business_key": key, "variables": {}}
    ).json


def test_without_words_it_is_said_what_can_be_found(browsers):
    assert browsers("alice").get("/search").all("//*[@class='empty']")


def test_words_lead_to_cases_tasks_and_routines(browsers, deployed, alice):
    _start(alice, "KLAGOMAL-1")
    _start(alice, "KLAGOMAL-2")

    page = browsers("alice").get("/search?q=klagomal")

    assert len(page.all("//a[@class='row-name'][starts-with(@href, '/cases/')]")) == 2
    assert page.one("//input[@id='find']").get("value") == "klagomal"


def test_a_number_leads_to_its_case(browsers, deployed, alice):
    case = _start(alice, "2026-17")

    answer = browsers("alice").get("/search?q=2026-17")

    assert answer.address == f"/cases/{case['id']}"


def test_what_one_may_not_see_is_not_found(browsers, deployed, alice):
    _start(alice, "HEMLIGT-1")

    page = browsers("charlie").get("/search?q=hemligt")

    assert page.all("//a[starts-with(@href, '/cases/')][@class='row-name']") == []
    assert page.all("//*[@class='empty']")


@pytest.mark.parametrize("text", ["%", "'", "(", '"x', "a" * 500, "*", "a AND", "\x00"])
def test_whatever_is_typed_is_looked_for(browsers, deployed, text):
    page = browsers("alice").get("/search?" + urlencode({"q": text}))

    assert page.status == 200
