"""What happened to a task, in sentences: on its own page, where its name need not be said again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from engine.accounts import repository as accounts
from engine.audit.events import EventType
from engine.cases.reading import Told
from engine.uow import UnitOfWork
from web.pages import moments, people, words

EVENTS: Mapping[str, LazyString] = {
    EventType.USER_TASK_CREATED: _("The task was created."),
    EventType.USER_TASK_UNATTENDED: _("There was nobody who could take the task."),
    EventType.USER_TASK_ASSIGNED: _("{actor} gave the task to {assignee}."),
    EventType.USER_TASK_RELEASED: _("{actor} gave the task back."),
    EventType.USER_TASK_DELEGATED: _("{actor} asked {assignee} to prepare the task."),
    EventType.USER_TASK_RESOLVED: _("{actor} had prepared the task and gave it back."),
    EventType.USER_TASK_RETURNED: _("{actor} returned the task."),
    EventType.USER_TASK_SIGNED: _("{actor} signed: {meaning}."),
    EventType.USER_TASK_COMPLETED: _("{actor} completed the task."),
    EventType.USER_TASK_CANCELLED: _("The task was withdrawn."),
}
TAKEN = _("{actor} took the task.")
TO_THE_READER: Mapping[str, LazyString] = {
    EventType.USER_TASK_ASSIGNED: _("{actor} gave you the task."),
    EventType.USER_TASK_DELEGATED: _("{actor} asked you to prepare the task, and gets it back."),
    EventType.USER_TASK_RESOLVED: _("{actor} has prepared the task for you."),
}
BY_THE_READER: Mapping[str, LazyString] = {
    EventType.USER_TASK_ASSIGNED: _("You gave the task to {assignee}."),
    EventType.USER_TASK_DELEGATED: _("You asked {assignee} to prepare the task."),
    EventType.USER_TASK_RETURNED: _("You returned the task."),
}
HANDED_ON = frozenset(
    {EventType.USER_TASK_DELEGATED, EventType.USER_TASK_RESOLVED, EventType.USER_TASK_RETURNED}
)


@dataclass(frozen=True, slots=True)
class Line:
    seq: int
    at: datetime
    sentence: str
    reason: str = ""
    """What the one who did it wrote."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a task came to whoever has it, where somebody handed it on."""

    sentence: str
    at: datetime
    reason: str = ""


def lines(unit: UnitOfWork, events: Sequence[Told]) -> list[Line]:
    """Tell events of one task, in the order in which they happened."""
    _learn(events)
    behalf = _behalf(unit, events)
    return [
        Line(event.seq, moments.read(event.at), sentence, _reason(event))
        for event in events
        for sentence in _sentences(event, behalf)
    ]


def asked(events: Iterable[Told], reader: str) -> Asked | None:
    """Return who handed a task on to whoever has it now; None where nobody did."""
    last: Told | None = None
    for event in events:
        if event.type == EventType.USER_TASK_RELEASED:
            last = None
        elif event.type in HANDED_ON or _is_given(event):
            last = event
        elif event.type == EventType.USER_TASK_ASSIGNED and not _is_returned(last):
            last = None
    if last is None:
        return None
    return Asked(_asking(last, reader), moments.read(last.at), _reason(last))


def _is_given(event: Told) -> bool:
    """Tell whether somebody gave the task to somebody else, and did not take it."""
    given = event.type == EventType.USER_TASK_ASSIGNED
    return given and event.payload.get("assignee") != event.actor_name


def _is_returned(event: Told | None) -> bool:
    """Tell whether what happened before still says why somebody has the task."""
    return event is not None and event.type == EventType.USER_TASK_RETURNED


def _asking(event: Told, reader: str) -> str:
    """Say to the reader who handed the task on."""
    assignee = str(event.payload.get("assignee", ""))
    actor = people.person(event.actor_name)
    told = BY_THE_READER if event.actor_name == reader else {}
    told = TO_THE_READER if assignee == reader else told
    if event.type in told:
        return str(told[event.type]).format(actor=actor, assignee=people.person(assignee))
    return _sentence(event, actor)


def _sentences(event: Told, behalf: Mapping[str, str]) -> list[str]:
    actor = people.acting(event.actor_name, behalf.get(str(event.facts.get("on_behalf_of"))))
    if event.type == EventType.USER_TASK_PLANNED:
        return _planned(event, actor)
    return [_sentence(event, actor)]


def _sentence(event: Told, actor: str) -> str:
    """Say an event; one of a type that has no words (of a later release) is told by its type."""
    assignee = str(event.payload.get("assignee", ""))
    template = EVENTS.get(event.type)
    if event.type == EventType.USER_TASK_ASSIGNED and assignee == event.actor_name:
        template = TAKEN
    if template is None:
        return event.type
    return str(template).format(
        actor=actor,
        assignee=people.person(assignee),
        meaning=words.meaning(str(event.facts.get("meaning", ""))),
    )


def _planned(event: Told, actor: str) -> list[str]:
    """Say what was planned otherwise, one sentence for each."""
    facts, told = event.facts, []
    if "due_at" in facts:
        told.append(
            gettext("%(person)s took the deadline away.", person=actor)
            if facts["due_at"] is None
            else gettext(
                "%(person)s set the deadline to %(moment)s.",
                person=actor,
                moment=moments.moment(moments.read(facts["due_at"])),
            )
        )
    if "priority" in facts:
        said = words.priority(facts["priority"])
        told.append(
            gettext(
                "%(person)s set the priority: %(priority)s.", person=actor, priority=said.lower()
            )
        )
    if "follow_up_at" in facts:
        told.append(
            gettext("%(person)s took the follow-up day away.", person=actor)
            if facts["follow_up_at"] is None
            else gettext(
                "%(person)s follows it up on %(day)s.",
                person=actor,
                day=moments.day(moments.read(facts["follow_up_at"])),
            )
        )
    return [str(each) for each in told]


def _reason(event: Told) -> str:
    return str(event.payload.get("reason", ""))


def _learn(events: Sequence[Told]) -> None:
    """Look up everybody who is named, at once."""
    people.learn(event.actor_name for event in events)
    people.learn(name for event in events if isinstance(name := _assignee(event), str))


def _assignee(event: Told) -> Any:
    return event.payload.get("assignee")


def _behalf(unit: UnitOfWork, events: Sequence[Told]) -> Mapping[str, str]:
    """Return the names of those for whom somebody acted, by their identities as events say them."""
    found = {UUID(str(each)) for event in events if (each := event.facts.get("on_behalf_of"))}
    if not found:
        return {}
    return {str(each): name for each, name in accounts.names(unit.session, list(found)).items()}
