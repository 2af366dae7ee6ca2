"""In which lists the tasks of a tab are: whose names they wait under, and under what conditions they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session, aliased

from engine.identity.actor import Actor
from engine.identity.holdings import Proxy, role_of
from engine.inbox import cases
from engine.inbox.asking import Filters, Tab
from engine.inbox.merging import Condition, Source, within
from engine.inbox.models import NEVER, InboxEntry
from engine.tasks.models import Candidate, CandidateKind

ANYBODY = "anybody"


def held(name: str) -> str:
    return f"held:{name}"


def user(name: str) -> str:
    return f"user:{name}"


def groups(names: Iterable[str], role: str | None = None) -> set[str]:
    """Return the lists of groups; only those of a role, where one is asked for."""
    return {f"group:{each}" for each in names if role is None or role_of(each) == role}


def offered(actor: Actor, role: str | None = None) -> set[str]:
    """Return the lists of what is free for the actor."""
    theirs = groups(actor.groups, role)
    return theirs if role else {ANYBODY, user(actor.name), *theirs}


def of(session: Session, actor: Actor, tab: Tab, filters: Filters, now: datetime) -> list[Source]:
    """Return the lists of one of the tabs of open tasks."""
    conditions = [*_of_entries(filters, now), *cases.conditions(session, filters)]
    if tab is Tab.BEHALF:
        found = _behalf(session, actor, filters.role)
    else:
        found = []
        if tab is not Tab.GROUPS:
            found.append(Source([held(actor.name)], _for_role(filters.role)))
        if tab is not Tab.MINE:
            found.append(Source(offered(actor, filters.role)))
        if filters.role is None:  # the same conditions: merged as one
            found = [Source([place for each in found for place in each.places])]
    return [Source(each.places, [*each.conditions, *conditions]) for each in found if each.places]


def _behalf(session: Session, actor: Actor, role: str | None) -> list[Source]:
    """Return what the actor may do for others, and not already in its own name."""
    not_mine = _not_in(session, offered(actor))
    places: dict[frozenset[str] | None, set[str]] = defaultdict(set)
    found = []
    for proxy in actor.proxies:
        conditions = _covered(proxy)
        places[proxy.processes] |= groups(proxy.groups - actor.groups, role)
        if not proxy.is_personal:
            asked = _asks_one_of(session, proxy.groups)
            found.append(Source([held(proxy.name)], [asked, *conditions, *_for_role(role)]))
        elif role is None:
            places[proxy.processes] |= {held(proxy.name), user(proxy.name)}
        else:
            found.append(Source([held(proxy.name)], [*conditions, *_for_role(role)]))
    for processes, names in places.items():
        conditions = [] if processes is None else [_of_processes(processes)]
        found.append(Source(names, [not_mine, *conditions]))
    return found


def _covered(proxy: Proxy) -> list[Condition]:
    return [] if proxy.processes is None else [_of_processes(proxy.processes)]


def _of_processes(processes: Collection[str]) -> Condition:
    return lambda entry: entry.process_key.in_(processes)


def _not_in(session: Session, places: Collection[str]) -> Condition:
    """The task is in none of these lists."""
    other = aliased(InboxEntry)

    def condition(entry: type[InboxEntry]) -> ColumnElement[bool]:
        there = and_(other.task_id == entry.task_id, within(session, other.place, places))
        return ~exists().where(there)

    return condition


def _asks_one_of(session: Session, names: Collection[str]) -> Condition:
    def condition(entry: type[InboxEntry]) -> ColumnElement[bool]:
        return exists().where(
            Candidate.task_id == entry.task_id,
            Candidate.kind == CandidateKind.GROUP,
            within(session, Candidate.name, names),
        )

    return condition


def _for_role(role: str | None) -> list[Condition]:
    return [] if role is None else [lambda entry: is_for_role(entry.task_id, role)]


def is_for_role(task_id: Any, role: str) -> ColumnElement[bool]:
    """The task is for a role, anywhere or in a unit."""
    return exists().where(
        Candidate.task_id == task_id,
        Candidate.kind == CandidateKind.GROUP,
        or_(Candidate.name == role, Candidate.name.startswith(f"{role}@", autoescape=True)),
    )


def _of_entries(filters: Filters, now: datetime) -> list[Condition]:
    found: list[Condition] = []
    if filters.process is not None:
        found.append(lambda entry: entry.process_key == filters.process)
    if filters.unit is not None:
        found.append(lambda entry: entry.unit == filters.unit)
    if filters.due_before is not None:
        found.append(lambda entry: entry.due_at < filters.due_before)
    if filters.due_after is not None:
        found.append(lambda entry: and_(entry.due_at >= filters.due_after, entry.due_at < NEVER))
    if filters.overdue:
        found.append(lambda entry: entry.due_at < now)
    if filters.without_due:
        found.append(lambda entry: entry.due_at == NEVER)
    if filters.priority is not None:
        highest = -filters.priority
        found.append(lambda entry: entry.rank <= highest)
    return found
