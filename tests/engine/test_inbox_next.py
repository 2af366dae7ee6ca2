"""What comes behind a task in a list, wherever the task itself has gone; and tasks with their cases."""

from datetime import timedelta

import pytest

from engine.inbox import repository
from engine.inbox.asking import Sort, Tab
from engine.tasks.models import UserTask, UserTaskState
from tests.engine import inboxes
from tests.engine.inboxes import NOON
from tests.engine.test_inbox import ALICE, asked, found, session

__all__ = ["session"]

DUE = (NOON, NOON + timedelta(days=1), NOON + timedelta(days=1), None, None)
PRIORITIES = (5, 3, 3, None, 9)


@pytest.fixture
def tasks(session):
    routine = inboxes.definition(session, "leave")
    return [
        inboxes.task(
            session, inboxes.case(session, routine), groups=["mas"], due_at=due, priority=priority
        )
        for due, priority in zip(DUE, PRIORITIES, strict=True)
    ]


@pytest.mark.parametrize("sort", [Sort.DUE, Sort.CREATED, Sort.NEWEST, Sort.PRIORITY])
def test_behind_each_task_stands_the_rest_of_the_list(session, tasks, sort):
    order = found(session, ALICE, Tab.OPEN, sort)
    assert {*order} == {*tasks}

    for place, each in enumerate(order):
        task = session.get(UserTask, each)
        after = repository.position(asked(Tab.OPEN, sort), task)
        assert found(session, ALICE, Tab.OPEN, sort, after=after) == order[place + 1 :]


def test_what_is_done_still_has_its_place(session, tasks):
    order = found(session, ALICE)
    task = session.get(UserTask, order[1])
    task.state = UserTaskState.COMPLETED.value
    session.flush()

    after = repository.position(asked(), task)

    assert found(session, ALICE, after=after) == order[2:]


def test_tasks_come_with_their_cases_to_those_who_see_them(session, tasks):
    seen = repository.several(session, ALICE, tasks[:2])

    assert {each.task.id for each in seen} == {*tasks[:2]}
    assert {each.case.process_key for each in seen} == {"leave"}
    stranger = inboxes.task(
        session, inboxes.case(session, inboxes.definition(session, "other")), groups=["officer"]
    )
    assert repository.several(session, ALICE, [stranger]) == []
    assert repository.several(session, ALICE, []) == []
