"""Pages and counts of the tabs. A page is two statements, three where it says whom a case waits for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    Uuid,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from engine.db import Moment
from engine.definitions.models import Definition
from engine.identity.actor import Actor
from engine.inbox import cases, lists, merging
from engine.inbox.asking import Asked, Filters, Position, Sort, Tab
from engine.inbox.merging import Condition, Walk
from engine.inbox.models import LAST, NEVER, InboxEntry
from engine.instances import secrecy
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.held import Task
from engine.tasks.models import UserTask, UserTaskState

MOST_COUNTED = 1000
"""So far is counted; beyond, it is only said that there are more."""
MOST_WAITS = 5
"""Of so many open tasks of a case it is said whom they wait for."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a list says of a case."""

    id: UUID
    process_key: str
    process_name: str
    business_key: str | None
    unit: str | None
    state: str
    started_at: datetime
    confidentiality: str


@dataclass(frozen=True, slots=True)
class Item:
    case: CaseLine
    task: UserTask | None = None
    """None where the list is of cases."""
    waits: Sequence[UserTask] = field(default_factory=tuple)
    """Open tasks of a case in a list of cases, the oldest first."""
    more_waits: int = 0
    """How many there are besides."""


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    is_more: bool = False
    """There may be more, which were not counted."""


CASE = (
    ProcessInstance.id,
    Definition.key,
    Definition.name,
    ProcessInstance.business_key,
    ProcessInstance.unit,
    ProcessInstance.state,
    ProcessInstance.started_at,
    ProcessInstance.confidentiality,
)


def page(
    session: Session, actor: Actor, asked: Asked, now: datetime
) -> tuple[Sequence[Item], Position | None]:
    """Return one page of a tab, and where the next begins; None behind the last."""
    if asked.tab is Tab.STARTED:
        items = _with_waits(session, _started(session, actor, asked, now))
    else:
        query = _done if asked.tab is Tab.DONE else _open
        rows = query(session, actor, asked, now)
        items = [Item(CaseLine(*tuple(row)[1:]), row[0]) for row in rows]
    shown = items[: asked.limit]
    return shown, _end(asked, shown[-1]) if len(items) > asked.limit else None


def several(session: Session, actor: Actor, ids: Collection[UUID]) -> Sequence[Item]:
    """Return those of the tasks that the actor may see, with their cases."""
    query = _tasks().where(UserTask.id.in_(ids), tasks.seen_by(actor))
    return [Item(CaseLine(*tuple(row)[1:]), row[0]) for row in session.execute(query)]


def counts(session: Session, actor: Actor, now: datetime) -> Mapping[Tab, Count]:
    """Return how much there is in each tab, in one statement."""
    of_tabs = [
        lists.of(session, actor, tab, Filters(), now) for tab in (Tab.MINE, Tab.GROUPS, Tab.BEHALF)
    ]
    sources = [source for of_tab in of_tabs for source in of_tab]
    shape = tuple(len(each) for each in of_tabs)
    plain = not any(source.conditions for source in sources)
    query = (
        _plain_counts(merging.is_sqlite(session), shape)
        if plain
        else _counts(merging.is_sqlite(session), shape, [each.conditions for each in sources])
    )
    given = merging.parameters(session, actor, sources, None, MOST_COUNTED + 1)
    numbers = session.execute(query, given).one()
    mine, groups, behalf, started, done = (
        Count(min(found, MOST_COUNTED), looked_at > MOST_COUNTED)
        for looked_at, found in zip(numbers[::2], numbers[1::2], strict=True)
    )
    return {
        Tab.OPEN: _together(mine, groups),  # what somebody has is not free
        Tab.MINE: mine,
        Tab.GROUPS: groups,
        Tab.BEHALF: behalf,
        Tab.STARTED: started,
        Tab.DONE: done,
    }


def _together(one: Count, other: Count) -> Count:
    number = one.number + other.number
    is_more = one.is_more or other.is_more or number > MOST_COUNTED
    return Count(min(number, MOST_COUNTED), is_more)


@cache
def _plain_counts(on_sqlite: bool, shape: tuple[int, ...]) -> Select[Any]:  # noqa: FBT001
    """Make the statement once."""
    return _counts(on_sqlite, shape, [()] * sum(shape))


