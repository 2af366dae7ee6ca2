"""Verbs on user tasks. Completing one moves the process; the others change who has it in hand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bpmn.deployment import ExecutableProcess
from bpmn.errors import BpmnError
from bpmn.forms import checking
from bpmn.forms.definition import Form
from bpmn.scripting.seen import Seen
from bpmn.values import InvalidValue
from bpmn.workflow import variables as saved_variables
from engine.accounts import repository as accounts
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed
from engine.execution import runner, sight
from engine.execution.library import DeployedLibrary
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.identity.permissions import Permission, require
from engine.instances import repository as instances
from engine.instances.models import INITIATOR, ProcessInstance
from engine.organisation import holdings
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork


def assign(uow: UnitOfWork, task_id: UUID, user: str) -> UserTask:
    """
    Give a task to somebody; giving it to oneself is claiming it.

    Raises `Conflict` when somebody else has it, `NotAllowed` for those who may not have it.
    """
    task, instance = _locked(uow, task_id, Permission.ASSIGN_TASK)
    account = accounts.named(uow.session, user)
    roles = holdings.held(uow.installation, uow.session, uow.now)
    person = holdings.with_roles(roles, accounts.actor(account))
    proxy = sight.of_person(uow, task, instance, person)
    theirs = {None, person.name, uow.actor.name, *([proxy.name] if proxy else [])}
    if task.assignee not in theirs and not uow.actor.is_admin:
        raise Conflict("{user} has already taken the task.", user=task.assignee)
    _check_separation(uow, task, instance, person, proxy)
    if task.assignee == person.name:
        return task
    if proxy is None:
        _check_eligible(task, person)
    task.assignee = person.name
    task.on_behalf_of = proxy.account if proxy else None
    uow.record(
        instance,
        Event(
            EventType.USER_TASK_ASSIGNED,
            {**_facts(task), **_behalf(proxy)},
            {"assignee": person.name},
        ),
    )
    return task


def release(uow: UnitOfWork, task_id: UUID) -> UserTask:
    """Give a task back to all its candidates. Raises `Conflict` when there would be none."""
    task, instance = _locked(uow, task_id, Permission.ASSIGN_TASK)
    if task.assignee is None:
        return task
    if task.assignee != uow.actor.name and not uow.actor.is_admin:
        raise NotAllowed("Only the one who has the task can release it.")
    if not task.candidates:
        raise Conflict("The task is for this person alone; it cannot be released.")
    task.assignee = task.on_behalf_of = None
    uow.record(instance, Event(EventType.USER_TASK_RELEASED, _facts(task)))
    return task


def complete(uow: UnitOfWork, task_id: UUID, variables: Mapping[str, Any]) -> UserTask:
    """
    Complete a task for the actor, and let its process run on.

    Where the task has a form, the answers are checked by it: `Invalid` with a sentence for each field.
    """
    task, instance = _locked(uow, task_id, Permission.COMPLETE_TASK)
    proxy = sight.represented(uow, task, instance)
    if task.assignee not in {None, uow.actor.name, *([proxy.name] if proxy else [])}:
        raise NotAllowed("{user} has taken the task.", user=task.assignee)
    if task.on_behalf_of is not None and proxy is None:
        raise NotAllowed("You no longer act for the person whose task this is.")
    _check_separation(uow, task, instance, uow.actor, proxy)
    workflow = runner.load(uow, instance)
    zone = uow.installation.settings.zone
    known = Seen(saved_variables(instance.saved), now=uow.now, zone=zone)
    answers = _checked(form_of(uow, task), variables, known)
    if INITIATOR in answers:
        raise Invalid("'{name}' says who started the case, and is not an answer.", name=INITIATOR)
    completed = Event(
        EventType.USER_TASK_COMPLETED,
        {**_facts(task), **_behalf(proxy)},
        {f"variables.{name}": value for name, value in answers.items()},
    )
    try:
        workflow.complete(task.token, answers, now=uow.now)
    except InvalidValue as error:
        raise Invalid(error.template, **error.values) from error
    except BpmnError as error:
        raise Conflict(error.template, **error.values) from error
    task.state = UserTaskState.COMPLETED.value
    task.ended_at = uow.now
    task.completed_by = uow.actor.id
    task.on_behalf_of = proxy.account if proxy else None
    task.assignee = uow.actor.name
    performer = (uow.actor.id, task.on_behalf_of)
    runner.keep(uow, instance, workflow, [completed], {task.token: performer})
    return task


def form_of(uow: UnitOfWork, task: UserTask) -> Form | None:
    """Return the form of a task, in the version that its case began with."""
    if task.form_key is None:
        return None
    return _version(uow, task).forms.get(task.form_key)


def may_do(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> bool:
    """Tell whether the rules on separation of duties leave the task to the actor."""
    try:
        _check_separation(uow, task, instance, uow.actor, sight.represented(uow, task, instance))
    except NotAllowed:
        return False
    return True


def _locked(
    uow: UnitOfWork, task_id: UUID, permission: Permission
) -> tuple[UserTask, ProcessInstance]:
    """Lock the instance, then look at the task: what was before the lock does not count."""
    instance = instances.locked(uow.session, tasks.instance_of(uow.session, task_id))
    task = tasks.get(uow.session, task_id)
    subject = sight.of_task(uow, task, instance)
    if task.state != UserTaskState.CREATED.value:
        raise Conflict("The task is no longer open.")
    require(uow.actor, permission, subject)
    return task, instance


def _check_eligible(task: UserTask, person: Actor) -> None:
    if task.candidates and not tasks.is_candidate(task, person):
        raise NotAllowed("{user} is not one of those the task is for.", user=person.name)


def _check_separation(
    uow: UnitOfWork,
    task: UserTask,
    instance: ProcessInstance,
    person: Actor,
    proxy: Proxy | None,
) -> None:
    """
    Who has done one thing may not, or must, do the other: for everybody, administrators too.

    A substitute and the person who is represented count as one: neither gets round the rule by the other.
    """
    version = _version(uow, task)
    work = version.process.elements[task.element_id].work
    if work is None:
        return

    def performers(elements: Sequence[str]) -> set[UUID]:
        return instances.performers(uow.session, instance.id, version.key, elements)

    acting = {person.id, *([proxy.account] if proxy else [])}
    if work.not_performer_of and acting & performers(work.not_performer_of):
        raise NotAllowed("Whoever has done an earlier step of the case may not do this one.")
    if work.performer_of:
        before = performers(work.performer_of)
        if before and not acting & before:
            raise NotAllowed("Only whoever has done the earlier step may do this one.")


def _version(uow: UnitOfWork, task: UserTask) -> ExecutableProcess:
    """Return the version that the task's element stands in."""
    return DeployedLibrary(uow).by_identity(task.version_digest)


def _checked(form: Form | None, submitted: Mapping[str, Any], known: Seen) -> Mapping[str, Any]:
    if form is None:
        return submitted
    checked = checking.check(form, submitted, known)
    if checked.errors:
        fields: dict[str, list[tuple[str, Mapping[str, object]]]] = {}
        for error in checked.errors:
            fields.setdefault(error.name, []).append((error.template, error.values))
        raise Invalid("The form has answers that cannot be used.").with_fields(fields)
    return checked.values


def _behalf(proxy: Proxy | None) -> dict[str, str]:
    return {} if proxy is None else {"on_behalf_of": str(proxy.account)}


def _facts(task: UserTask) -> dict[str, Any]:
    return {"task": str(task.id), "token": task.token, "element": task.element_id}
