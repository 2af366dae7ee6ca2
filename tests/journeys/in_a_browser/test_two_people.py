"""Two people at the same work, each in a window: what one does the other is told, and nobody's words are lost."""

import pytest
from playwright.sync_api import expect

from tests.bpmn.forms.forms import field
from tests.factories.diagrams import one_task

FORM = {
    "key": "answer",
    "title": {"sv": "Svar", "en": "Report"},
    "fields": [field("text", "line", label={"sv": "Rad", "en": "Line"})],
}


@pytest.fixture
def theirs(windows, task):
    """The same task, before Bob."""
    page = windows("bob")
    page.goto(f"/tasks/{task['id']}")
    return page


def come_back(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_who_was_slower_is_told_at_once_and_keeps_what_was_written(page, theirs):
    page.get_by_label("Line").fill("What Alice saw")
    theirs.get_by_role("button", name="Take the task").click()
    expect(theirs.get_by_text("You have taken the task")).to_be_visible()

    come_back(page)
    expect(page.locator("[data-news]")).to_contain_text("bob took the task.")
    expect(page.get_by_label("Line")).to_have_value("What Alice saw")
    page.get_by_role("button", name="Complete the task").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody was faster")
    expect(page.get_by_text("What Alice saw", exact=True)).to_be_visible()
    theirs.get_by_label("Line").fill("What Bob saw")
    theirs.get_by_role("button", name="Complete the task").click()
    expect(theirs.get_by_text("“Handlägg” is done.")).to_be_visible()
    page.get_by_role("link", name="See how the task stands").click()
    expect(page.get_by_role("main")).to_contain_text("What Bob saw")


def test_of_several_only_those_are_taken_that_nobody_else_has(people, windows):
    people["owner"].deploy(one_task("several", "Handlägg"))
    cases = [people["alice"].start("several") for _ in range(3)]
    page = windows()
    page.goto("/tasks?process=several")
    second = people["bob"].tasks(cases[1])["a"]
    assert people["bob"].assign(second, "bob").status == 200

    page.get_by_role("link", name="Mark all that are shown").click()
    page.get_by_role("button", name="Take", exact=True).click()

    expect(page.get_by_text("2 tasks are yours now.")).to_be_visible()
    expect(page.get_by_role("heading", name="1 task was left as it was")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("bob has already taken the task.")
