"""What is written past the session: it is seen by who reads after it, all of it is kept or nothing."""

from dataclasses import fields

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm.exc import StaleDataError

from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.execution import assignment, open_tasks, user_tasks
from engine.identity.permissions import Permission
from engine.instances.held import HeldInstance
from engine.instances.models import ProcessInstance
from engine.tasks import held
from engine.tasks.held import HeldTask
from engine.tasks.models import Candidate, UserTask, UserTaskState
from engine.uow import begin, look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases

TWO = model("p", start(), user("first"), user("second"), end(), flows="s > first > second > e")


@pytest.fixture
def case(installation, alice, deploy):
    deploy(TWO)
    return cases.start(installation, alice)


@pytest.fixture
def task(installation, alice, case):
    return cases.open_tasks(installation, alice, case)["first"]


def hold(uow, task):
    return open_tasks.held(uow, task.id, Permission.COMPLETE_TASK)


def test_who_reads_through_the_session_sees_what_was_written_before(installation, alice, task):
    with begin(installation, alice) as uow:
        done, _ = hold(uow, task)
        uow.update(done, name="Another", priority=7)
        uow.insert(Candidate, [{"task_id": task.id, "kind": "user", "name": "anna"}])

        read = uow.session.get(UserTask, task.id)

        assert (read.name, read.priority, read.candidate_users) == ("Another", 7, ["anna"])


def test_what_the_session_knows_of_a_row_keeps_in_step(installation, alice, case, task):
    with begin(installation, alice) as uow:
        known = uow.session.get(UserTask, task.id)
        instance = uow.session.get(ProcessInstance, case.id)
        before = instance.row_version

        user_tasks.complete(uow, task.id, {"n": 1})
        assert known.state == UserTaskState.COMPLETED
        uow.commit()

        assert instance.audit_seq > case.audit_seq
        assert instance.row_version == before + 1
        instance.business_key = "2026/1"  # and can go on to be changed through the session
        uow.commit()
    with look(installation, alice) as uow:
        assert uow.session.get(ProcessInstance, case.id).business_key == "2026/1"


def test_what_is_not_committed_was_not_written(installation, alice, case, task):
    with begin(installation, alice) as uow:
        user_tasks.complete(uow, task.id, {})
        assert [each.element_id for each in _open(uow, case)] == ["second"]

    with look(installation, alice) as uow:
        assert [each.element_id for each in _open(uow, case)] == ["first"]


def test_a_row_that_somebody_else_has_changed_is_left_as_it_is(installation, alice, case, task):
    with begin(installation, alice) as uow:
        _, instance = hold(uow, task)
        one_more = text("UPDATE process_instance SET row_version = row_version + 1")
        uow.connection.execute(one_more)
        uow.update(instance, unit="lost")
        uow.insert(Candidate, [{"task_id": task.id, "kind": "user", "name": "anna"}])

        with pytest.raises(StaleDataError, match="process_instance"):
            uow.commit()

    with look(installation, alice) as uow:
        assert uow.session.get(ProcessInstance, case.id).unit is None
        assert uow.session.get(UserTask, task.id).candidate_users == []


def test_all_is_kept_or_nothing(installation, alice, case, task):
    """The second of two rows that are sent in one go is refused by the database."""
    before = _rows(installation, alice)
    with begin(installation, alice) as uow:
        done, instance = hold(uow, task)
        uow.update(done, name="Another")
        uow.insert(Candidate, [{"task_id": task.id, "kind": "user", "name": "anna"}])
        uow.insert(Candidate, [{"task_id": new_id(), "kind": "user", "name": "anna"}])
        uow.record(instance, Event(EventType.INSTANCE_CHANGED))

        with pytest.raises(Exception, match=r"(?i)foreign key"):
            uow.commit()

    assert _rows(installation, alice) == before
    assert cases.complete(installation, alice, task).state == UserTaskState.COMPLETED


def test_two_acts_on_a_task_in_one_unit_of_work_are_one_chain(installation, alice, case, task):
    with begin(installation, alice) as uow:
        assignment.assign(uow, task.id, "alice")
        user_tasks.complete(uow, task.id, {"n": 1})
        uow.commit()

    with look(installation, alice) as uow:
        assert checking.verify_instance(uow.session, case.id) is None
        assert [each.element_id for each in _open(uow, case)] == ["second"]


@pytest.mark.parametrize("kind", [HeldTask, HeldInstance], ids=lambda each: each.__name__)
def test_a_held_row_has_the_names_of_its_table(kind):
    columns = {each.key for each in kind.kind.__mapper__.attrs}
    others = {"vouched", "candidate_groups", "candidate_users", "is_for_nobody"}

    assert {each.name for each in fields(kind)} - others <= columns


def test_a_held_task_says_the_same_as_one_of_the_session(installation, alice, task):
    with begin(installation, alice) as uow:
        found, instance = held.of(uow.connection, task.id)
        known = uow.session.get(UserTask, task.id)
        names = [each.name for each in fields(HeldTask)]

        assert [getattr(found, each) for each in names] == [getattr(known, each) for each in names]
        assert found.is_for_somebody == known.is_for_somebody
        assert instance.definition.key == "p"


def _open(uow, case):
    open_now = UserTask.state == UserTaskState.CREATED
    return uow.session.scalars(
        select(UserTask).where(UserTask.instance_id == case.id, open_now)
    ).all()


def _rows(installation, actor):
    with look(installation, actor) as uow:
        return [
            uow.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("user_task_candidate", "audit_event", "process_instance")
        ]
