"""What is typed into a task is kept by itself, in a browser: after a while, on leaving, before a comment goes."""

import re
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.bpmn.forms.forms import field

LATEST = 15_000
"""Milliseconds; a draft is saved three seconds after the last change."""
FORM = {
    "key": "answer",
    "title": {"sv": "Svar", "en": "Report"},
    "fields": [
        field("text", "line", label={"sv": "Rad", "en": "Line"}),
        field("text", "dataset", label={"sv": "Data", "en": "Data"}),
        field("sign", "signed", label={"sv": "Underskrift", "en": "Signature"}, meaning="read"),
    ],
}


@pytest.fixture
def bodies(page):
    """What the script sends."""
    sent = []
    page.on(
        "request", lambda each: each.url.endswith("/draft") and sent.append(each.post_data or "")
    )
    return sent


def draft(alice, task):
    answer = alice.get(f"/user-tasks/{task['id']}/draft")
    return answer.json if answer.status == 200 else None


def test_it_is_saved_a_while_after_the_last_change(page, bodies, alice, task):
    told = page.locator("[data-draft]")
    expect(told).to_have_text("")

    page.get_by_label("Line").fill("Åäö & co")
    page.get_by_label("Your password").fill("korrekt häst")

    expect(told).to_have_text(re.compile("^Saved "), timeout=LATEST)
    kept = draft(alice, task)
    assert kept["answers"] == {"line": "Åäö & co", "dataset": "", "_asked": []}
    saved_at = datetime.fromisoformat(kept["saved_at"]).astimezone(ZoneInfo("Europe/Stockholm"))
    assert told.text_content() == f"Saved {saved_at:%H:%M}"
    assert ["_password" in each for each in bodies] == [False]
    page.reload()
    expect(page.get_by_label("Line")).to_have_value("Åäö & co")
    expect(page.get_by_label("Your password")).to_have_value("")


def test_it_is_saved_when_the_page_is_left(page, alice, task):
    page.get_by_label("Line").fill("på språng")

    page.goto("/cases")
    page.goto(f"/tasks/{task['id']}")

    expect(page.get_by_label("Line")).to_have_value("på språng")


def test_a_comment_waits_for_what_is_saved_and_loses_nothing(page):
    def hesitate(route):
        time.sleep(1)
        route.continue_()

    page.route("**/draft", hesitate)
    page.get_by_label("Line").fill("halvvägs")
    page.get_by_label("Write a comment").fill("Vad menas?")

    page.get_by_role("button", name="Send the comment").click()

    expect(page.get_by_text("Your comment is there")).to_be_visible()
    expect(page.get_by_label("Line")).to_have_value("halvvägs")
    expect(page.get_by_text("What you wrote until")).to_be_visible()


def test_who_starts_over_is_not_given_it_back(page, alice, task):
    page.get_by_label("Line").fill("ett")
    page.get_by_role("button", name="Save and continue later").click()
    expect(page.get_by_text("What you have written is saved")).to_be_visible()
    page.get_by_label("Line").fill("två")

    page.get_by_role("button", name="Start over").click()

    expect(page.get_by_text("You begin anew")).to_be_visible()
    expect(page.get_by_label("Line")).to_have_value("")
    page.goto("/cases")
    assert draft(alice, task) is None


def test_what_was_handed_in_is_no_draft(page, bodies, alice, task):
    page.get_by_label("Line").fill("färdigt")

    page.get_by_role("button", name="Complete the task").last.click()

    expect(page.get_by_text("is done.")).to_be_visible()
    assert bodies == []
    assert draft(alice, task) is None


def test_what_cannot_be_saved_is_told(page, alice, task):
    page.context.set_offline(True)
    page.get_by_label("Line").fill("utan nät")

    told = page.locator("[data-draft]")
    expect(told).to_have_text("What you have written last is not saved.", timeout=LATEST)
    page.context.set_offline(False)
    page.goto("/cases")
    assert draft(alice, task)["answers"]["line"] == "utan nät"
