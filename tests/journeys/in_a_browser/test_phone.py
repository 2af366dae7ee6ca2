"""A nurse on a phone with a keyboard and nothing else: from signing in to a deviation that is reported."""

import pytest
from playwright.sync_api import Locator, Page, expect

from qms.demonstration import PASSWORD
from tests.browsers import PHONE

MOST_STOPS = 80


@pytest.fixture
def page(demonstration, windows) -> Page:
    return windows(None, locale="sv-SE", viewport=PHONE)


def tab_to(page: Page, there: Locator) -> None:
    """Press Tab until it is reached, as somebody does who has no pointer."""
    for _ in range(MOST_STOPS):
        if there.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_STOPS} times Tab do not reach {there}")


def press(page: Page, there: Locator, key: str = "Enter") -> None:
    tab_to(page, there)
    page.keyboard.press(key)


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def sign_in(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_label("Användarnamn")).to_be_focused()
    page.keyboard.type("anna")
    write(page, "Lösenord", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna")


def test_a_deviation_is_reported_with_what_was_forgotten_put_right(page):
    sign_in(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="Rapportera avvikelse"))
    press(page, page.get_by_role("button", name="Starta ärendet"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapportera avvikelse")
    complete = page.get_by_role("button", name="Slutför uppgiften")
    press(page, complete)

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    press(page, summary.get_by_role("link", name="Vad har hänt?"))
    expect(page.get_by_label("Vad har hänt?")).to_be_focused()
    page.keyboard.type("Fel dos delades ut.")
    write(page, "När hände det?", "11212025")
    page.keyboard.press("Tab")
    page.keyboard.type("0730AM")
    press(page, page.get_by_label("Ingen"), "Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Brukare, patient eller elev")).to_be_checked()
    press(page, complete)

    expect(page.get_by_text("”Rapportera avvikelse” är klar.")).to_be_visible()
    expect(page.get_by_text("Ärendet väntar på Enhetschef i Hemtjänsten.")).to_be_visible()


def test_what_is_in_the_way_of_a_thumb_opens_and_closes_with_keys(page):
    """The sheet of the menu holds what the bar of four has no room for."""
    sign_in(page)

    press(page, page.locator(".nav-more > summary"))
    press(page, page.get_by_role("link", name="Systematiskt förbättringsarbete"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Systematiskt förbättringsarbete")
    press(page, page.locator(".nav-more > summary"))
    press(page, page.get_by_role("button", name="Logga ut"))

    expect(page.get_by_label("Användarnamn")).to_be_focused()
