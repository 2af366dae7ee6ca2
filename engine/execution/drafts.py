"""Verbs on drafts. Whoever could complete a task may keep what is typed so far; nobody else ever sees it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from bpmn.limits import Limits
from bpmn.values import InvalidValue, taken_in
from engine.drafts.models import Draft
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.execution import sight
from engine.identity.permissions import Permission, Subject, require
from engine.instances import repository as instances
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork

LIMITS = Limits(value_nodes=10_000, value_characters=250_000, value_depth=20)
"""A draft is checked for its size and shape only: it need not be right yet."""


def keep(uow: UnitOfWork, task_id: UUID, answers: Mapping[str, Any]) -> Draft:
    """
    Keep what the actor has typed so far, in place of what was kept before. It is no event.

    Raises `Conflict` when the task is no longer open.
    """
    task, subject = _held(uow, task_id)
    if task.state != UserTaskState.CREATED:
        raise Conflict("The task is no longer open.")
    require(uow.actor, Permission.COMPLETE_TASK, subject)
    if task.assignee not in {None, uow.actor.name}:
        raise NotAllowed("{user} has taken the task.", user=task.assignee)
    try:
        kept = taken_in({"answers": answers}, LIMITS)["answers"]
    except InvalidValue as error:
        raise Invalid(error.template, **error.values) from error
    insert = sqlite.insert if uow.installation.database.is_sqlite else postgresql.insert
    values = {"answers": kept, "saved_at": uow.now}
    uow.session.execute(
        insert(Draft)
        .values({"task_id": task.id, "account_id": uow.actor.id, **values})
        .on_conflict_do_update(index_elements=["task_id", "account_id"], set_=values)
    )
    return _own(uow, task)


def of(uow: UnitOfWork, task: UserTask) -> Draft | None:
    """Return the actor's draft of an open task that it may see, None where there is none."""
    if task.state != UserTaskState.CREATED:
        return None
    return uow.session.scalar(
        select(Draft)
        .where(Draft.task_id == task.id, Draft.account_id == uow.actor.id)
        .execution_options(populate_existing=True)
    )


def get(uow: UnitOfWork, task_id: UUID) -> Draft:
    """Raises `NotFound` when there is none of the actor's, or its task has ended."""
    task = uow.session.get(UserTask, task_id)
    if task is None:
        raise NotFound
    sight.of_task(uow, task, instances.get(uow.session, task.instance_id))
    return _own(uow, task)


def discard(uow: UnitOfWork, task_id: UUID) -> Draft:
    """Remove the actor's draft. Raises `NotFound` when there is none."""
    task, _ = _held(uow, task_id)
    draft = _own(uow, task)
    uow.session.delete(draft)
    return draft


def _held(uow: UnitOfWork, task_id: UUID) -> tuple[UserTask, Subject]:
    """
    Hold the task alone: a draft is often kept, and the case need not stand still for it.

    Whoever ends the task changes its row first and forgets the drafts then, so that none is left behind.
    """
    task = uow.session.scalar(
        select(UserTask)
        .where(UserTask.id == task_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if task is None:
        raise NotFound
    return task, sight.of_task(uow, task, instances.get(uow.session, task.instance_id))


def _own(uow: UnitOfWork, task: UserTask) -> Draft:
    found = of(uow, task)
    if found is None:
        raise NotFound
    return found
