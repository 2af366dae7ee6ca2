"""Verbs in one line, each in a transaction of its own, as a door would call them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine.definitions import repository as definitions
from engine.execution import assignment, incidents, instances, user_tasks
from engine.identity.actor import SYSTEM, Actor
from engine.installation import Installation
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import begin, look


def start(
    installation: Installation,
    actor: Actor,
    key: str = "p",
    *,
    in_unit: str | None = None,
    **variables: Any,
) -> ProcessInstance:
    with begin(installation, actor) as uow:
        definition = definitions.latest_named(uow.session, key)
        instance = instances.start(uow, definition, variables=variables, unit=in_unit)
        uow.commit()
    return instance


def open_tasks(
    installation: Installation, actor: Actor, instance: ProcessInstance
) -> dict[str, UserTask]:
    with look(installation, actor) as uow:
        return {each.element_id: each for each in tasks.open_of(uow.session, instance.id)}


def every_open_task(installation: Installation, instance: ProcessInstance) -> list[UserTask]:
    """Return the open tasks, also where an element has several."""
    with look(installation, SYSTEM) as uow:
        return list(tasks.open_of(uow.session, instance.id))


def every_open_task_of(installation: Installation, name: str) -> list[UserTask]:
    with look(installation, SYSTEM) as uow:
        query = select(UserTask).where(UserTask.assignee == name, UserTask.ended_at.is_(None))
        return list(uow.session.scalars(query))


def complete(
    installation: Installation, actor: Actor, task: UserTask, **variables: Any
) -> UserTask:
    with begin(installation, actor) as uow:
        done = user_tasks.complete(uow, task.id, variables)
        uow.commit()
    return done


def assign(installation: Installation, actor: Actor, task: UserTask, to: Actor) -> UserTask:
    with begin(installation, actor) as uow:
        assigned = assignment.assign(uow, task.id, to.name)
        uow.commit()
    return assigned


def release(installation: Installation, actor: Actor, task: UserTask) -> UserTask:
    with begin(installation, actor) as uow:
        released = assignment.release(uow, task.id)
        uow.commit()
    return released


def cancel(
    installation: Installation, actor: Actor, instance: ProcessInstance, reason: str
) -> ProcessInstance:
    with begin(installation, actor) as uow:
        cancelled = instances.cancel(uow, instance.id, reason=reason)
        uow.commit()
    return cancelled


def suspend(
    installation: Installation, actor: Actor, instance: ProcessInstance, reason: str = "Väntar"
) -> ProcessInstance:
    with begin(installation, actor) as uow:
        suspended = instances.suspend(uow, instance.id, reason=reason)
        uow.commit()
    return suspended


def resume(
    installation: Installation, actor: Actor, instance: ProcessInstance, reason: str = ""
) -> ProcessInstance:
    with begin(installation, actor) as uow:
        resumed = instances.resume(uow, instance.id, reason=reason)
        uow.commit()
    return resumed


def retry(installation: Installation, actor: Actor, incident_id: UUID) -> None:
    with begin(installation, actor) as uow:
        incidents.retry(uow, incident_id)
        uow.commit()
