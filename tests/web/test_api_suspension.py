"""POST /process-instances/…/suspension and /resumption: a case is kept where it stands for a time."""

import pytest

from tests.factories import diagrams
from tests.factories.problems import problem

PATH = "/process-instances"
WHY = {"reason": "Väntar på regionen."}
NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def case(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.start()


def address(case, what="suspension"):
    return f"{PATH}/{case['id']}/{what}"


def test_a_case_is_paused_and_goes_on(alice, case):
    paused = alice.post(address(case), json=WHY)
    resumed = alice.post(address(case, "resumption"), json={})

    assert [paused.status, resumed.status] == [200, 200]
    assert [paused.json["state"], resumed.json["state"]] == ["suspended", "active"]
    events = alice.get(f"{PATH}/{case['id']}/events").json["items"]
    assert [(each["type"], each["payload"]) for each in events[-2:]] == [
        ("process_instance.suspended", WHY),
        ("process_instance.resumed", {}),
    ]
    assert alice.verification(case).json["intact"] is True


def test_what_a_paused_case_waits_for_is_seen_and_not_done(alice, bob, case):
    task = alice.tasks(case)["first"]
    alice.post(address(case), json=WHY)

    for answer in (
        alice.complete(task),
        alice.assign(task, "alice"),
        alice.post(f"/user-tasks/{task['id']}/delegation", json={"user": "bob"}),
    ):
        problem(answer, 409)

    assert set(alice.tasks(case)) == {"first"}
    assert alice.get("/inbox").json["items"][0]["case"]["state"] == "suspended"
    assert alice.post(f"{PATH}/{case['id']}/comments", json={"text": "Hej"}).status == 201


def test_a_pause_is_found_by_its_state(alice, case):
    alice.post(address(case), json=WHY)

    found = alice.get(PATH, state="suspended").json["items"]

    assert [each["id"] for each in found] == [case["id"]]


def test_the_second_time_is_a_conflict(alice, case):
    problem(alice.post(address(case, "resumption"), json={}), 409)
    alice.post(address(case), json=WHY)
    problem(alice.post(address(case), json=WHY), 409)


def test_a_pause_that_is_sent_again_is_answered_as_it_was(alice, case):
    answers = [alice.post(address(case), json=WHY, key="once") for _ in range(2)]

    assert [each.status for each in answers] == [200, 200]
    assert answers[0].json == answers[1].json


@pytest.mark.parametrize("body", [{}, {"reason": " "}, {"reason": 1}, {"reason": "x", "y": 1}])
def test_without_a_reason_nothing_is_paused(alice, case, body):
    problem(alice.post(address(case), json=body), 422)

    assert alice.instance(case)["state"] == "active"


@pytest.mark.parametrize("body", [{"reason": 1}, {"reason": "x" * 2_001}, {"y": 1}])
def test_a_pause_does_not_end_with_what_cannot_be_kept(alice, case, body):
    alice.post(address(case), json=WHY)

    problem(alice.post(address(case, "resumption"), json=body), 422)


def test_who_pauses_a_case(people, anybody, charlie, alice, case):
    for name in ("alice", "owner", "admin"):
        assert people[name].post(address(case), json=WHY).status == 200, name
        assert people[name].post(address(case, "resumption"), json={}).status == 200, name
    for what in ("suspension", "resumption"):
        problem(anybody.post(address(case, what), json=WHY), 401)
        for name in ("bob", "auditor"):
            problem(people[name].post(address(case, what), json=WHY), 403)
        problem(charlie.post(address(case, what), json=WHY), 404)
        problem(people["admin"].post(f"{PATH}/{NOBODY}/{what}", json=WHY), 404)
