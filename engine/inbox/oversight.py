"""
How the routines stand that somebody answers for: what is late in each, and what an error has stopped.

Secret cases are never counted, also those that the reader is named for: a figure says the same to everybody whom
it is told, and is answered by indexes that do not hold them. Whoever answers for the whole organisation is told
of each routine by itself, a few steps in an index for each; whoever leads units is told of what waits in these, of
which so much is looked at. Both are bounded however much work there is, and say where they stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from bpmn.deployment import Kind
from engine.definitions.models import Definition
from engine.identity.actor import Actor
from engine.identity.permissions import Permission, require, sees_every_instance, units_led
from engine.inbox import merging
from engine.inbox.models import NOT_SECRET, InboxEntry
from engine.inbox.repository import CASE, CaseLine, Count, Item
from engine.incidents import repository as incidents
from engine.incidents.models import Incident
from engine.instances.models import STOPPED, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork

MOST_ROUTINES = 1_000
MOST_COUNTED = 100
"""So far is counted in a routine; beyond, it is only said that there are more."""
LOOKED_AT = 5_000
"""So much of what is late in the units of somebody who leads them is looked at."""
NONE = Count(0)
LATE = "late"


@dataclass(frozen=True, slots=True)
class Standing:
    """One routine."""

    definition_id: UUID
    """Of the version in force."""
    key: str
    name: str
    late: Count = NONE
    stopped: Count = NONE


@dataclass(frozen=True, slots=True)
class LateTasks:
    items: Sequence[Item]
    """The latest first, as far as the reader may see them."""
    hidden: int
    """How many more were found in cases that the reader may not see."""
    is_more: bool


@dataclass(frozen=True, slots=True)
class StoppedCases:
    cases: Sequence[tuple[CaseLine, Incident | None]]
    """The newest first, with the first of the errors."""
    hidden: int
    is_more: bool


def standings(uow: UnitOfWork) -> list[Standing]:
    """Return the routines in which something is late or stopped, the worst first. Raises `NotAllowed`."""
    units = _units(uow.actor)
    found = _everywhere(uow) if units is None else _in_units(uow, units)
    noted = [each for each in found if each.late.number or each.stopped.number]
    return sorted(noted, key=lambda each: (-each.late.number, -each.stopped.number, each.key))


def late_tasks(uow: UnitOfWork, key: str, *, limit: int) -> LateTasks:
    """Return what is late in a routine, as far as the actor answers for it. Raises `NotAllowed`."""
    units = _units(uow.actor)
    entry = InboxEntry if units is None else _looked_at(uow, units).c
    first = (
        select(entry.due_at, entry.task_id)
        .distinct()
        .where(entry.process_key == key, *(_late(uow.now) if units is None else ()))
        .order_by(entry.due_at, entry.task_id)
        .limit(limit + 1)
        .subquery()
    )
    rows = uow.session.execute(
        select(UserTask, *CASE, _seen(uow.actor))
        .join(first, first.c.task_id == UserTask.id)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .order_by(first.c.due_at, first.c.task_id)
    ).all()
    shown = rows[:limit]
    items = [Item(_case(row[1:-1]), row[0]) for row in shown if row[-1]]
    return LateTasks(items, len(shown) - len(items), len(rows) > limit)


def stopped_cases(uow: UnitOfWork, key: str, *, limit: int) -> StoppedCases:
    """Return the cases of a routine that wait for somebody to see to an error. Raises `NotAllowed`."""
    units = _units(uow.actor)
    versions = select(Definition.id).where(
        Definition.kind == Kind.PROCESS.value, Definition.key == key
    )
    rows = uow.session.execute(
        select(*CASE, _seen(uow.actor))
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .where(
            STOPPED,
            ProcessInstance.definition_id.in_(versions),
            *_within(uow.session, ProcessInstance.unit, units),
        )
        .order_by(ProcessInstance.id.desc())
        .limit(limit + 1)
    ).all()
    shown = rows[:limit]
    cases = [_case(row[:-1]) for row in shown if row[-1]]
    errors = incidents.first_of_several(uow.session, [each.id for each in cases])
    told = [(each, errors.get(each.id)) for each in cases]
    return StoppedCases(told, len(shown) - len(cases), len(rows) > limit)


def _units(actor: Actor) -> frozenset[str] | None:
    """Return the units whose work the actor answers for; None for all. Raises `NotAllowed`."""
    require(actor, Permission.OVERSEE)
    return None if sees_every_instance(actor) else units_led(actor)


def _seen(actor: Actor) -> ColumnElement[bool]:
    return tasks.seen_by(actor).label("is_seen")


def _within(
    session: Session, column: Any, units: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    return [] if units is None else [merging.within(session, column, units)]


def _late(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return NOT_SECRET, InboxEntry.due_at < now


def _looked_at(uow: UnitOfWork, units: frozenset[str]) -> Subquery:
    """Return what is late in units, as far as it is looked at; what waits for several, as often."""
    return (
        select(InboxEntry.process_key, InboxEntry.due_at, InboxEntry.task_id)
        .where(*_late(uow.now), *_within(uow.session, InboxEntry.unit, units))
        .limit(LOOKED_AT + 1)
        .subquery()
    )


def _in_force() -> Subquery:
    """Return the newest version of each process: `id`, `key`, `name`."""
    other = aliased(Definition)
    newest = (
        select(other.key, func.max(other.version).label("version"))
        .where(other.kind == Kind.PROCESS.value)
        .group_by(other.key)
        .subquery()
    )
    return (
        select(Definition.id, Definition.key, Definition.name)
        .join(newest, (newest.c.key == Definition.key) & (newest.c.version == Definition.version))
        .where(Definition.kind == Kind.PROCESS.value)
        .limit(MOST_ROUTINES)
        .subquery("in_force")
    )


def _everywhere(uow: UnitOfWork) -> list[Standing]:
    routine = _in_force()
    late = (
        select(InboxEntry.due_at, InboxEntry.task_id)
        .distinct()
        .where(*_late(uow.now), InboxEntry.process_key == routine.c.key)
        .order_by(InboxEntry.due_at, InboxEntry.task_id)
        .limit(MOST_COUNTED + 1)
        .correlate(routine)
        .subquery()
    )
    version = aliased(Definition)
    stopped = (
        select(ProcessInstance.id)
        .where(STOPPED, ProcessInstance.definition_id == version.id)
        .limit(MOST_COUNTED + 1)
        .correlate(version)
        .subquery()
    )
    in_version = select(func.count()).select_from(stopped).scalar_subquery()
    in_versions = select(func.coalesce(func.sum(in_version), 0)).where(
        version.kind == Kind.PROCESS.value, version.key == routine.c.key
    )
    rows = uow.session.execute(
        select(
            routine.c.id,
            routine.c.key,
            routine.c.name,
            select(func.count()).select_from(late).scalar_subquery(),
            in_versions.correlate(routine).scalar_subquery(),
        )
    )
    return [Standing(*row[:3], _count(row[3]), _count(row[4])) for row in rows]


def _in_units(uow: UnitOfWork, units: frozenset[str]) -> list[Standing]:
    late = _looked_at(uow, units)
    waiting = (
        select(ProcessInstance.definition_id, ProcessInstance.id)
        .where(STOPPED, *_within(uow.session, ProcessInstance.unit, units))
        .limit(LOOKED_AT + 1)
        .subquery()
    )
    version = aliased(Definition)
    stopped = (
        select(version.key, waiting.c.id)
        .join(version, version.id == waiting.c.definition_id)
        .subquery()
    )
    parts = (
        select(
            literal(what).label("what"),
            key.label("key"),
            func.count(identity.distinct()).label("number"),
            func.sum(func.count()).over().label("looked_at"),
        ).group_by(key)
        for what, key, identity in (
            (LATE, late.c.process_key, late.c.task_id),
            ("stopped", stopped.c.key, stopped.c.id),
        )
    )
    counted, routine = union_all(*parts).subquery(), _in_force()
    standings: dict[str, Standing] = {}
    for row in uow.session.execute(
        select(routine.c.id, routine.c.key, routine.c.name, counted).join(
            counted, counted.c.key == routine.c.key
        )
    ):
        known = standings.setdefault(row.key, Standing(*row[:3]))
        count = _count(row.number, stopped_early=row.looked_at > LOOKED_AT)
        standings[row.key] = (
            replace(known, late=count) if row.what == LATE else replace(known, stopped=count)
        )
    return list(standings.values())


def _case(row: Any) -> CaseLine:
    return CaseLine(*row)


def _count(number: int | Decimal, *, stopped_early: bool = False) -> Count:
    return Count(min(int(number), MOST_COUNTED), stopped_early or number > MOST_COUNTED)
