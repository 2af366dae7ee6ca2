"""
Routines as people look them up: what is in force, since when, and how the work in them goes.

Secret cases are left out of every figure, whoever reads it. Each figure is read from an index that does not hold
them, as far as it says; what is beyond is only said to be more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import aliased, undefer

from bpmn.deployment import Kind
from engine.definitions.models import Definition, Deployment
from engine.inbox.models import NOT_SECRET as WAITS_OPENLY
from engine.inbox.models import InboxEntry
from engine.inbox.repository import Count
from engine.instances.models import NOT_SECRET, InstanceState, ProcessInstance
from engine.uow import UnitOfWork

MOST_ROUTINES = 1_000
MOST_LISTED = 100
"""So far cases are counted where routines stand in a list."""
MOST_COUNTED = 1_000
MOST_MEASURED = 200
"""The median is that of so many cases that ended last."""
MOST_VERSIONS = 20
"""It is looked for in so many versions, the newest first."""
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Routine:
    """A process with the version that is in force."""

    definition: Definition
    since: datetime
    documentation: str


@dataclass(frozen=True, slots=True)
class Figures:
    open: Count
    late: Count
    """Open tasks whose time has passed."""
    ended: Count
    """Cases that ended in the last twelve months."""
    lead_time: timedelta | None
    """The median from start to end of the last ones that were completed; None where there is none."""
    measured: int
    """Of how many cases it is the median."""


def in_force(uow: UnitOfWork) -> Sequence[Routine]:
    """Return what is in force, in no particular order; at most `MOST_ROUTINES`."""
    newer = aliased(Definition)
    is_newest = ~(
        select(newer.id)
        .where(
            newer.kind == Definition.kind,
            newer.key == Definition.key,
            newer.version > Definition.version,
        )
        .exists()
    )
    rows = uow.session.execute(
        select(Definition, Deployment.deployed_at)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .where(Definition.kind == Kind.PROCESS.value, is_newest)
        .limit(MOST_ROUTINES)
        .options(undefer(Definition.documentation))
    )
    return [Routine(each, since, each.documentation or "") for each, since in rows]


def open_cases(uow: UnitOfWork, keys: Sequence[str]) -> Mapping[str, Count]:
    """Return how many cases are open in each of some routines, in all their versions together."""
    open_ = (
        select(ProcessInstance.id)
        .where(*_open(), ProcessInstance.definition_id == Definition.id)
        .limit(MOST_LISTED + 1)
        .correlate(Definition)
        .subquery()
    )
    in_version = select(func.count()).select_from(open_).scalar_subquery()
    counted = (
        select(Definition.key, in_version.label("number"))
        .where(Definition.kind == Kind.PROCESS.value, Definition.key.in_(keys))
        .subquery()
    )
    rows = uow.session.execute(
        select(counted.c.key, func.sum(counted.c.number)).group_by(counted.c.key)
    )
    return {key: _count(int(number), MOST_LISTED) for key, number in rows}


def deployments(
    uow: UnitOfWork, versions: Sequence[Definition]
) -> Mapping[UUID, tuple[datetime, UUID | None]]:
    """Return when each of some versions was deployed, and by whom; None: the system."""
    rows = uow.session.execute(
        select(Definition.id, Deployment.deployed_at, Deployment.deployed_by)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .where(Definition.id.in_([each.id for each in versions]))
    )
    return {identity: (at, by) for identity, at, by in rows}


def figures(uow: UnitOfWork, key: str, versions: Sequence[Definition]) -> Figures:
    """Return how the work in a routine goes, in all its versions together: two statements."""
    identities = [each.id for each in versions]
    of_routine = ProcessInstance.definition_id.in_(identities)
    late = select(InboxEntry.due_at, InboxEntry.task_id).where(
        WAITS_OPENLY, InboxEntry.process_key == key, InboxEntry.due_at < uow.now
    )
    year = select(ProcessInstance.id).where(
        NOT_SECRET, of_routine, ProcessInstance.ended_at >= uow.now - A_YEAR
    )
    queries: tuple[Any, ...] = (
        select(ProcessInstance.id).where(*_open(), of_routine),
        late.distinct().order_by(InboxEntry.due_at, InboxEntry.task_id),
        year,
    )
    row = uow.session.execute(
        select(
            *(
                select(func.count())
                .select_from(each.limit(MOST_COUNTED + 1).subquery())
                .scalar_subquery()
                for each in queries
            )
        )
    ).one()
    open_, overdue, ended = (_count(number, MOST_COUNTED) for number in row)
    times = _lead_times(uow, identities[:MOST_VERSIONS])
    middle = timedelta(seconds=median(times)) if times else None
    return Figures(open_, overdue, ended, middle, len(times))


def _open() -> tuple[Any, ...]:
    return NOT_SECRET, ProcessInstance.ended_at.is_(None)


def _lead_times(uow: UnitOfWork, identities: Sequence[UUID]) -> list[float]:
    """Return how many seconds the last cases took; those that were cancelled are passed over."""
    last = (
        select(ProcessInstance.started_at, ProcessInstance.ended_at, ProcessInstance.state)
        .where(
            NOT_SECRET,
            ProcessInstance.definition_id == identity,
            ProcessInstance.ended_at.is_not(None),
        )
        .order_by(ProcessInstance.ended_at.desc())
        .limit(MOST_MEASURED)
        .subquery()
        for identity in identities
    )
    found = union_all(*(select(each) for each in last)).subquery()
    rows = uow.session.execute(
        select(found.c.started_at, found.c.ended_at, found.c.state)
        .order_by(found.c.ended_at.desc())
        .limit(MOST_MEASURED)
    )
    completed = InstanceState.COMPLETED.value
    return [
        (ended - started).total_seconds() for started, ended, state in rows if state == completed
    ]


def _count(number: int, most: int) -> Count:
    return Count(min(number, most), number > most)
