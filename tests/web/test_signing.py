"""A signature: whoever signs has just given the password again, and the record tells it by itself."""

import pytest

from tests.bpmn.forms.forms import field
from tests.factories.browsers import problems
from tests.factories.clocks import clock
from tests.factories.diagrams import asking
from tests.factories.insiders import PASSWORD, insiders

__all__ = ["clock", "insiders"]

FORM = {
    "key": "answer",
    "title": {"sv": "Fastställ", "en": "Approve"},
    "fields": [
        field("text", "why", label={"sv": "Skäl", "en": "Reason"}),
        field(
            "sign",
            "signed",
            label={"sv": "Underskrift", "en": "Signature"},
            meaning="approved",
            required=True,
        ),
    ],
}


@pytest.fixture
def task(owner, alice, insiders):
    owner.deploy(asking(FORM))
    return alice.tasks(alice.start())["a"]


def confirm(browser, address, text):
    """Press the button beside the password."""
    given = [("why", "Nytt lagkrav"), ("_confirm", "signed"), ("_password-signed", text)]
    return browser.post(f"{address}/confirmation", *given)


def test_a_signature_takes_the_password_and_is_told_by_itself(alice, browsers, task):
    browser = browsers("alice")
    address = f"/tasks/{task['id']}"

    assert "With your signature you say: Approved." in browser.get(address).main
    assert browser.post(address, why="Nytt lagkrav").status == 422
    page = confirm(browser, address, PASSWORD)
    assert (page.status, page.value("why")) == (200, "Nytt lagkrav")
    browser.post(address, why="Nytt lagkrav")

    told = alice.get(f"/user-tasks/{task['id']}/events").json
    assert [each["type"] for each in told][-2:] == ["user_task.signed", "user_task.completed"]
    assert told[-2]["facts"]["meaning"] == "approved"
    assert told[-1]["payload"]["variables.signed"]["by"] == "alice"
    case = task["instance_id"]
    assert alice.get(f"/process-instances/{case}/verification").json["intact"] is True


def test_a_wrong_password_signs_nothing_and_loses_nothing(browsers, task):
    page = confirm(browsers("alice"), f"/tasks/{task['id']}", "fel")

    assert page.status == 422
    assert page.value("why") == "Nytt lagkrav"
    assert any("The password is not right" in each for each in problems(page))


def test_a_confirmation_is_over_after_five_minutes(browsers, clock, task):
    browser = browsers("alice")
    address = f"/tasks/{task['id']}"
    assert confirm(browser, address, PASSWORD).status == 200
    clock.forward(seconds=301)

    assert browser.post(address, why="").status == 422


def test_a_program_does_not_sign(alice, task):
    answer = alice.post(f"/user-tasks/{task['id']}/completion", json={"variables": {"why": "x"}})
    assert (answer.status, list(answer.json["fields"])) == (422, ["signed"])

    forged = {"signed": {"by": "alice", "at": "2026-05-01T08:00:00Z", "meaning": "approved"}}
    answer = alice.post(f"/user-tasks/{task['id']}/completion", json={"variables": forged})
    assert (answer.status, list(answer.json["fields"])) == (422, ["signed"])
