"""Working through the inbox in a browser: two panes in a wide window, with keys alone, and without a script."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browsers import PHONE, WIDE
from tests.factories.diagrams import one_task

NUMBERS = count()


@pytest.fixture
def listed(people):
    """The list of three tasks that nobody has taken, each of a case, the oldest first."""
    key = f"p{next(NUMBERS)}"
    people["owner"].deploy(one_task(key, "Handlägg"))
    for number in range(3):
        body = {"definition_key": key, "business_key": f"KS {number}"}
        assert people["alice"].post("/process-instances", json=body).status == 201
    return f"/tasks?process={key}&sort=created"


@pytest.fixture
def page(windows, listed):
    """The list in a wide window."""
    page = windows(viewport=WIDE)
    page.goto(listed)
    return page


def row(page, number):
    return page.locator("#list .row").nth(number)


def name(page, number):
    return row(page, number).locator("a.row-name")


def case_in(pane, number):
    return pane.locator("aside .row-name", has_text=f"KS {number}")


def press(page, *keys):
    for each in keys:
        page.keyboard.press(each)


def test_a_task_is_shown_beside_its_list(page, listed):
    pane = page.locator("#pane")
    expect(pane).to_contain_text("Choose a task in the list.")
    before = row(page, 2).bounding_box()

    name(page, 1).click()

    expect(pane.get_by_role("heading", level=1)).to_be_focused()
    expect(case_in(pane, 1)).to_be_visible()
    expect(name(page, 1)).to_have_attribute("aria-current", "true")
    expect(page.locator("#list [data-opens][aria-current]")).to_have_count(1)
    assert re.search(r"/tasks/[0-9a-f-]{36}\?from=", page.url)
    assert "Handlägg" in page.title()
    assert row(page, 2).bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_back_and_forward_change_what_is_beside_the_list(page, listed):
    pane = page.locator("#pane")
    name(page, 0).click()
    expect(case_in(pane, 0)).to_be_visible()
    name(page, 2).click()
    expect(case_in(pane, 2)).to_be_visible()

    page.go_back()
    expect(case_in(pane, 0)).to_be_visible()
    expect(name(page, 0)).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(pane).to_contain_text("Choose a task in the list.")
    expect(page).to_have_url(re.compile(re.escape(listed)))
    page.go_forward()
    expect(case_in(pane, 0)).to_be_visible()


def test_an_address_brings_the_list_along_in_a_wide_window(page):
    name(page, 1).click()
    expect(case_in(page.locator("#pane"), 1)).to_be_visible()

    page.reload()

    expect(page.locator("#list .row")).to_have_count(3)
    expect(name(page, 1)).to_have_attribute("aria-current", "true")
    expect(case_in(page.locator("#pane"), 1)).to_be_visible()


def test_completing_leads_to_the_next_one(page):
    name(page, 0).click()
    pane = page.locator("#pane")
    expect(case_in(pane, 0)).to_be_visible()

    pane.get_by_role("button", name="Complete the task").click()

    expect(page.get_by_text("Here is the next one.")).to_be_visible()
    expect(case_in(page.locator("#pane"), 1)).to_be_visible()
    expect(page.locator("#list .row")).to_have_count(2)
    expect(name(page, 0)).to_have_attribute("aria-current", "true")


def test_a_task_that_does_not_come_is_told_and_can_be_asked_for_again(page):
    a_task = re.compile("/tasks/[0-9a-f]")
    page.route(a_task, lambda route: route.abort())
    name(page, 0).click()
    pane = page.locator("#pane")
    expect(pane).to_contain_text("The task could not be fetched.")

    page.unroute(a_task)
    pane.get_by_role("link", name="Try again").click()

    expect(case_in(pane, 0)).to_be_visible()


def test_who_has_to_sign_in_again_does_so_on_a_page(page):
    page.context.clear_cookies()

    name(page, 0).click()

    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.locator("#pane")).to_have_count(0)


def test_a_list_is_worked_through_with_keys(page):
    pane = page.locator("#pane")

    press(page, "j", "j", "k", "j")
    expect(name(page, 1)).to_be_focused()
    press(page, "Enter")
    expect(case_in(pane, 1)).to_be_visible()
    press(page, "e")
    expect(pane.locator("[data-complete]")).to_be_focused()
    press(page, "Enter")
    expect(case_in(page.locator("#pane"), 2)).to_be_visible()
    expect(name(page, 1)).to_have_attribute("aria-current", "true")
    press(page, "k")
    expect(name(page, 0)).to_be_focused()


def test_a_task_is_taken_with_a_key(page):
    press(page, "j", "c")

    expect(page.get_by_text("You have taken the task")).to_be_visible()
    expect(row(page, 0)).to_contain_text("Assigned to you")
    press(page, "j")
    expect(name(page, 1)).to_be_focused()


def test_several_are_marked_and_taken_with_keys(page):
    take = page.get_by_role("button", name="Take", exact=True)
    expect(take).to_be_hidden()

    press(page, "j", "x", "j", "x")
    expect(page.get_by_text("2 are marked")).to_be_visible()
    take.focus()
    press(page, "Enter")

    expect(page.get_by_text("2 tasks are yours now.")).to_be_visible()
    expect(page.get_by_text("Assigned to you")).to_have_count(2)


def test_all_are_marked_at_once(page):
    page.get_by_role("link", name="Mark all that are shown").click()
    expect(page.get_by_text("3 are marked")).to_be_visible()

    page.get_by_role("link", name="Mark none").click()

    expect(page.locator("#list :checked[name=task]")).to_have_count(0)


def test_the_keys_are_told_and_can_be_turned_off(page):
    sheet = page.get_by_role("dialog")
    press(page, "?")
    expect(sheet.get_by_role("heading", name="What the keys do")).to_be_visible()
    press(page, "j")
    expect(name(page, 0)).not_to_be_focused()
    press(page, "Escape")
    expect(sheet).to_be_hidden()

    page.get_by_role("link", name="Keyboard").first.click()
    sheet.get_by_label("Use these keys in this browser").uncheck()
    sheet.get_by_role("button", name="Close").click()
    press(page, "j", "?")

    expect(sheet).to_be_hidden()
    expect(name(page, 0)).not_to_be_focused()
    page.reload()
    page.locator("body").press("j")
    expect(name(page, 0)).not_to_be_focused()
    page.goto("/keyboard")
    page.get_by_label("Use these keys in this browser").check()
    page.goto("/cases")
    press(page, "?")
    expect(sheet).to_be_visible()


def test_no_key_works_where_somebody_writes_or_with_another_key(page):
    press(page, "/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("j?x")
    expect(field).to_have_value("j?x")
    expect(page.get_by_role("dialog")).to_be_hidden()
    field.blur()

    press(page, "Alt+j")

    expect(name(page, 0)).not_to_be_focused()


def test_a_phone_goes_to_the_page_of_the_task(windows, listed):
    page = windows(viewport=PHONE)
    page.goto(listed)
    expect(page.locator("#pane")).to_be_hidden()

    name(page, 1).click()

    expect(page.locator("#main > .panes #list")).to_be_hidden()
    expect(case_in(page, 1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#list .row")).to_have_count(3)


def test_all_of_it_works_without_a_script(windows, listed):
    page = windows(viewport=WIDE, java_script_enabled=False)
    page.goto(listed)
    row(page, 0).locator("label").click()
    row(page, 2).locator("label").click()

    page.get_by_role("button", name="Take", exact=True).click()

    expect(page.get_by_text("2 tasks are yours now.")).to_be_visible()
    name(page, 0).click()
    expect(page.locator("#list")).to_be_hidden()
    page.get_by_role("button", name="Complete the task").last.click()
    expect(page.get_by_text("Here is the next one.")).to_be_visible()
    expect(case_in(page, 1)).to_be_visible()