def _counts(
    on_sqlite: bool,  # noqa: FBT001
    shape: tuple[int, ...],
    conditions: Sequence[Sequence[Condition]],
) -> Select[Any]:
    """Return the statement for tabs of so many sources each, and for what the actor began and has done."""
    entries = [
        _entries(each, number, on_sqlite=on_sqlite) for number, each in enumerate(conditions)
    ]
    queries: list[Select[Any]] = []
    for sources in shape:
        of_tab, entries = entries[:sources], entries[sources:]
        queries.append(_of_all(of_tab))
    running = ProcessInstance.ended_at.is_(None)
    open_to = or_(~secrecy.IS_SECRET, secrecy.is_named(ProcessInstance.id, merging.ACTOR))
    began = ProcessInstance.started_by == merging.ACTOR
    queries.append(select(ProcessInstance.id).where(began, running, open_to))
    done = select(UserTask.id).where(UserTask.completed_by == merging.ACTOR)
    queries.append(
        done.join(ProcessInstance, ProcessInstance.id == UserTask.instance_id).where(open_to)
    )
    counted = [_counted(each) for each in queries]
    together: Any = counted[0]
    for each in counted[1:]:
        together = together.join(each, true())
    return select(*(column for each in counted for column in each.c)).select_from(together)


def _entries(conditions: Sequence[Condition], number: int, *, on_sqlite: bool) -> Select[Any]:
    """Return the tasks of the lists of a source; one that is in several as often."""
    entry, named = aliased(InboxEntry), merging.places(number, on_sqlite=on_sqlite)
    return (
        select(entry.task_id.label("id"))
        .select_from(named.join(entry, entry.place == named.c.value))
        .where(merging.open_to_the_actor(entry), *(each(entry) for each in conditions))
    )


def _of_all(parts: Sequence[Select[Any]]) -> Select[Any]:
    if not parts:
        return select(null().label("id")).where(false())
    return parts[0] if len(parts) == 1 else select(union_all(*parts).subquery().c.id)


def _counted(query: Select[Any]) -> Subquery:
    """Return how many rows were looked at, at most one more than is counted, and of how many things they are."""
    found = query.limit(merging.TOP).subquery()
    return (
        select(func.count().label("looked_at"), func.count(found.c.id.distinct()).label("found"))
        .select_from(found)
        .subquery()
    )


def _open(session: Session, actor: Actor, asked: Asked, now: datetime) -> Sequence[Row[Any]]:
    sources = lists.of(session, actor, asked.tab, asked.filters, now)
    if not sources:
        return []
    way = merging.walk(session, asked.sort, asked.after)
    conditions = [each.conditions for each in sources]
    few = cases.few(session, asked.filters)
    if few is not None:
        query = _of_found(way, merging.first_of_cases(way, conditions, few))
    elif any(conditions):
        query = _of_found(way, merging.first(way, conditions))
    else:
        query = _plain(way, len(sources))
    given = merging.parameters(session, actor, sources, asked.after, asked.limit + 1)
    return session.execute(query, given).all()


@cache
def _plain(way: Walk, sources: int) -> Select[Any]:
    """Make the statement once."""
    return _of_found(way, merging.first(way, [()] * sources))


def _of_found(way: Walk, found: Subquery) -> Select[Any]:
    ordered = way.ordered(way.keys(found.c))
    return _tasks().join(found, found.c.task_id == UserTask.id).order_by(*ordered)


def _done(session: Session, actor: Actor, asked: Asked, now: datetime) -> Sequence[Row[Any]]:
    query = _tasks().where(
        _completed_by(actor), secrecy.open_to(actor), *_of_tasks(session, asked.filters, now)
    )
    if asked.after is not None:
        behind = tuple_(literal(asked.after.key, Moment()), literal(asked.after.id, Uuid()))
        query = query.where(tuple_(UserTask.ended_at, UserTask.id) < behind)
    return session.execute(
        query.order_by(UserTask.ended_at.desc(), UserTask.id.desc()).limit(asked.limit + 1)
    ).all()


