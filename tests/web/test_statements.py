"""How many statements a request takes: bounded, whatever there is beside."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.bpmn.sketch import end, model, start, user

MOST_TO_KNOW_WHO = 1
MOST_TO_COMPLETE = 10
BOUNDS = ("BEGIN", "COMMIT", "SET ", "PRAGMA")
ROUND = model(
    "p",
    start(),
    user("first", rutin__candidateGroups="officer"),
    user("second", rutin__candidateGroups="officer"),
    end(),
    flows="s > first > second > e",
)


@contextmanager
def told(installation):
    """Collect what is sent to the database, but for the bounds of transactions."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_):
        found.append(" ".join(statement.split()))

    engine = installation.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(params=["officer", "registrar"])
def task(request, admin, owner, alice):
    """A task for a group, and one for a role in a unit."""
    group = request.param
    unit = "norr" if group == "registrar" else None
    names = {"name_sv": "Norr", "name_en": "North", "kind": "enhet", "valid_from": "2020-01-01"}
    admin.post("/units", json={"key": "norr", **names})
    appointed = {"role": "registrar", "person": "alice", "valid_from": "2020-01-01"}
    admin.post("/appointments", json={**appointed, "unit": "norr"})
    owner.deploy({"p.bpmn": ROUND.replace(b"officer", group.encode())})

    def begin():
        body = {"definition_key": "p", "unit": unit}
        return alice.tasks(alice.post("/process-instances", json=body).json)["first"]

    other = begin()
    alice.post(f"/user-tasks/{other['id']}/completion", json={})  # what is read once, is read
    return begin()


def test_a_task_is_completed_with_few_statements(installation, alice, task):
    with told(installation) as statements:
        answer = alice.post(f"/user-tasks/{task['id']}/completion", json={"variables": {"n": 1}})

    assert answer.status == 200
    asked = [each for each in statements if not each.startswith(BOUNDS)]
    who = [each for each in asked if "FROM api_token" in each or "FROM audit_chain" in each]
    done = [each for each in asked if each not in who]
    assert len(who) <= MOST_TO_KNOW_WHO, "\n".join(who)
    assert len(done) <= MOST_TO_COMPLETE, "\n".join(done)


def test_an_inbox_takes_as_many_statements_for_many_tasks_as_for_few(
    installation, owner, alice, browsers
):
    owner.deploy(ROUND)
    browser = browsers("alice")

    def asked(cases):
        for _ in range(cases):
            alice.post("/process-instances", json={"definition_key": "p"})
        with told(installation) as statements:
            assert browser.get("/tasks").status == 200
        return len(statements)

    few = asked(3)
    assert asked(20) == few


def test_what_was_marked_is_told_with_few_statements(installation, owner, alice, browsers):
    owner.deploy(ROUND)
    tasks = [alice.tasks(alice.start())["first"]["id"] for _ in range(12)]
    browser = browsers("alice")

    def asked(number):
        pairs = [("task", each) for each in tasks[:number]]
        with told(installation) as statements:
            assert browser.post("/tasks/bulk", ("act", "complete"), *pairs).status == 200
        return len(statements)

    few = asked(3)
    assert asked(12) == few
