"""What somebody has, by when it is due: of each span of time the first few tasks, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import aliased, lazyload

from engine.definitions.models import Definition
from engine.inbox import lists, merging
from engine.inbox.models import InboxEntry
from engine.inbox.repository import CASE, MOST_COUNTED, CaseLine, Count, Item
from engine.instances.models import ProcessInstance
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork

Span = tuple[datetime, datetime]
"""From and until; the end is not included."""


@dataclass(frozen=True, slots=True)
class Due:
    items: Sequence[Item]
    """The first of them, the soonest due first; it is not known for whom else they would be."""
    count: Count


def held(uow: UnitOfWork, spans: Sequence[Span], *, first: int) -> list[Due]:
    """Return what the actor has in each span, in one statement."""
    parts = [_of_span(uow.actor.name, number, each) for number, each in enumerate(spans)]
    found = union_all(*parts).subquery()
    rows = uow.session.execute(
        select(found.c.span, found.c.all, UserTask, *CASE)
        .join(UserTask, UserTask.id == found.c.task_id)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .where(found.c.nth <= first)
        .order_by(found.c.span, found.c.nth)
        .options(lazyload(UserTask.candidates)),
        {"actor": uow.actor.id},
    ).all()
    return [_due([row for row in rows if row.span == number]) for number in range(len(spans))]


def _of_span(name: str, number: int, span: Span) -> Select[Any]:
    entry, (since, until) = aliased(InboxEntry), span
    taken = (
        select(entry.task_id, entry.due_at)
        .where(
            entry.place == lists.held(name),
            entry.due_at >= since,
            entry.due_at < until,
            merging.open_to_the_actor(entry),
        )
        .order_by(entry.due_at, entry.task_id)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    order = (taken.c.due_at, taken.c.task_id)
    return select(
        literal(number).label("span"),
        taken.c.task_id,
        func.row_number().over(order_by=order).label("nth"),
        func.count().over().label("all"),
    )


def _due(rows: Sequence[Any]) -> Due:
    every = rows[0].all if rows else 0
    items = [Item(CaseLine(*tuple(row)[3:]), row[2]) for row in rows]
    return Due(items, Count(min(every, MOST_COUNTED), every > MOST_COUNTED))
