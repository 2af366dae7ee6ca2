"""The first page: how it stands in a sentence, what is to be done, what was begun, and what one answers for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from babel.numbers import format_decimal
from flask import url_for
from flask_babel import get_locale, gettext, ngettext

from bpmn.description import Shortcut
from engine.definitions import repository as definitions
from engine.definitions.models import Definition
from engine.identity.permissions import Permission, allows
from engine.inbox import oversight, reading, spans
from engine.inbox.asking import SORTS, Asked, Filters, Tab
from engine.inbox.oversight import Standing
from engine.inbox.reading import Line
from engine.inbox.repository import CaseLine, Count, Item
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.pages import people, urgency, words
from web.pages.urgency import Urgency

FIRST = 5
"""So much of each list; the rest is a link away."""
MOST_NAMED = 3
"""Of so many open tasks of a case it is said whom they wait for."""
MOST_ROUTINES = 10


@dataclass(frozen=True, slots=True)
class Group:
    """What one has to do by the same time."""

    urgency: Urgency
    items: Sequence[Item]
    count: Count
    address: str
    """Of all of it."""

    @property
    def is_cut(self) -> bool:
        return self.count.number > len(self.items)


@dataclass(frozen=True, slots=True)
class Offer:
    """A task that is free."""

    case: CaseLine
    task: UserTask
    whom: str


@dataclass(frozen=True, slots=True)
class Wait:
    whom: str
    task: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Begun:
    """A case that the reader started."""

    line: Line
    waits: Sequence[Wait]
    more: int


@dataclass(frozen=True, slots=True)
class HomePage:
    sentence: str
    groups: Sequence[Group]
    offers: Sequence[Offer]
    begun: Sequence[Begun]
    counts: Mapping[Tab, Count]
    standings: Sequence[Standing] | None
    """None for those who answer for nothing."""
    more_standings: int
    shortcuts: Sequence[tuple[Shortcut, Definition]]
    missing: Sequence[Shortcut]
    """Those that no routine in force is, told to whoever can change that."""

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.offers or self.begun)


def of(unit: UnitOfWork) -> HomePage:
    counts = reading.counts(unit)
    groups = _groups(unit)
    offered = _first(unit, Tab.GROUPS)
    started = _first(unit, Tab.STARTED)
    _learn_names(offered, started)
    standings = oversight.standings(unit) if allows(unit.actor, Permission.OVERSEE) else None
    shortcuts = definitions.with_shortcut(unit.session)
    return HomePage(
        _sentence(groups, counts),
        groups,
        [Offer(each.case, each.task, people.for_whom(each.task)) for each in offered if each.task],
        [_begun(each) for each in started],
        counts,
        standings[:MOST_ROUTINES] if standings is not None else None,
        max(0, len(standings or ()) - MOST_ROUTINES),
        _startable(unit, shortcuts),
        [each for each in Shortcut if each not in shortcuts]
        if allows(unit.actor, Permission.DEPLOY)
        else (),
    )


def _groups(unit: UnitOfWork) -> list[Group]:
    due = urgency.spans(unit.now, unit.installation.settings.zone)
    found = spans.held(unit, list(due.values()), first=FIRST)
    return [
        Group(each, held.items, held.count, _all_of(each, *due[each]))
        for each, held in zip(due, found, strict=True)
        if held.items
    ]


def _all_of(which: Urgency, since: datetime, until: datetime) -> str:
    """Return where the inbox shows the whole of a group."""
    if which is Urgency.LATE:
        return url_for("tasks.inbox", tab=Tab.MINE.value, overdue="true")
    if which is Urgency.WHENEVER:
        return url_for("tasks.inbox", tab=Tab.MINE.value, without_due="true")
    after = since.astimezone(UTC).isoformat()
    if which is Urgency.LATER:
        return url_for("tasks.inbox", tab=Tab.MINE.value, due_after=after)
    before = until.astimezone(UTC).isoformat()
    return url_for("tasks.inbox", tab=Tab.MINE.value, due_after=after, due_before=before)


def _first(unit: UnitOfWork, tab: Tab) -> Sequence[Line]:
    return reading.page(unit, Asked(tab, SORTS[tab][0], Filters(), None, FIRST)).lines


def _learn_names(offered: Sequence[Line], started: Sequence[Line]) -> None:
    """Look up at once whom anything on the page is for."""
    people.learn_all(
        [
            *(each.task for each in offered if each.task),
            *(wait for each in started for wait in each.waiting_for[:MOST_NAMED]),
        ]
    )


def _begun(line: Line) -> Begun:
    waits = [
        Wait(people.for_whom(each), each.name, each.since)
        for each in line.waiting_for[:MOST_NAMED]
    ]
    return Begun(line, waits, len(line.waiting_for) - len(waits) + line.more_waiting)


def _startable(
    unit: UnitOfWork, shortcuts: Mapping[str, Definition]
) -> list[tuple[Shortcut, Definition]]:
    if not allows(unit.actor, Permission.START_INSTANCE):
        return []
    return [(each, shortcuts[each]) for each in Shortcut if each in shortcuts]


def _sentence(groups: Sequence[Group], counts: Mapping[Tab, Count]) -> str:
    """Say how it stands."""
    mine, free = counts[Tab.MINE], counts[Tab.GROUPS]
    late = next((each.count for each in groups if each.urgency is Urgency.LATE), Count(0))
    if mine.number == 0 and free.number == 0:
        return str(gettext("Nothing is waiting for you right now."))
    said = _told(mine, late) if mine.number else _offered(free)
    return f"{said[0].upper()}{said[1:]}."


def _told(mine: Count, late: Count) -> str:
    said = ngettext(
        "%(many)s task is waiting for you",
        "%(many)s tasks are waiting for you",
        mine.number,
        many=_many(mine),
    )
    if late.number == 0:
        return str(said)
    then = ngettext("%(many)s is late", "%(many)s are late", late.number, many=_many(late))
    return str(gettext("%(tasks)s, %(late)s", tasks=said, late=then))


def _offered(free: Count) -> str:
    said = ngettext(
        "%(many)s task is free for you to take",
        "%(many)s tasks are free for you to take",
        free.number,
        many=_many(free),
    )
    return str(said)


def _many(count: Count) -> str:
    """Write a number as people do in a sentence."""
    if count.is_more:
        number = format_decimal(count.number, locale=get_locale())
        return str(gettext("more than %(number)s", number=number))
    in_words = words.NUMBERS.get(count.number)
    return str(in_words or format_decimal(count.number, locale=get_locale()))
