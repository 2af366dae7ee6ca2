"""The same act on many tasks: each is a transaction of its own, with a result of its own."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from engine.errors import EngineError
from engine.execution import assignment, user_tasks
from engine.tasks.held import HeldTask
from engine.uow import UnitOfWork
from web.errors import STATUS, details
from web.language import say
from web.transactions import by_itself

Act = Callable[[UnitOfWork, UUID, Mapping[str, Any]], HeldTask]
ACTS: Mapping[str, Act] = {
    "claim": lambda unit, task, _: assignment.assign(unit, task, unit.actor.name),
    "assign": lambda unit, task, body: assignment.assign(unit, task, body["user"]),
    "release": lambda unit, task, _: assignment.release(unit, task),
    "complete": lambda unit, task, body: user_tasks.complete(unit, task, body["variables"]),
}


def one(task_id: UUID, body: Mapping[str, Any]) -> dict[str, Any]:
    """Do what is asked with one task, and tell what became of it."""
    try:
        with by_itself() as unit:
            ACTS[body["action"]](unit, task_id, body)
    except EngineError as error:
        status = STATUS[type(error)]
        return {
            "id": task_id,
            "status": status.value,
            "detail": say(error.template, error.values),
            **details(error),
        }
    return {"id": task_id, "status": 200}
