"""What is typed into a task is kept by itself, in a browser: after a while, on leaving, before a comment goes."""

import json
import os
import re
import shutil
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect, sync_playwright

from engine.accounts import repository, sessions
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.settings import Settings
from engine.uow import begin
from tests.bpmn.forms.forms import field
from tests.factories.diagrams import one_task
from tests.factories.doors import create_people
from tests.servers import Site, serving
from web.auth.requests import COOKIE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
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

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="tools/chromium.sh has not installed Chromium",
)


@pytest.fixture(scope="module")
def site(sqlite, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drafts")
    return Site(sqlite.copy(folder / "rutin.sqlite"), folder / "files")


@pytest.fixture(scope="module")
def server(site):
    with serving(site) as [started]:
        yield started


@pytest.fixture(scope="module")
def installation(site):
    installation = Installation(Settings(database_url=site.database_url))
    yield installation
    installation.close()


@pytest.fixture(scope="module")
def alice(server, installation):
    people = create_people(installation, server)
    form = json.dumps(FORM).encode()
    people["owner"].deploy({"p.bpmn": one_task(rutin__formKey="answer"), "answer.form.json": form})
    return people["alice"]


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, server, installation, alice):
    """A window in which alice has signed in."""
    with begin(installation, SYSTEM) as uow:
        cookie = sessions.sign_in(uow, repository.named(uow.session, "alice"))
        uow.commit()
    with chromium.new_context(locale="en", base_url=server.address) as context:
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": server.address}])
        yield context


@pytest.fixture
def task(alice):
    return alice.tasks(alice.start())["a"]


@pytest.fixture
def page(window, task):
    page = window.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(f"Error: {error}"))
    page.goto(f"/tasks/{task['id']}")
    yield page
    assert [each for each in said if re.search("^Error:|Content Security", each)] == []


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


def test_what_cannot_be_saved_is_told(window, page, alice, task):
    window.set_offline(True)
    page.get_by_label("Line").fill("utan nät")

    told = page.locator("[data-draft]")
    expect(told).to_have_text("What you have written last is not saved.", timeout=LATEST)
    window.set_offline(False)
    page.goto("/cases")
    assert draft(alice, task)["answers"]["line"] == "utan nät"
