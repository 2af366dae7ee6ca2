"""Drafts: what somebody has typed, for that person alone, until the task ends."""

import json

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tables import counted

NOBODY = "01990000-0000-7000-8000-000000000000"
ANSWERS = {
    "line": "Åäö",
    "_asked": ["why"],
    "rows": [{"n": 1, "d": 1.5}, None, True],
    "": "a name need not be right yet",
}


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start(n=1)


@pytest.fixture
def task(alice, case):
    return alice.tasks(case)["first"]


@pytest.fixture
def address(task):
    return f"/user-tasks/{task['id']}/draft"


def test_a_draft_is_kept_replaced_and_removed(alice, address):
    problem(alice.get(address), 404)

    kept = alice.put(address, json={"answers": ANSWERS})

    assert kept.status == 200, kept.text
    assert kept.json["answers"] == ANSWERS
    assert set(kept.json) == {"answers", "saved_at"}
    assert alice.get(address).json == kept.json
    assert alice.put(address, json={"answers": {}}).json["answers"] == {}
    assert alice.get(address).json["answers"] == {}
    assert alice.delete(address).json["answers"] == {}
    problem(alice.get(address), 404)
    problem(alice.delete(address), 404)


def test_a_draft_is_no_event(installation, alice, case, address):
    before = counted(installation)

    alice.put(address, json={"answers": ANSWERS})

    assert counted(installation) == before | {"draft": 1}
    assert alice.verification(case).json["intact"]


def test_nobody_sees_or_removes_the_draft_of_another(
    anybody, alice, bob, owner, admin, auditor, charlie, address
):
    alice.put(address, json={"answers": {"line": "hemligt"}})

    assert bob.put(address, json={"answers": {"line": "mitt"}}).status == 200
    assert alice.get(address).json["answers"] == {"line": "hemligt"}
    assert bob.delete(address).status == 200
    for caller in (bob, owner, admin, auditor, charlie):
        problem(caller.get(address), 404)
        problem(caller.delete(address), 404)
    for caller in (owner, admin, auditor):
        problem(caller.put(address, json={"answers": {}}), 403)
    problem(charlie.put(address, json={"answers": {}}), 404)
    for method in ("GET", "PUT", "DELETE"):
        problem(anybody.send(method, address, json={"answers": {}}), 401)
        problem(alice.send(method, f"/user-tasks/{NOBODY}/draft", json={"answers": {}}), 404)
    assert alice.get(address).json["answers"] == {"line": "hemligt"}


def test_who_has_the_task_keeps_drafts_and_others_do_not(alice, bob, task, address):
    alice.put(address, json={"answers": {"line": "a"}})
    bob.assign(task, "bob")

    problem(alice.put(address, json={"answers": {}}), 403)
    assert alice.get(address).json["answers"] == {"line": "a"}
    assert bob.put(address, json={"answers": {}}).status == 200


def answer(written):
    return f'{{"answers": {{"a": {written}}}}}'


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"answers": []}',
        '{"answers": null}',
        '{"answers": {}, "task": 1}',
        '{"answers": {"a": "\\u0000"}}',
        '{"answers": {"a\\u0000": 1}}',
        '{"answers": {"a": "\\ud800"}}',
        '{"answers": {"a": NaN}}',
        '{"answers": {"a": -Infinity}}',
        '{"answers": {"a": 1e999}}',
        answer("9" * 2_000),
        answer("[" * 30 + "]" * 30),
        answer(json.dumps(["x"] * 10_001)),
        answer(json.dumps("x" * 250_001)),
    ],
    ids=lambda text: text[:40],
)
def test_what_is_too_much_or_no_draft_is_refused(installation, alice, address, body):
    before = counted(installation)

    problem(alice.send("PUT", address, body=body.encode(), content_type="application/json"), 422)

    assert counted(installation) == before


def test_a_task_that_is_done_has_no_draft(alice, task, address):
    alice.put(address, json={"answers": ANSWERS})
    alice.complete(task)

    problem(alice.get(address), 404)
    problem(alice.put(address, json={"answers": {}}), 409)


def test_a_case_that_is_cancelled_forgets_everybodys_drafts(
    installation, alice, bob, case, address
):
    for caller in (alice, bob):
        caller.put(address, json={"answers": ANSWERS})

    alice.post(f"/process-instances/{case['id']}/cancellation", json={"reason": "x"})

    assert counted(installation)["draft"] == 0


def test_a_task_that_is_completed_forgets_everybodys_drafts_of_it(
    installation, alice, bob, task, address
):
    other = f"/user-tasks/{alice.tasks(alice.start())['first']['id']}/draft"
    for caller, where in ((alice, address), (bob, address), (alice, other)):
        caller.put(where, json={"answers": ANSWERS})

    alice.post(f"/user-tasks/{task['id']}/completion", json={})

    assert counted(installation)["draft"] == 1
    assert alice.get(other).status == 200
