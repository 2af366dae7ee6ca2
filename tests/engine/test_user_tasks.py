"""Verbs on user tasks: who may, once, and with everything written down."""

import json

import pytest
from sqlalchemy import select

from engine.audit.models import AuditEvent, AuditPayload
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.instances import repository as instances
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases

TWO_STEPS = model(
    "p",
    start(),
    user("first", rutin__candidateGroups="officer"),
    user("second", rutin__candidateGroups="officer", rutin__notPerformerOf="first"),
    end(),
    flows="s > first > second > e",
)


@pytest.fixture
def case(installation, deploy, alice):
    deploy(TWO_STEPS)
    return cases.start(installation, alice, n=1)


def task(installation, alice, case, element="first"):
    return cases.open_tasks(installation, alice, case)[element]


def test_a_task_is_made_where_the_process_waits(installation, alice, case):
    found = task(installation, alice, case)

    assert found.candidate_groups == ["officer"]
    assert (found.assignee, found.state) == (None, "created")


def test_completing_moves_the_process_on(installation, alice, bob, case):
    done = cases.complete(installation, alice, task(installation, alice, case), answer="ja")

    assert (done.state, done.assignee) == ("completed", "alice")
    cases.complete(installation, bob, task(installation, alice, case, "second"))
    with look(installation, alice) as uow:
        ended = instances.get(uow.session, case.id)
        history = instances.history(uow.session, case.id)
        assert ended.state == "completed"
        assert [each.element_id for each in history] == ["s", "first", "second", "e"]
        assert [each.performer for each in history] == [None, alice.id, bob.id, None]


def test_a_task_is_completed_once(installation, alice, case):
    found = task(installation, alice, case)
    cases.complete(installation, alice, found)

    with pytest.raises(Conflict):
        cases.complete(installation, alice, found)


def test_what_happened_is_sealed_in_order(installation, alice, case):
    cases.complete(installation, alice, task(installation, alice, case), secret="åäö")

    with look(installation, alice) as uow:
        query = select(AuditEvent).where(AuditEvent.chain == case.id).order_by(AuditEvent.seq)
        events = uow.session.scalars(query).all()
        assert [each.type for each in events] == [
            "process_instance.started",
            "element.completed",
            "user_task.created",
            "user_task.completed",
            "element.completed",
            "user_task.created",
        ]
        assert events[3].actor == f"person:{alice.id}"
        assert "åäö" not in json.dumps(events[3].facts, ensure_ascii=False)
        payload = uow.session.get(AuditPayload, (case.id, 4, "variables.secret"))
        assert payload is not None
        assert json.loads(payload.value) == "åäö"
        assert checking.verify_instance(uow.session, case.id) is None


def test_whoever_did_the_one_thing_may_not_do_the_other(installation, people, alice, bob, case):
    cases.complete(installation, alice, task(installation, alice, case))
    second = task(installation, alice, case, "second")

    with pytest.raises(NotAllowed):
        cases.assign(installation, alice, second, alice)
    with pytest.raises(NotAllowed):
        cases.assign(installation, bob, second, alice)
    with pytest.raises(NotAllowed):
        cases.assign(installation, people["admin"], second, alice)
    with pytest.raises(NotAllowed):
        cases.complete(installation, alice, second)

    cases.complete(installation, bob, second)


def test_an_administrator_does_not_do_other_peoples_work(installation, people, case):
    with pytest.raises(NotAllowed):
        cases.complete(installation, people["admin"], task(installation, people["alice"], case))


def test_claiming_keeps_others_away_until_it_is_released(installation, alice, bob, case):
    found = task(installation, alice, case)
    cases.assign(installation, alice, found, alice)

    with pytest.raises(Conflict):
        cases.assign(installation, bob, found, bob)
    with pytest.raises(NotAllowed):
        cases.complete(installation, bob, found)
    with pytest.raises(NotAllowed):
        cases.release(installation, bob, found)

    cases.release(installation, alice, found)
    assert cases.assign(installation, bob, found, bob).assignee == "bob"


def test_claiming_twice_is_claiming_once(installation, alice, case):
    found = task(installation, alice, case)
    cases.assign(installation, alice, found, alice)

    assert cases.assign(installation, alice, found, alice).assignee == "alice"


def test_a_task_is_not_given_to_those_it_is_not_for(installation, alice, charlie, case):
    with pytest.raises(NotAllowed):
        cases.assign(installation, alice, task(installation, alice, case), charlie)


def test_a_stranger_sees_nothing(installation, alice, charlie, case):
    found = task(installation, alice, case)

    for verb in (
        lambda: cases.complete(installation, charlie, found),
        lambda: cases.assign(installation, charlie, found, charlie),
        lambda: cases.release(installation, charlie, found),
    ):
        with pytest.raises(NotFound):
            verb()


def test_answers_that_cannot_be_kept_change_nothing(installation, alice, case):
    found = task(installation, alice, case)

    with pytest.raises(Invalid):
        cases.complete(installation, alice, found, _hidden=1)

    assert task(installation, alice, case).state == "created"
    with look(installation, alice) as uow:
        assert checking.verify_instance(uow.session, case.id) is None
