"""
The record of a case as sentences.

What people did and how the case went stands in front; what the engine did on the way is folded away, but nothing
is left out. Of a long record the latest is told first, and the rest is a link away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext

from engine.audit import chain
from engine.audit.events import EventType
from engine.cases import reading
from engine.cases.reading import Case, Told
from engine.incidents import repository as incidents
from engine.incidents.models import Incident
from engine.instances.models import InstanceState
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.language import say
from web.pages import moments, people, values, words
from web.pages.cases import asked_forms
from web.pages.values import Answers, AskedIn

AT_ONCE = 50
MILESTONES = frozenset(
    {
        EventType.INSTANCE_STARTED,
        EventType.INSTANCE_SUSPENDED,
        EventType.INSTANCE_RESUMED,
        EventType.INSTANCE_COMPLETED,
        EventType.INSTANCE_CANCELLED,
        EventType.USER_TASK_UNATTENDED,
        EventType.INSTANCE_CHANGED,
        EventType.USER_TASK_ASSIGNED,
        EventType.USER_TASK_DELEGATED,
        EventType.USER_TASK_RELEASED,
        EventType.USER_TASK_RESOLVED,
        EventType.USER_TASK_RETURNED,
        EventType.USER_TASK_SIGNED,
        EventType.USER_TASK_COMPLETED,
        EventType.ATTACHMENT_TIED,
        EventType.INCIDENT_CREATED,
        EventType.INCIDENT_RESOLVED,
    }
)
WITH_REASON = frozenset(
    {
        EventType.INSTANCE_SUSPENDED,
        EventType.INSTANCE_RESUMED,
        EventType.INSTANCE_CANCELLED,
        EventType.USER_TASK_RETURNED,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """An event as people read it."""

    seq: int
    at: datetime
    sentence: str
    lateness: str
    """By how much a task was done too late; empty where it was not."""
    remark: str | None
    """Why a case was cancelled, what went wrong, or what a file is called."""
    answers: Answers | None
    hash: str


@dataclass(frozen=True, slots=True)
class History:
    milestones: Sequence[Line]
    earlier: int | None
    """The number of the event before which there are more milestones."""
    is_latest: bool
    record: Sequence[Line]
    """The last events of any kind."""


@dataclass(frozen=True, slots=True)
class Context:
    """What sentences are put together from, beside the event."""

    case: Case
    names: Mapping[str, str]
    """Of the steps, by their elements."""
    forms: Sequence[AskedIn]
    tasks: Mapping[str, UserTask]
    incidents: Mapping[str, Incident]

    def ended_by(self, event: Told) -> bool:
        """Tell whether an error went away because its case was cancelled, and nobody saw to it."""
        if self.case.state != InstanceState.CANCELLED or self.case.ended_at is None:
            return False
        return event.at == chain.written(self.case.ended_at)

    def began_with(self, event: Told) -> bool:
        """Tell whether something was said of the case when it was started, and nothing changed."""
        return event.at == chain.written(self.case.started_at)


def context(
    unit: UnitOfWork,
    case: Case,
    names: Mapping[str, str],
    forms: Sequence[AskedIn],
    tasks: Iterable[UserTask],
) -> Context:
    failed = incidents.all_of(unit.session, case.id)
    return Context(
        case,
        names,
        forms,
        {str(each.id): each for each in tasks},
        {str(each.id): each for each in failed},
    )


def of(unit: UnitOfWork, about: Context, before: int | None) -> History:
    """Tell the last milestones, or those before an event, and the end of the record."""
    case_id = about.case.id
    found = reading.latest_events(
        unit, case_id, types=MILESTONES, before=before, limit=AT_ONCE + 1
    )
    shown = found[-AT_ONCE:]
    return History(
        milestones=lines(shown, about),
        earlier=shown[0].seq if len(found) > AT_ONCE else None,
        is_latest=before is None,
        record=told(reading.latest_events(unit, case_id, limit=AT_ONCE), about),
    )


def lines(events: Iterable[Told], about: Context) -> list[Line]:
    """Tell milestones; what only followed from one is left out."""
    return told([each for each in events if not _follows(each, about)], about)


def told(events: Sequence[Told], about: Context) -> list[Line]:
    people.learn(event.actor_name for event in events)
    people.learn(str(event.payload.get("assignee") or "") for event in events)
    return [
        Line(
            event.seq,
            moments.read(event.at),
            _sentence(event, about),
            _lateness(event, about),
            _remark(event, about),
            _answers(event, about.forms),
            event.hash,
        )
        for event in events
    ]


def _follows(event: Told, about: Context) -> bool:
    if event.type == EventType.INCIDENT_RESOLVED:
        return about.ended_by(event)
    return event.type == EventType.INSTANCE_CHANGED and about.began_with(event)


def _sentence(event: Told, about: Context) -> str:
    """Say an event; one of a type that has no words (of a later release) is told by its type."""
    assignee = str(event.payload.get("assignee", ""))
    template = words.EVENTS.get(event.type)
    if event.type == EventType.INCIDENT_RESOLVED and not about.ended_by(event):
        template = words.RETRIED
    if event.type == EventType.USER_TASK_ASSIGNED and assignee == event.actor_name:
        template = words.TAKEN
    if template is None:
        return event.type
    element = str(event.facts.get("element", ""))
    return str(template).format(
        actor=people.person(event.actor_name),
        element=about.names.get(element, element),
        assignee=people.person(assignee),
    )


def _lateness(event: Told, about: Context) -> str:
    task = about.tasks.get(str(event.facts.get("task")))
    if event.type != EventType.USER_TASK_COMPLETED or task is None or task.due_at is None:
        return ""
    done_at = moments.read(event.at)
    if done_at <= task.due_at:
        return ""
    days = -moments.days_between(done_at, task.due_at)
    return (
        str(ngettext("%(num)s day late", "%(num)s days late", days)) if days else gettext("late")
    )


def _remark(event: Told, about: Context) -> str | None:
    if event.type in WITH_REASON:
        return str(event.payload["reason"]) if "reason" in event.payload else None
    if event.type == EventType.ATTACHMENT_TIED:
        return str(event.payload["name"]) if "name" in event.payload else None
    if event.type != EventType.INCIDENT_CREATED:
        return None
    incident = about.incidents.get(str(event.facts.get("incident")))
    if incident is None:
        return str(event.payload.get("message", ""))
    return say(incident.template, incident.values)


def _answers(event: Told, forms: Sequence[AskedIn]) -> Answers | None:
    if event.type != EventType.USER_TASK_COMPLETED:
        return None
    return values.answers(forms, asked_forms.answered(event)) or None


def reason_of(unit: UnitOfWork, case: Case) -> Told | None:
    """Return the event that paused a case, None where it is not paused."""
    if case.state != InstanceState.SUSPENDED:
        return None
    kind = EventType.INSTANCE_SUSPENDED
    return next(iter(reading.latest_events(unit, case.id, types=[kind], limit=1)), None)
