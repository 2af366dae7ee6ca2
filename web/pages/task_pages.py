"""A task as its page shows it: what is to be done, by whom, and what is known in the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.description import Element
from bpmn.forms.definition import Form
from engine.accounts import repository as accounts
from engine.audit.events import EventType
from engine.cases import reading
from engine.cases.reading import Case, Told
from engine.execution import separation, sight, user_tasks
from engine.execution.library import DeployedLibrary
from engine.identity.permissions import Permission, allows
from engine.instances.models import InstanceState, ProcessInstance
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web.pages import addition_lists, answer_sheets, case_forms, people, values
from web.pages.addition_lists import Additions
from web.pages.answer_sheets import AnswerSheet
from web.pages.values import Answers

PREFIX = "variables."


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with a task."""

    complete: bool = False
    claim: bool = False
    release: bool = False
    is_barred: bool = False
    """The rules on separation of duties are all that is in the way."""


@dataclass(frozen=True, slots=True)
class TaskPage:
    task: UserTask
    case: Case
    element: Element | None
    whom: str
    is_mine: bool
    may: May
    form: Form | None
    earlier: Answers
    """What is known in the case."""
    given: Answers | None
    """What was answered, when the task is done and had no form."""
    answer_sheet: AnswerSheet | None
    """What was answered to the form, when the task is done."""
    performer: str | None
    behalf: str | None
    """For whom the reader would do it, or for whom it was done, where that is somebody else."""
    additions: Additions

    @property
    def is_open(self) -> bool:
        return self.task.state == UserTaskState.CREATED

    @property
    def is_paused(self) -> bool:
        return self.case.state == InstanceState.SUSPENDED

    @property
    def variables(self) -> Mapping[str, Any]:
        return self.case.variables or {}


def of(unit: UnitOfWork, task: UserTask, instance: ProcessInstance) -> TaskPage:
    """Gather the page of a task that the actor may see."""
    case = reading.get(unit, instance.id)
    version = DeployedLibrary(unit).by_identity(task.version_digest)
    forms = case_forms.of(unit, case)
    form = user_tasks.form_of(unit, task)
    done = _completion(unit, task)
    told = None if done is None else answered(done)
    return TaskPage(
        task=task,
        case=case,
        element=version.process.elements.get(task.element_id),
        whom=people.whom(task),
        is_mine=task.assignee == unit.actor.name,
        may=_may(unit, task, instance),
        form=form,
        earlier=values.answers(forms, case.variables or {}),
        given=values.answers(forms, told) if told is not None and form is None else None,
        answer_sheet=answer_sheets.of(form, told) if told is not None and form else None,
        performer=None if done is None else done.actor_name,
        behalf=_behalf(unit, task, instance),
        additions=addition_lists.of(unit, case.id, task),
    )


def answered(event: Told) -> dict[str, Any]:
    """Return what the record says was answered when a task was completed."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in event.payload.items()
        if name.startswith(PREFIX)
    }


def _may(unit: UnitOfWork, task: UserTask, instance: ProcessInstance) -> May:
    if task.state != UserTaskState.CREATED or instance.state == InstanceState.SUSPENDED:
        return May()
    subject = sight.of_task(unit, task, instance)
    mine = task.assignee == unit.actor.name
    free = task.assignee is None and (subject.candidate or subject.stands_in)
    done_by = mine or free or subject.stands_in
    if not done_by or not allows(unit.actor, Permission.COMPLETE_TASK, subject):
        return May()
    release = mine and bool(task.candidates) and task.owner is None
    if not separation.may_do(unit, task, instance):
        return May(release=release, is_barred=True)
    return May(complete=task.owner is None, claim=free, release=release)


def _behalf(unit: UnitOfWork, task: UserTask, instance: ProcessInstance) -> str | None:
    if task.on_behalf_of is not None:
        return accounts.names(unit.session, [task.on_behalf_of])[task.on_behalf_of]
    if task.state != UserTaskState.CREATED:
        return None
    proxy = sight.represented(unit, task, instance)
    return None if proxy is None else proxy.name


def _completion(unit: UnitOfWork, task: UserTask) -> Told | None:
    if task.state != UserTaskState.COMPLETED:
        return None
    return next(
        (
            event
            for event in reading.events(unit, task.instance_id)
            if event.type == EventType.USER_TASK_COMPLETED
            and event.facts.get("task") == str(task.id)
        ),
        None,
    )
