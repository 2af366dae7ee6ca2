"""
The record of a case as sentences.

What people did and how the case went stands in front; what the engine did on the way is folded away, but nothing
is left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.audit.events import EventType
from engine.cases.reading import Step, Told
from engine.errors import NotFound
from engine.incidents import repository as incidents
from engine.uow import UnitOfWork
from web.language import say
from web.pages import moments, people, task_pages, values, words
from web.pages.values import Answers, AskedIn

MILESTONES = frozenset(
    {
        EventType.INSTANCE_STARTED,
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


@dataclass(frozen=True, slots=True)
class Line:
    """An event as people read it."""

    seq: int
    at: datetime
    type: str
    sentence: str
    is_milestone: bool
    remark: str | None
    """Why a case was cancelled, what went wrong, or what a file is called."""
    answers: Answers | None
    hash: str


def lines(
    unit: UnitOfWork, events: Iterable[Told], steps: Iterable[Step], forms: Sequence[AskedIn]
) -> list[Line]:
    events = list(events)
    names = {step.element_id: step.name or words.element(step.element_type) for step in steps}
    people.learn(event.actor_name for event in events)
    cancelled = {event.at for event in events if event.type == EventType.INSTANCE_CANCELLED}
    begun = {event.at for event in events if event.type == EventType.INSTANCE_STARTED}
    return [
        Line(
            event.seq,
            moments.read(event.at),
            event.type,
            _sentence(event, names, cancelled),
            event.type in MILESTONES and not (_follows(event, cancelled) or _begins(event, begun)),
            _remark(unit, event),
            _answers(event, forms),
            event.hash,
        )
        for event in events
    ]


def _follows(event: Told, cancelled: Collection[str]) -> bool:
    """Tell whether an error went away because its case was cancelled, and nobody saw to it."""
    return event.type == EventType.INCIDENT_RESOLVED and event.at in cancelled


def _begins(event: Told, begun: Collection[str]) -> bool:
    """Tell whether something was said of the case when it was started, and nothing changed."""
    return event.type == EventType.INSTANCE_CHANGED and event.at in begun


def _sentence(event: Told, names: Mapping[str, str], cancelled: Collection[str]) -> str:
    """Say an event; one of a type that has no words (of a later release) is told by its type."""
    assignee = str(event.payload.get("assignee", ""))
    template = words.EVENTS.get(event.type)
    if event.type == EventType.INCIDENT_RESOLVED and not _follows(event, cancelled):
        template = words.RETRIED
    if event.type == EventType.USER_TASK_ASSIGNED and assignee == event.actor_name:
        template = words.TAKEN
    if template is None:
        return event.type
    element = str(event.facts.get("element", ""))
    return str(template).format(
        actor=people.person(event.actor_name),
        element=names.get(element, element),
        assignee=people.person(assignee),
    )


def _remark(unit: UnitOfWork, event: Told) -> str | None:
    if event.type in {EventType.INSTANCE_CANCELLED, EventType.USER_TASK_RETURNED}:
        return str(event.payload["reason"]) if "reason" in event.payload else None
    if event.type == EventType.ATTACHMENT_TIED:
        return str(event.payload["name"]) if "name" in event.payload else None
    if event.type != EventType.INCIDENT_CREATED:
        return None
    try:
        incident = incidents.get(unit.session, UUID(str(event.facts.get("incident"))))
    except NotFound:
        return str(event.payload.get("message", ""))
    return say(incident.template, incident.values)


def _answers(event: Told, forms: Sequence[AskedIn]) -> Answers | None:
    if event.type != EventType.USER_TASK_COMPLETED:
        return None
    return values.answers(forms, task_pages.answered(event)) or None
