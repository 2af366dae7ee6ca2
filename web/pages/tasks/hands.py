"""
What else one can do with a task: hand it over, have it prepared, return it, follow it up, plan it.

Each has a page that says what will happen. What is wrong is told there, and nothing that was typed is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.cases import reading
from engine.cases.reading import Case
from engine.errors import Conflict, EngineError, Invalid, NotAllowed, NotFound
from engine.execution import assignment, handing
from engine.execution.handing import Recipients
from engine.identity.permissions import Permission
from engine.instances.models import ProcessInstance
from engine.tasks.held import Task
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.language import say
from web.pages import afresh, notices, people, words
from web.pages.tasks import late, onward
from web.transactions import installation, uow

blueprint = Blueprint("hands", __name__, url_prefix="/tasks")

Choose = Callable[[UnitOfWork, UserTask, ProcessInstance], Recipients]
CHOOSE: Mapping[str, Choose] = MappingProxyType(
    {"assign": handing.recipients, "delegate": handing.preparers}
)
"""Whom one chooses among, by what is done; elsewhere nobody is chosen."""
YEARS = range(2000, 2200)
PRIORITIES = (words.USUAL + 25, words.USUAL, words.USUAL - 25)


@dataclass(frozen=True, slots=True)
class HandPage:
    task: UserTask
    case: Case
    act: str
    recipients: Recipients | None
    sentence: str
    """What is wrong; empty where nothing is."""

    def typed(self, name: str, otherwise: str = "") -> str:
        return request.form.get(name, otherwise) if self.sentence else otherwise


@blueprint.get("/<uuid:task_id>/handover")
@requires(Permission.ASSIGN_TASK)
def consider_assign(task_id: UUID) -> str:
    return _considered("assign", task_id)


@blueprint.post("/<uuid:task_id>/handover")
@requires(Permission.ASSIGN_TASK)
def assign(task_id: UUID) -> ResponseReturnValue:
    task = assignment.assign(uow(), task_id, _person())
    whom = people.person(task.assignee or "")
    notices.tell(gettext("“%(task)s” waits for %(person)s now.", task=task.name, person=whom))
    return _to_the_inbox()


@blueprint.get("/<uuid:task_id>/delegation")
@requires(Permission.ASSIGN_TASK)
def consider_delegate(task_id: UUID) -> str:
    return _considered("delegate", task_id)


@blueprint.post("/<uuid:task_id>/delegation")
@requires(Permission.ASSIGN_TASK)
def delegate(task_id: UUID) -> ResponseReturnValue:
    task = assignment.delegate(uow(), task_id, _person())
    notices.tell(
        gettext(
            "%(person)s prepares “%(task)s”, and then it comes back to you.",
            task=task.name,
            person=people.person(task.assignee or ""),
        )
    )
    return _to_the_inbox()


@blueprint.post("/<uuid:task_id>/resolution")
@requires(Permission.ASSIGN_TASK)
def resolve(task_id: UUID) -> ResponseReturnValue:
    task = assignment.resolve(uow(), task_id)
    notices.tell(
        gettext(
            "“%(task)s” is prepared, and waits for %(whom)s.", task=task.name, whom=_whom(task)
        )
    )
    return _to_the_inbox()


@blueprint.get("/<uuid:task_id>/return")
@requires(Permission.ASSIGN_TASK)
def consider_return_back(task_id: UUID) -> str:
    return _considered("return_back", task_id)


@blueprint.post("/<uuid:task_id>/return")
@requires(Permission.ASSIGN_TASK)
def return_back(task_id: UUID) -> ResponseReturnValue:
    task = assignment.return_back(uow(), task_id, request.form.get("reason", ""))
    notices.tell(
        gettext(
            "You have returned “%(task)s”. It waits for %(whom)s.",
            task=task.name,
            whom=_whom(task),
        )
    )
    return _to_the_inbox()


@blueprint.get("/<uuid:task_id>/follow-up")
@requires(Permission.ASSIGN_TASK)
def consider_follow_up(task_id: UUID) -> str:
    return _considered("follow_up", task_id)


@blueprint.post("/<uuid:task_id>/follow-up")
@requires(Permission.ASSIGN_TASK)
def follow_up(task_id: UUID) -> ResponseReturnValue:
    day = _day(request.form.get("day", ""))
    task = assignment.follow_up(uow(), task_id, day)
    notices.tell(
        gettext("You follow up “%(task)s” on the day that you chose.", task=task.name)
        if day
        else gettext("“%(task)s” has no follow-up day.", task=task.name)
    )
    return _to_the_task(task_id)


@blueprint.get("/<uuid:task_id>/plan")
@requires(Permission.PLAN_TASK)
def consider_plan(task_id: UUID) -> str:
    return _considered("plan", task_id)


@blueprint.post("/<uuid:task_id>/plan")
@requires(Permission.PLAN_TASK)
def plan(task_id: UUID) -> ResponseReturnValue:
    due_at = _moment(request.form.get("due_at", ""))
    before, _ = reading.task(uow(), task_id)
    if due_at is not None and due_at == _to_the_minute(before.due_at):
        due_at = before.due_at  # the page shows no seconds, and nobody changed it
    task = assignment.plan(uow(), task_id, due_at=due_at, priority=_priority())
    notices.tell(gettext("“%(task)s” is planned.", task=task.name))
    return _to_the_task(task_id)


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(Conflict)
@blueprint.errorhandler(NotAllowed)
@blueprint.errorhandler(NotFound)
def ask_again(error: EngineError) -> ResponseReturnValue:
    """Nothing was done: show the form again, where it can still be; else say how the task stands."""
    task_id = (request.view_args or {})["task_id"]
    act = (request.endpoint or "").rpartition(".")[2]
    if request.method == "POST" and act != "resolve":
        with afresh.reading() as unit:
            page = _page(unit, act, task_id, say(error.template, error.values))
            if page is not None:
                return _shown(page), errors.STATUS[type(error)]
    return late.told(error, task_id) if isinstance(error, Conflict) else errors.tell(error)


def _considered(act: str, task_id: UUID) -> str:
    """Raises `Conflict` where the task is over, `NotAllowed` for what its verb would refuse."""
    task, _ = reading.task(uow(), task_id)
    page = _page(uow(), act, task_id)
    if page is not None:
        return _shown(page)
    if task.state != UserTaskState.CREATED:
        raise Conflict("The task is no longer open.")
    raise NotAllowed


def _page(unit: UnitOfWork, act: str, task_id: UUID, sentence: str = "") -> HandPage | None:
    """Gather the page; None where the reader may not do that with the task, or not see it."""
    try:
        task, instance = reading.task(unit, task_id)
    except NotFound:
        return None
    if not getattr(handing.may(unit, task, instance), act):
        return None
    choose = CHOOSE.get(act)
    found = choose(unit, task, instance) if choose else None
    return HandPage(task, reading.get(unit, instance.id), act, found, sentence)


def _shown(page: HandPage) -> str:
    return render_template(
        f"tasks/hands/{page.act}.html",
        page=page,
        task=page.task,
        whom=_whom(page.task),
        zone=installation().settings.zone,
        priorities=PRIORITIES,
    )


def _whom(task: Task) -> str:
    return people.whom(task)


def _person() -> str:
    name = request.form.get("person", "").strip()
    if not name:
        raise Invalid("Choose a person.")
    return name


def _priority() -> int | None:
    text = request.form.get("priority", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise Invalid("Choose how urgent the task is.")
    return int(text[:9])


def _day(text: str) -> datetime | None:
    """Read a day, which begins at midnight here."""
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        day = date.min
    if day is not None and day.year not in YEARS:
        raise Invalid("Give a day, such as 2026-03-31.")
    return datetime.combine(day, time(), installation().settings.zone) if day else None


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        read = datetime.min  # noqa: DTZ901  which is refused below
    if read is not None and (read.year not in YEARS or read.tzinfo is not None):
        raise Invalid("Give a day and a time, such as 2026-03-31 16:30.")
    return read.replace(tzinfo=installation().settings.zone) if read else None


def _to_the_minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def _to_the_inbox() -> ResponseReturnValue:
    return redirect(onward.origin() or url_for("tasks.inbox"), 303)


def _to_the_task(task_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("tasks.show", task_id=task_id), 303)
