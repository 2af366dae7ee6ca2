"""A client that does not know whether its request arrived sends it again, and it is done once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.clock import now
from engine.replies.models import Reply
from tests.factories import diagrams
from tests.factories.problems import problem
from tests.factories.tables import counted

START = "/process-instances"
KEY = "6f0c7a3e-1"


@pytest.fixture(autouse=True)
def _routine(owner):
    owner.deploy(diagrams.two_steps())


def start(caller, key=KEY, **body):
    return caller.post(START, json={"definition_key": "p", **body}, key=key)


def test_a_start_that_is_sent_again_starts_once(alice, installation):
    first = start(alice, business_key="D-1")
    kept = counted(installation)

    again = start(alice, business_key="D-1")

    assert (first.status, again.status) == (201, 201)
    assert again.json == first.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert counted(installation) == kept
    assert kept["process_instance"] == 1


def test_a_completion_that_is_sent_again_is_answered_as_it_was(alice, bob):
    case = alice.start()
    task = alice.tasks(case)["first"]
    path = f"/user-tasks/{task['id']}/completion"
    first = alice.post(path, json={"variables": {"n": 1}}, key=KEY)
    bob.complete(bob.tasks(case)["second"], n=2)

    again = alice.post(path, json={"variables": {"n": 1}}, key=KEY)

    assert (again.status, again.json) == (200, first.json)
    assert alice.instance(case)["variables"]["n"] == 2
    problem(alice.post(path, json={"variables": {"n": 1}}), 409)


def test_a_cancellation_that_is_sent_again_is_answered_as_it_was(alice):
    path = f"{START}/{alice.start()['id']}/cancellation"

    answers = [alice.post(path, json={"reason": "Dubblett"}, key=KEY) for _ in range(2)]

    assert [each.status for each in answers] == [200, 200]
    assert answers[0].json == answers[1].json


def test_a_key_belongs_to_one_request(alice):
    task = alice.tasks(alice.start())["first"]
    start(alice, business_key="D-1")

    problem(start(alice, business_key="D-2"), 422)
    problem(alice.post(f"/user-tasks/{task['id']}/completion", json={}, key=KEY), 422)
    assert alice.get(f"/user-tasks/{task['id']}").json["state"] == "created"


def test_a_key_belongs_to_one_person(alice, bob):
    mine, theirs = start(alice).json, start(bob).json

    assert mine["id"] != theirs["id"]
    assert (mine["started_by"], theirs["started_by"]) == ("alice", "bob")


def test_what_was_refused_is_not_remembered(alice):
    """The request may be right the next time: the deployment came, the field was filled in."""
    problem(alice.post(START, json={"definition_key": "q"}, key=KEY), 404)
    problem(start(alice, business_key="x" * 201), 422)

    assert start(alice).status == 201


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_cannot_be_kept_is_refused(alice, installation, key):
    before = counted(installation)

    problem(start(alice, key=key), 422)

    assert counted(installation) == before


def test_a_key_may_be_long(alice):
    assert start(alice, key="x" * 255).status == 201


def test_a_key_is_forgotten_after_a_day(alice, installation):
    first = start(alice).json
    with installation.database.writing() as session:
        session.execute(update(Reply).values(created_at=now() - timedelta(hours=23)))
        session.commit()
    assert start(alice).json == first

    with installation.database.writing() as session:
        session.execute(update(Reply).values(created_at=now() - timedelta(hours=25)))
        session.commit()

    assert start(alice).json["id"] != first["id"]


def test_a_key_opens_nothing_to_who_may_not(alice, anybody, charlie):
    case = alice.start()
    task = alice.tasks(case)["first"]
    path = f"/user-tasks/{task['id']}/completion"
    alice.post(path, json={}, key=KEY)

    problem(anybody.post(path, json={}, key=KEY), 401)
    problem(anybody.post(START, json={"definition_key": "p"}, key="x" * 300), 401)
    problem(charlie.post(path, json={}, key=KEY), 404)


def test_the_same_start_sent_twice_at_the_same_moment_starts_once(alice, installation):
    before = counted(installation)["process_instance"]
    for attempt in range(10):
        answers = at_once(lambda key=f"k{attempt}": start(alice, key=key))

        done = [each for each in answers if each.status == 201]
        assert done
        assert {each.json["id"] for each in done} == {done[0].json["id"]}
        for each in answers:
            if each.status != 201:
                problem(each, 409)
        assert start(alice, key=f"k{attempt}").json == done[0].json

    assert counted(installation)["process_instance"] == before + 10


def test_the_same_completion_sent_twice_at_the_same_moment_is_done_once(alice):
    for attempt in range(10):
        case = alice.start()
        path = f"/user-tasks/{alice.tasks(case)['first']['id']}/completion"

        answers = at_once(
            lambda key=f"c{attempt}", path=path: alice.post(path, json={"variables": {}}, key=key)
        )

        assert {each.status for each in answers} <= {200, 409}
        again = alice.post(path, json={"variables": {}}, key=f"c{attempt}")
        assert again.status == 200
        assert all(each.json == again.json for each in answers if each.status == 200)
        events = alice.get(f"/process-instances/{case['id']}/events").json["items"]
        assert [each["type"] for each in events].count("user_task.completed") == 1


def at_once(send):
    """Let two threads send the same; return both answers."""
    barrier, answers = threading.Barrier(2), []

    def attempt():
        barrier.wait()
        answers.append(send())

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
