"""A task as its page shows it: what is to be done, by whom, and what is known in the case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from bpmn.description import Element, Process
from bpmn.forms.definition import Form
from engine.accounts import repository as accounts
from engine.audit.events import EventType
from engine.cases import reading
from engine.cases.reading import Case, Told
from engine.execution import handing, sight, user_tasks
from engine.execution.handing import May
from engine.execution.library import DeployedLibrary
from engine.instances.models import InstanceState, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web.language import say
from web.pages import outlines, people, values, words
from web.pages.cases import addition_lists, asked_forms
from web.pages.cases.addition_lists import Additions
from web.pages.forms import answer_sheets
from web.pages.forms.answer_sheets import AnswerSheet
from web.pages.tasks import histories, neighbourhoods
from web.pages.tasks.histories import Asked, Line
from web.pages.tasks.neighbourhoods import Neighbourhood
from web.pages.values import Answers, AskedIn, Shown


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered in a step of the case."""

    step: str
    person: str
    """Who answered it last; empty where that is not known."""
    at: datetime | None
    shown: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class TaskPage:
    task: UserTask
    case: Case
    element: Element | None
    whom: str
    is_mine: bool
    may: May
    form: Form | None
    earlier: Sequence[Earlier]
    """What people answered in the case."""
    noted: Sequence[Shown]
    """What the routine has noted itself."""
    given: Answers | None
    """What was answered, when the task is done and had no form."""
    answer_sheet: AnswerSheet | None
    """What was answered to the form, when the task is done."""
    performer: str | None
    behalf: str | None
    """For whom the reader would do it, or for whom it was done, where that is somebody else."""
    additions: Additions
    asked: Asked | None
    """Who handed it on to whoever has it; None where nobody did."""
    history: Sequence[Line]
    around: Neighbourhood | None
    rules: Sequence[str]
    """Who may not do it, or who alone may, as sentences."""
    hindrance: str
    """Why the rules keep the reader from it; empty where they do not."""
    revision: int
    """How far the record of the case went when the page was made."""

    @property
    def priority(self) -> str:
        """Return how urgent it is, where that is not as usual."""
        said = words.priority(self.task.priority)
        return "" if said == words.priority(None) else said

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
    process = DeployedLibrary(unit).by_identity(task.version_digest).process
    others = tasks.all_of(unit.session, instance.id)
    forms = asked_forms.of(unit, case, others)
    form = user_tasks.form_of(unit, task)
    events = reading.events_of_task(unit, task.id)
    done = _completion(task, events)
    told = None if done is None else asked_forms.answered(done)
    known = values.answers(forms, case.variables or {})
    may = handing.may(unit, task, instance)
    return TaskPage(
        task=task,
        case=case,
        element=process.elements.get(task.element_id),
        whom=people.whom(task),
        is_mine=task.assignee == unit.actor.name,
        may=may,
        form=form,
        earlier=list(_earlier(forms, known, others)),
        noted=known.others,
        given=values.answers(forms, told) if told is not None and form is None else None,
        answer_sheet=answer_sheets.of(form, told) if told is not None and form else None,
        performer=None if done is None else done.actor_name,
        behalf=_behalf(unit, task, instance),
        additions=addition_lists.of(unit, case.id, others, task),
        asked=histories.asked(events, unit.actor.name) if done is None else None,
        history=histories.lines(unit, events),
        around=neighbourhoods.of(unit, task, instance, process, others),
        rules=list(_rules(process, task)) if task.state == UserTaskState.CREATED else [],
        hindrance=say(may.hindrance.template, may.hindrance.values) if may.hindrance else "",
        revision=instance.audit_seq,
    )


def _earlier(
    forms: Sequence[AskedIn], known: Answers, others: Sequence[UserTask]
) -> Iterator[Earlier]:
    """Put to each step who did it last, and when."""
    done = {each.form_key: each for each in others if each.state == UserTaskState.COMPLETED}
    keys = {each.step: each.form.key for each in forms}
    people.learn(each.assignee for each in done.values())
    for group in known.groups:
        last = done.get(keys.get(group.step))
        person = people.person(last.assignee) if last and last.assignee else ""
        yield Earlier(group.step, person, last.ended_at if last else None, group.shown)


def _rules(process: Process, task: UserTask) -> Iterator[str]:
    step = next(
        (each for each in outlines.of(process) if each.element.id == task.element_id), None
    )
    if step is None or step.element.work is None:
        return
    for names, sentence in (
        (step.not_by, _("Whoever has done %(steps)s may not do this step.")),
        (step.only_by, _("Only whoever has done %(steps)s may do this step.")),
    ):
        if names:
            steps = format_list(
                [gettext("“%(name)s”", name=each) for each in names],
                style="or",
                locale=get_locale(),
            )
            yield str(sentence) % {"steps": steps}
    if step.element.work.is_by_distinct_people:
        yield gettext("Several do this step, and nobody does it twice.")


def _behalf(unit: UnitOfWork, task: UserTask, instance: ProcessInstance) -> str | None:
    if task.on_behalf_of is not None:
        return accounts.names(unit.session, [task.on_behalf_of])[task.on_behalf_of]
    if task.state != UserTaskState.CREATED:
        return None
    proxy = sight.represented(unit, task, instance)
    return None if proxy is None else proxy.name


def _completion(task: UserTask, events: Sequence[Told]) -> Told | None:
    if task.state != UserTaskState.COMPLETED:
        return None
    return next((each for each in events if each.type == EventType.USER_TASK_COMPLETED), None)
