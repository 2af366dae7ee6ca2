"""Handing tasks over, planning them, and doing the same with many, through the API."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.bpmn.sketch import end, model, start, user
from tests.factories import diagrams
from tests.factories.problems import problem

PATH = "/user-tasks"
NOBODY = "01990000-0000-7000-8000-000000000000"


@pytest.fixture
def task(owner, alice):
    owner.deploy(diagrams.two_steps())
    return alice.tasks(alice.start(n=1))["first"]


def at(task, *more):
    return "/".join([PATH, task["id"], *more])


def test_a_task_is_delegated_and_comes_back(alice, charlie, task):
    delegated = alice.post(at(task, "delegation"), json={"user": "charlie"})
    assert (delegated.status, delegated.json["assignee"]) == (200, "charlie")
    assert delegated.json["owner"] == "alice"
    problem(charlie.post(at(task, "completion"), json={}), 409)

    resolved = charlie.post(at(task, "resolution"))
    assert (resolved.json["assignee"], resolved.json["owner"]) == ("alice", None)
    assert alice.post(at(task, "completion"), json={}).status == 200


def test_a_task_is_returned_with_a_reason_that_the_record_keeps(alice, bob, task):
    alice.put(at(task, "assignee"), json={"user": "alice"})
    problem(bob.post(at(task, "return"), json={"reason": "Nej"}), 403)
    problem(alice.post(at(task, "return"), json={"reason": ""}), 422)

    returned = alice.post(at(task, "return"), json={"reason": "Jag är jävig."})

    assert returned.json["assignee"] is None
    told = bob.get(at(task, "events")).json
    assert [each["type"] for each in told] == [
        "user_task.created",
        "user_task.assigned",
        "user_task.returned",
    ]
    assert told[-1]["payload"]["reason"] == "Jag är jävig."


def test_the_events_of_a_task_are_those_of_that_task(alice, owner):
    owner.deploy(
        model(
            "p",
            start(),
            user("a", rutin__candidateGroups="officer"),
            user("b", rutin__candidateGroups="officer"),
            end(),
            flows="s > a > e; s > b > e",
        )
    )
    found = alice.tasks(alice.start())

    [told] = alice.get(at(found["a"], "events")).json

    assert told["facts"]["task"] == found["a"]["id"]


def test_a_stranger_finds_nothing(charlie, task):
    for answer in (
        charlie.post(at(task, "delegation"), json={"user": "charlie"}),
        charlie.post(at(task, "resolution")),
        charlie.post(at(task, "return"), json={"reason": "x"}),
        charlie.patch(at(task, "plan"), json={"priority": 1}),
        charlie.put(at(task, "follow-up"), json={"at": None}),
        charlie.get(at(task, "events")),
    ):
        problem(answer, 404)


def test_the_process_owner_plans_and_others_do_not(owner, alice, task):
    due = datetime(2027, 3, 1, 12, tzinfo=UTC)
    problem(alice.patch(at(task, "plan"), json={"priority": 1}), 403)

    planned = owner.patch(at(task, "plan"), json={"due_at": due.isoformat(), "priority": 80})

    assert datetime.fromisoformat(planned.json["due_at"]) == due
    assert planned.json["priority"] == 80
    problem(owner.patch(at(task, "plan"), json={"due_at": "2027-03-01T12:00:00"}), 422)
    problem(owner.patch(at(task, "plan"), json={"assignee": "olle"}), 422)
    problem(owner.patch(at(task, "plan"), json={"priority": 1000}), 422)


def test_a_follow_up_is_noted_and_taken_away(alice, task):
    alice.put(at(task, "assignee"), json={"user": "alice"})
    later = datetime.now(UTC) + timedelta(days=2)  # noqa: TID251  any time will do

    noted = alice.put(at(task, "follow-up"), json={"at": later.isoformat()})
    assert datetime.fromisoformat(noted.json["follow_up_at"]) == later
    assert alice.put(at(task, "follow-up"), json={"at": None}).json["follow_up_at"] is None
    problem(alice.put(at(task, "follow-up"), json={}), 422)


def test_many_are_claimed_at_once_and_each_has_its_own_result(alice, bob, charlie, owner):
    owner.deploy(diagrams.two_steps())
    first, taken = (alice.tasks(alice.start(n=1))["first"] for _ in range(2))
    bob.put(at(taken, "assignee"), json={"user": "bob"})
    body = {"action": "claim", "tasks": [first["id"], taken["id"], NOBODY]}

    answer = alice.post(f"{PATH}/bulk", json=body)

    assert answer.status == 200
    results = answer.json["results"]
    assert [(each["id"], each["status"]) for each in results] == [
        (first["id"], 200),
        (taken["id"], 409),
        (NOBODY, 404),
    ]
    assert "bob" in results[1]["detail"]
    assert alice.get(at(first)).json["assignee"] == "alice"
    assert [
        each["status"] for each in charlie.post(f"{PATH}/bulk", json=body).json["results"]
    ] == [
        404,
        404,
        404,
    ]


def test_many_are_given_completed_and_released(alice, bob, owner):
    owner.deploy(diagrams.two_steps())
    ids = [alice.tasks(alice.start(n=1))["first"]["id"] for _ in range(3)]

    def bulk(who, **body):
        return [each["status"] for each in who.post(f"{PATH}/bulk", json=body).json["results"]]

    assert bulk(alice, action="assign", tasks=ids, user="bob") == [200] * 3
    assert bulk(bob, action="release", tasks=ids) == [200] * 3
    assert bulk(bob, action="complete", tasks=ids, variables={"n": 2}) == [200] * 3
    assert bulk(bob, action="complete", tasks=ids) == [409] * 3


def test_what_is_asked_of_many_is_checked_before_anything_is_done(alice, task):
    path = f"{PATH}/bulk"
    for body in (
        {"action": "claim", "tasks": []},
        {"action": "delete", "tasks": [task["id"]]},
        {"action": "assign", "tasks": [task["id"]]},
        {"action": "claim", "tasks": [task["id"]] * 201},
        {"action": "claim", "tasks": ["x"]},
    ):
        problem(alice.post(path, json=body), 422)
    assert alice.get(at(task)).json["assignee"] is None
