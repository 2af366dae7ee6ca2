"""How many statements a request takes: bounded, whatever there is beside."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.bpmn.sketch import end, model, start, user

MOST_TO_KNOW_WHO = 2
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


@pytest.fixture
def task(owner, alice):
    owner.deploy({"p.bpmn": ROUND})
    other = alice.tasks(alice.start())["first"]
    alice.post(f"/user-tasks/{other['id']}/completion", json={})  # what is read once, is read
    return alice.tasks(alice.start())["first"]


def test_a_task_is_completed_with_few_statements(installation, alice, task):
    with told(installation) as statements:
        answer = alice.post(f"/user-tasks/{task['id']}/completion", json={"variables": {"n": 1}})

    assert answer.status == 200
    asked = [each for each in statements if not each.startswith(BOUNDS)]
    who = [each for each in asked if "FROM api_token" in each or "FROM audit_chain" in each]
    done = [each for each in asked if each not in who]
    assert len(who) <= MOST_TO_KNOW_WHO, "\n".join(who)
    assert len(done) <= MOST_TO_COMPLETE, "\n".join(done)