def _started(session: Session, actor: Actor, asked: Asked, now: datetime) -> list[CaseLine]:
    filters = asked.filters
    rising = asked.sort is Sort.CREATED
    order = ProcessInstance.id if rising else ProcessInstance.id.desc()
    query = (
        select(*CASE)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .where(*_started_by(actor), *_of_the_case(session, filters))
    )
    about_tasks = _of_the_task(filters, now)
    if about_tasks:
        query = query.where(
            exists().where(
                UserTask.instance_id == ProcessInstance.id,
                UserTask.state == UserTaskState.CREATED.value,
                *about_tasks,
            )
        )
    if asked.after is not None:
        last = asked.after.id
        query = query.where(ProcessInstance.id > last if rising else ProcessInstance.id < last)
    rows = session.execute(query.order_by(order).limit(asked.limit + 1))
    return [CaseLine(*row) for row in rows]


def _with_waits(session: Session, found: Sequence[CaseLine]) -> list[Item]:
    """Say of each case whom it waits for: of its first few open tasks."""
    ranked = (
        select(
            UserTask.id,
            func.row_number()
            .over(partition_by=UserTask.instance_id, order_by=UserTask.token)
            .label("nth"),
            func.count().over(partition_by=UserTask.instance_id).label("all"),
        )
        .where(
            UserTask.instance_id.in_([each.id for each in found]),
            UserTask.state == UserTaskState.CREATED.value,
        )
        .subquery()
    )
    waits: dict[UUID, list[UserTask]] = {}
    open_tasks: dict[UUID, int] = {}
    for task, every in session.execute(
        select(UserTask, ranked.c.all)
        .join(ranked, ranked.c.id == UserTask.id)
        .where(ranked.c.nth <= MOST_WAITS)
        .order_by(UserTask.token)
    ):
        waits.setdefault(task.instance_id, []).append(task)
        open_tasks[task.instance_id] = every
    return [
        Item(
            each,
            waits=tuple(waits.get(each.id, ())),
            more_waits=max(0, open_tasks.get(each.id, 0) - MOST_WAITS),
        )
        for each in found
    ]


def _tasks() -> Select[*tuple[Any, ...]]:
    return (
        select(UserTask, *CASE)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
    )


def _started_by(actor: Actor) -> list[ColumnElement[bool]]:
    mine = false() if actor.id is None else ProcessInstance.started_by == actor.id
    return [mine, ProcessInstance.ended_at.is_(None), secrecy.open_to(actor)]


def _completed_by(actor: Actor) -> ColumnElement[bool]:
    return false() if actor.id is None else UserTask.completed_by == actor.id


def _of_tasks(session: Session, filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    return [*_of_the_case(session, filters), *_of_the_task(filters, now)]


def _of_the_case(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    found = cases.of_cases(session, filters)
    if filters.process is not None:
        found.append(Definition.key == filters.process)
    if filters.unit is not None:
        found.append(ProcessInstance.unit == filters.unit)
    return found


def _of_the_task(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    found = []
    if filters.due_before is not None:
        found.append(UserTask.due_at < filters.due_before)
    if filters.due_after is not None:
        found.append(UserTask.due_at >= filters.due_after)
    if filters.overdue:
        found += [UserTask.due_at < now, UserTask.state == UserTaskState.CREATED.value]
    if filters.without_due:
        found.append(UserTask.due_at.is_(None))
    if filters.priority is not None:
        found.append(UserTask.priority >= filters.priority)
    if filters.role is not None:
        found.append(lists.is_for_role(UserTask.id, filters.role))
    return found


def _end(asked: Asked, last: Item) -> Position:
    if last.task is None:
        return Position(asked.tab, asked.sort, None, last.case.id)
    return position(asked, last.task)


def position(asked: Asked, task: Task) -> Position:
    """Return where a task stands in a tab of tasks, whether or not it is still there."""
    return Position(asked.tab, asked.sort, _key(asked.sort, task), task.id)


def _key(sort: Sort, task: Task) -> datetime | int | None:
    if sort is Sort.DUE:
        return task.due_at or NEVER
    if sort is Sort.ENDED:
        return task.ended_at
    if sort is Sort.PRIORITY:
        return LAST if task.priority is None else -task.priority
    return None
