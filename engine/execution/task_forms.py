"""What a task asks, and what its questions begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.forms import beginnings
from bpmn.forms.definition import Form
from bpmn.workflow import variables
from engine.errors import NotFound
from engine.execution import user_tasks
from engine.execution.library import DeployedLibrary
from engine.execution.registers import Registers
from engine.instances.models import ProcessInstance
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Begun:
    """A form, in the version that the case began with, before anybody has answered it."""

    form: Form
    values: Mapping[str, Any]
    """Empty when the task is no longer open."""


def begun(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> Begun:
    """Return the form of a task that the actor may see. Raises `NotFound` where it has none."""
    form = user_tasks.form_of(uow, task)
    if form is None:
        raise NotFound("The task has no form.")
    if task.state != UserTaskState.CREATED.value:
        return Begun(form, {})
    known = DeployedLibrary(uow, instance.unit).seen(variables(instance.saved))
    registers = Registers(uow)
    return Begun(
        form, {each.name: beginnings.value(each, known, registers) for each in form.fields}
    )
