"""Completing user tasks, which moves the process, and the forms that are filled in for it."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from bpmn.deployment import ExecutableProcess
from bpmn.errors import BpmnError
from bpmn.forms import checking
from bpmn.forms.answers.references import IDENTITY
from bpmn.forms.definition import FieldType, Form
from bpmn.values import InvalidValue
from bpmn.workflow import variables as saved_variables
from engine.attachments import commands as attachments
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed
from engine.execution import open_tasks, runner, separation, sight
from engine.execution.library import DeployedLibrary
from engine.execution.registers import Registers
from engine.identity.permissions import Permission
from engine.instances.held import HeldInstance
from engine.instances.models import INITIATOR, UNIT
from engine.tasks.held import HeldTask, Task
from engine.tasks.models import UserTaskState
from engine.uow import UnitOfWork


def complete(uow: UnitOfWork, task_id: UUID, variables: Mapping[str, Any]) -> HeldTask:
    """
    Complete a task for the actor, and let its process run on.

    Where the task has a form, the answers are checked by it: `Invalid` with a sentence for each field.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.COMPLETE_TASK)
    proxy = sight.represented(uow, task, instance)
    if task.assignee not in {None, uow.actor.name, *([proxy.name] if proxy else [])}:
        raise NotAllowed("{user} has taken the task.", user=task.assignee)
    if task.on_behalf_of is not None and proxy is None:
        raise NotAllowed("You no longer act for the person whose task this is.")
    if task.owner is not None:
        raise Conflict("The task is delegated; it goes back to {user} first.", user=task.owner)
    separation.check(uow, task, instance, uow.actor, proxy)
    workflow = runner.load(uow, instance)
    form = form_of(uow, task)
    answers = variables if form is None else _checked(uow, instance, form, variables)
    _check_header(instance, answers)
    _tie_files(uow, form, answers, instance, task)
    completed = Event(
        EventType.USER_TASK_COMPLETED,
        open_tasks.facts(task, proxy),
        {f"variables.{name}": value for name, value in answers.items()},
    )
    try:
        workflow.complete(task.token, answers, now=uow.now)
    except InvalidValue as error:
        raise Invalid(error.template, **error.values) from error
    except BpmnError as error:
        raise Conflict(error.template, **error.values) from error
    uow.update(
        task,
        state=UserTaskState.COMPLETED.value,
        ended_at=uow.now,
        completed_by=uow.actor.id,
        on_behalf_of=proxy.account if proxy else None,
        assignee=uow.actor.name,
    )
    performer = (uow.actor.id, task.on_behalf_of)
    happened = [*_signed(form, answers, open_tasks.facts(task, proxy)), completed]
    runner.keep(uow, instance, workflow, happened, {task.token: performer})
    return task


def form_of(uow: UnitOfWork, task: Task) -> Form | None:
    """Return the form of a task, in the version that its case began with."""
    if task.form_key is None:
        return None
    return _version(uow, task).forms.get(task.form_key)


def _signed(
    form: Form | None, answers: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[Event]:
    """Say each signature by itself: who completes the task signs, with the meaning that the form gives it."""
    for field in form.fields if form else ():
        if field.type is FieldType.SIGN and answers.get(field.name) is not None:
            told = {**facts, "field": field.name, "meaning": field.meaning}
            yield Event(EventType.USER_TASK_SIGNED, told)


def _tie_files(
    uow: UnitOfWork,
    form: Form | None,
    answers: Mapping[str, Any],
    instance: HeldInstance,
    task: HeldTask,
) -> None:
    """Files that an answer names become the case's. Raises `Invalid` at the field for those of others."""
    for field in form.fields if form else ():
        named = _identities(answers.get(field.name)) if field.type is FieldType.FILES else []
        if not named:
            continue
        try:
            attachments.tie(uow, named, instance, task)
        except Invalid as error:
            told = {field.name: [(error.template, error.values)]}
            raise Invalid("The form has answers that cannot be used.").with_fields(told) from error


def _identities(value: Any) -> list[UUID]:
    """Return the files that an answer names; one that is read-only holds whatever the case does."""
    items = value if isinstance(value, list) else []
    return [UUID(each) for each in items if isinstance(each, str) and IDENTITY.fullmatch(each)]


def _check_header(instance: HeldInstance, answers: Mapping[str, Any]) -> None:
    """What says who started a case, and where, is no answer."""
    if INITIATOR in answers:
        raise _no_answer("'{name}' says who started the case, and is not an answer.", INITIATOR)
    if instance.unit is not None and answers.get(UNIT, instance.unit) != instance.unit:
        raise _no_answer("'{name}' is the unit of the case, and is not an answer.", UNIT)


def _no_answer(template: str, name: str) -> Invalid:
    return Invalid(template, name=name).at(name)


def _version(uow: UnitOfWork, task: Task) -> ExecutableProcess:
    """Return the version that the task's element stands in."""
    return DeployedLibrary(uow).by_identity(task.version_digest)


def _checked(
    uow: UnitOfWork, instance: HeldInstance, form: Form, submitted: Mapping[str, Any]
) -> Mapping[str, Any]:
    known = DeployedLibrary(uow, instance.unit).seen(saved_variables(instance.saved))
    checked = checking.check(form, submitted, known, Registers(uow))
    if checked.errors:
        fields: dict[str, list[tuple[str, Mapping[str, object]]]] = {}
        for error in checked.errors:
            fields.setdefault(error.name, []).append((error.template, error.values))
        raise Invalid("The form has answers that cannot be used.").with_fields(fields)
    return checked.values
