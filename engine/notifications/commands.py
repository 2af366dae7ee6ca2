"""Telling people, in the transaction of the act: one row more, and nobody is told of their own acts."""

from uuid import UUID

from engine.instances.held import Instance
from engine.notifications.models import Kind, Notification
from engine.tasks.held import Task
from engine.uow import UnitOfWork

NOBODYS_ACT = frozenset({Kind.CASE_STOPPED})
"""Whoever caused it did not mean to, and is told as well."""


def of_task(uow: UnitOfWork, kind: Kind, person: UUID | None, task: Task) -> None:
    """Tell somebody of a task."""
    _tell(uow, kind, person, task.instance_id, task.id)


def of_case(uow: UnitOfWork, kind: Kind, instance: Instance) -> None:
    """Tell whoever started a case."""
    _tell(uow, kind, instance.started_by, instance.id, None)


def _tell(
    uow: UnitOfWork, kind: Kind, person: UUID | None, instance_id: UUID, task_id: UUID | None
) -> None:
    if person is None or (person == uow.actor.id and kind not in NOBODYS_ACT):
        return
    uow.insert(
        Notification,
        [
            {
                "account_id": person,
                "kind": kind.value,
                "instance_id": instance_id,
                "task_id": task_id,
                "actor_id": uow.actor.id,
                "created_at": uow.now,
            }
        ],
    )
