"""An open task while something is done to it: held, as it is now, and named in events."""

from typing import Any
from uuid import UUID

from engine.errors import Conflict
from engine.execution import sight
from engine.identity.holdings import Proxy
from engine.identity.permissions import Permission, require
from engine.instances.held import HeldInstance
from engine.instances.models import InstanceState
from engine.tasks import held as held_tasks
from engine.tasks.held import HeldTask, Task
from engine.tasks.models import UserTaskState
from engine.uow import UnitOfWork

MOVING = frozenset({Permission.COMPLETE_TASK, Permission.ASSIGN_TASK})
"""What nobody does with a task while its case is paused; to plan it is not among it."""


def held(uow: UnitOfWork, task_id: UUID, permission: Permission) -> tuple[HeldTask, HeldInstance]:
    """
    Hold a task, with its instance, that the actor may do something with.

    Raises `NotFound` where the actor may not see it, and `Conflict` where it is over, or its case paused.
    """
    task, instance = held_tasks.of(uow.connection, task_id)
    subject = sight.of_task(uow, task, instance)
    if task.state != UserTaskState.CREATED.value:
        raise Conflict("The task is no longer open.")
    require(uow.actor, permission, subject)
    if permission in MOVING and instance.state == InstanceState.SUSPENDED:
        raise Conflict("The case is paused. It has to go on first.")
    return task, instance


def facts(task: Task, proxy: Proxy | None = None) -> dict[str, Any]:
    """Return what events say of a task, and for whom somebody acts."""
    named = {"task": str(task.id), "token": task.token, "element": task.element_id}
    return named if proxy is None else {**named, "on_behalf_of": str(proxy.account)}
