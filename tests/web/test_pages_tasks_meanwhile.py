"""Somebody else acts while a page stands open: it is told, and what was typed is not lost."""

import pytest

from engine.accounts.models import SignIn
from engine.identity.actor import SYSTEM
from engine.uow import look
from tests.bpmn.sketch import end, model, start, user
from tests.factories.clocks import clock
from tests.factories.diagrams import OFFICER, asking
from tests.web.test_pages_tasks import ANSWERS, EVERYTHING

__all__ = ["clock"]


@pytest.fixture
def case(owner, alice):
    owner.deploy(asking(EVERYTHING))
    return alice.start()


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["a"]


@pytest.fixture
def address(task):
    return f"/tasks/{task['id']}"


# ---------------------------------------------------------------- when it is sent


def test_what_was_typed_is_given_back_when_somebody_else_was_faster(browsers, bob, task, address):
    bob.assign(task, "bob")

    page = browsers("alice").post(address, **ANSWERS)

    assert page.status == 403
    assert page.heading == "Somebody was faster"
    assert "bob has taken the task." in page.main
    assert "bob took the task." in page.main
    assert page.texts("//dl[@class='answers']//dt")[:2] == ["The line", "The lines"]
    assert ANSWERS["line"] in page.main
    assert "<script>alert" not in page.source
    copied = page.one("//textarea[@readonly]").text
    assert f"The line: {ANSWERS['line']}" in copied
    assert "The choice: Low" in copied
    assert "The sure: No" in copied
    assert "The cost: 12 500,50" in copied
    assert "The why" not in copied
    assert "first" in copied


def test_what_was_typed_is_given_back_when_the_task_is_done(browsers, alice, bob, task, address):
    answers = {"line": "Bob's", "choice": "low", "sure": True}
    assert bob.complete(task, **answers).status == 200

    page = browsers("alice").post(address, **ANSWERS)
    kept = browsers("alice").post(f"{address}/draft", **ANSWERS)

    assert page.status == kept.status == 409
    assert "bob completed the task." in page.main
    for each in (page, kept):
        assert ANSWERS["line"] in each.main
        assert each.link("See how the task stands") == address


@pytest.mark.parametrize(
    "strange",
    [
        [("line", "one"), ("line", "two")],
        [("sure", "true"), ("sure", "false")],
        [("rows-0-what", "a"), ("rows", "b")],
        [("initiator", "mallory")],
        [("several", "x"), ("day", "never")],
        [],
    ],
)
def test_strange_answers_that_come_too_late_are_no_fault(browsers, bob, task, address, strange):
    bob.assign(task, "bob")

    page = browsers("alice").post(address, *strange)

    assert page.status == 403
    assert "bob has taken the task." in page.main


def test_a_signature_or_a_password_is_not_given_back(browsers, owner, alice, bob):
    sign = {"name": "signed", "type": "sign", "meaning": "approved", "required": True}
    form = {
        **EVERYTHING,
        "fields": [EVERYTHING["fields"][0], {**sign, "label": {"sv": "U", "en": "S"}}],
    }
    owner.deploy(asking(form))
    task = alice.tasks(alice.start())["a"]
    bob.assign(task, "bob")

    page = browsers("alice").post(
        f"/tasks/{task['id']}", ("_password-signed", "hemligt"), line="x", signed="forged"
    )

    assert "hemligt" not in page.source
    assert "forged" not in page.source


def test_a_case_that_became_secret_meanwhile_shows_nothing(browsers, alice, owner, task, address):
    secret = {"confidentiality": "secret", "secrecy_ground": "OSL 26:1", "readers": ["bob"]}
    answer = owner.patch(f"/process-instances/{task['instance_id']}/header", json=secret)
    assert answer.status == 200, answer.text

    page = browsers("alice").post(address, **ANSWERS)

    assert page.status == 404
    assert "Handlägg" not in page.main


# ---------------------------------------------------------------- while the page stands open


def asks(page):
    """Return the address that the page asks now and then."""
    return page.one("//*[@data-news]").get("data-news")


def again(page):
    return page.one("//*[@data-next]").get("data-next")


def test_nothing_new_is_no_answer(browsers, address):
    browser = browsers("alice")

    response = browser.client.get(asks(browser.get(address)))

    assert (response.status_code, response.data) == (204, b"")


def test_what_others_do_meanwhile_is_told_once(browsers, bob, task, address):
    browser = browsers("alice")
    page = browser.get(address)
    bob.assign(task, "bob")

    told = browser.get(asks(page))

    assert told.texts("//p")[0].startswith("bob took the task.")
    assert told.link("Show the task as it is now") == address
    assert browser.client.get(again(told)).status_code == 204
    assert page.one("//*[@data-news]").get("aria-live") == "polite"


def test_what_was_told_before_is_still_there_when_more_happens(browsers, bob, task, address):
    browser = browsers("alice")
    page = browser.get(address)
    bob.assign(task, "bob")
    told = browser.get(asks(page))
    bob.post(f"/user-tasks/{task['id']}/return", json={"reason": "Ill."})

    more = browser.get(again(told))

    assert "bob took the task." in more.source
    assert "bob returned the task." in more.source


def test_comments_and_files_of_others_are_counted(browsers, bob, case, address):
    browser = browsers("alice")
    page = browser.get(address)
    browser.post(f"{address}/comments", text="My own.")
    quiet = browser.client.get(asks(page))
    for number in (1, 2):
        said = bob.post(f"/process-instances/{case['id']}/comments", json={"text": f"N {number}"})
        assert said.status == 201, said.text

    told = browser.get(asks(page))

    assert quiet.status_code == 204
    assert "2 new comments." in told.source
    assert "N 1" not in told.source


def test_what_happens_elsewhere_in_the_case_is_not_told(browsers, owner, alice, bob):
    owner.deploy(
        model(
            "p",
            start(),
            user("a", **OFFICER),
            user("b", **OFFICER),
            end(),
            flows="s > a > e; s > b > e",
        )
    )
    tasks = alice.tasks(alice.start())
    browser = browsers("alice")
    page = browser.get(f"/tasks/{tasks['a']['id']}")
    bob.complete(tasks["b"])

    assert browser.client.get(asks(page)).status_code == 204


def test_a_task_that_is_over_does_not_ask(browsers, alice, bob, task, address):
    bob.complete(task, line="x", choice="low", sure=True)

    assert browsers("alice").get(address).all("//*[@data-news]") == []


@pytest.mark.parametrize("query", ["", "?since=x", "?since=-1&told=²", f"?since={'9' * 40}"])
def test_a_number_that_is_none_is_no_fault(browsers, address, query):
    assert browsers("alice").client.get(f"{address}/standing{query}").status_code in {200, 204}


def test_a_stranger_hears_nothing(browsers, address):
    assert browsers("charlie").get(f"{address}/standing").status == 404


def test_a_page_that_asks_on_its_own_keeps_nobody_signed_in(
    browsers, installation, clock, settings, address
):
    browser = browsers("alice")
    page = browser.get(address)
    seen = last_seen(installation)
    clock.forward(seconds=settings.session_idle_minutes * 60 - 60)
    assert browser.client.get(asks(page)).status_code == 204
    unnoticed = last_seen(installation)
    clock.forward(seconds=120)

    assert unnoticed == seen
    assert browser.client.get(asks(page)).status_code == 302  # to the page where one signs in


def last_seen(installation):
    with look(installation, SYSTEM) as uow:
        return [each.seen_at for each in uow.session.query(SignIn)]
