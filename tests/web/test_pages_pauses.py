"""Pausing a case: it is asked about first, told wherever the case is seen, and ended by who may."""

import pytest

from tests.factories.browsers import path, problems
from tests.factories.diagrams import computed, two_steps

REASON = "Vi väntar på regionen."


@pytest.fixture
def case(owner, alice):
    owner.deploy(two_steps())
    return alice.start()


@pytest.fixture
def paused(alice, case):
    alice.post(f"/process-instances/{case['id']}/suspension", json={"reason": REASON})
    return case


def address(case, more=""):
    return f"/cases/{case['id']}{more}"


@pytest.mark.parametrize("name", ["alice", "owner", "admin"])
def test_a_case_is_paused_and_goes_on(browsers, name, alice, case):
    browser = browsers(name)

    asked = browser.get(path(browser.get(address(case)).link("Pause the case")))
    paused = browser.post(address(case, "/suspension"), reason=REASON)
    again = browser.get(path(paused.link("Let the case go on")))
    resumed = browser.post(address(case, "/resumption"), reason="")

    assert asked.heading == "Pause the case"
    assert "nobody can take or complete them" in asked.main
    assert paused.address == address(case)
    assert "The case is paused." in paused.main
    assert f"Paused by {name} on" in paused.main
    assert REASON in paused.texts("//header[@class='case-head']//blockquote")
    assert again.heading == "Let the case go on"
    assert REASON in again.main
    assert "The case goes on." in resumed.main
    assert f"{name} paused the case." in resumed.main
    assert f"{name} let the case go on." in resumed.main
    assert alice.instance(case)["state"] == "active"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_without_a_reason_nothing_is_paused(browsers, alice, case, reason):
    page = browsers("alice").post(address(case, "/suspension"), reason=reason)

    assert page.status == 422
    assert problems(page) == ["Say why, in at most 2000 characters."]
    assert page.value("reason") == reason
    assert alice.instance(case)["state"] == "active"


def test_a_pause_does_not_end_with_a_reason_that_is_too_long(browsers, alice, paused):
    page = browsers("alice").post(address(paused, "/resumption"), reason="x" * 2001)

    assert page.status == 422
    assert page.heading == "Let the case go on"
    assert problems(page)
    assert alice.instance(paused)["state"] == "suspended"


@pytest.mark.parametrize("name", ["bob", "auditor"])
def test_who_may_not_pause_is_not_offered_to(browsers, name, alice, case):
    browser = browsers(name)

    page = browser.get(address(case))
    asked = browser.get(address(case, "/suspension"))
    forced = browser.post(address(case, "/suspension"), reason=REASON)

    assert "Pause the case" not in page.main
    assert asked.all("//main//textarea") == []
    assert forced.status == 403
    assert alice.instance(case)["state"] == "active"


def test_a_stranger_does_not_learn_that_it_is_there(browsers, case):
    for more in ("/suspension", "/resumption"):
        assert browsers("charlie").get(address(case, more)).status == 404
        assert browsers("charlie").post(address(case, more), reason="x").status == 404


def test_what_cannot_be_paused_or_resumed_says_so(browsers, alice, case):
    alice.post(f"/process-instances/{case['id']}/cancellation", json={"reason": "Slut"})
    browser = browsers("alice")

    for more, sentence in (
        ("/suspension", "This case cannot be paused"),
        ("/resumption", "This case cannot be let go on"),
    ):
        asked = browser.get(address(case, more))
        assert sentence in asked.main
        assert asked.all("//main//textarea") == []
        assert browser.post(address(case, more), reason="x").status == 409


def test_tasks_of_a_paused_case_are_seen_and_not_done(browsers, alice, paused):
    task = alice.tasks(paused)["first"]
    browser = browsers("alice")

    inbox = browser.get("/tasks")
    page = browser.get(f"/tasks/{task['id']}")
    forced = browser.post(f"/tasks/{task['id']}")

    [row] = inbox.texts(f"//li[@id='task-{task['id']}']")
    assert "Paused" in row
    assert "The case is paused. The task can be done when it goes on." in row
    assert inbox.all(f"//li[@id='task-{task['id']}']//button") == []
    assert "The case is paused. The task can be done when it goes on." in page.main
    assert "Complete the task" not in page.buttons()
    assert forced.status == 409


def test_an_error_in_a_paused_case_waits_with_it(browsers, owner, alice):
    owner.deploy(computed("x = 1 / n"))
    case = alice.start(n=0)
    alice.complete(alice.tasks(case)["a"])
    before = browsers("alice").get(address(case))
    alice.post(f"/process-instances/{case['id']}/suspension", json={"reason": REASON})

    page = browsers("owner").get(address(case))

    assert "These can put it right and have the step tried again: owner" in before.main
    assert "The step can be tried again when it goes on." in page.main
    assert page.all("//section[@class='stopped']//form") == []


def test_the_list_says_that_a_case_is_paused(browsers, paused):
    page = browsers("alice").get("/cases?state=suspended")

    [row] = page.texts("//ul[@class='rows rows-cases']/li")
    assert "Waits until somebody lets it go on" in row
