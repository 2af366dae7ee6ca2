"""Somebody goes on leave and names who stands in; the other does their work, and both names are kept."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from engine.clock import now

TODAY = now().date()
LAST = (TODAY + timedelta(days=14)).isoformat()


@pytest.fixture
def of(demonstration, windows):
    return lambda name: windows(name, locale="sv-SE")


def test_a_substitute_does_the_work_and_both_are_told_in_the_history(of):
    anna, david, karin = of("anna"), of("david"), of("karin")
    goes_away(david)
    names_a_substitute(david, "karin")
    reports_a_deviation(anna)

    karin.goto("/")
    karin.get_by_role("link", name="Du kan göra 1 uppgift för någon annans räkning.").click()
    karin.get_by_role("link", name="Bedöm avvikelsen").click()
    pane = karin.locator("#pane")
    expect(pane.get_by_text("Du gör det i stället för David Dahl.")).to_be_visible()
    pane.get_by_role("group", name="Hur allvarlig").get_by_label("Låg").check()
    pane.get_by_label("Varför hände det?").fill("Listan var gammal.")
    pane.get_by_role("group", name="Beslut").get_by_label("Ingen åtgärd").check()
    pane.get_by_label("Varför behövs ingen åtgärd?").fill("Listan är borta.")
    pane.get_by_role("button", name="Slutför uppgiften").click()

    expect(karin.get_by_text("”Bedöm avvikelsen” är klar.")).to_be_visible()
    anna.get_by_role("link", name="Se ärendet").click()
    expect(anna.get_by_text("Karin Kvist i stället för David Dahl")).to_be_visible()


def goes_away(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("link", name="Anmäl frånvaro").click()
    page.get_by_label("Första dagen").fill(TODAY.isoformat())
    page.get_by_label("Sista dagen").fill(LAST)
    page.get_by_label("Semester").check()
    page.get_by_role("button", name="Spara frånvaron").click()
    expect(page.get_by_role("list", name="När du är borta")).to_contain_text("nu")


def names_a_substitute(page: Page, name: str) -> None:
    page.get_by_role("status").get_by_role("link", name="Utse en ersättare").click()
    page.get_by_label("Vem?").fill(name)
    page.get_by_label("Första dagen").fill(TODAY.isoformat())
    page.get_by_label("Sista dagen").fill(LAST)
    page.get_by_label("I allt").check()
    page.get_by_role("button", name="Utse ersättaren").click()
    expect(page.get_by_role("list", name="Vem som ersätter dig")).to_contain_text("Karin Kvist")


def reports_a_deviation(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Rapportera avvikelse").click()
    page.get_by_role("button", name="Starta ärendet").click()
    page.get_by_label("Vad har hänt?").fill("Fel dos delades ut.")
    page.get_by_label("När hände det?").fill("2026-03-02T07:30")
    page.get_by_label("Ingen").check()
    page.get_by_role("button", name="Slutför uppgiften").click()
    expect(page.get_by_text("”Rapportera avvikelse” är klar.")).to_be_visible()
