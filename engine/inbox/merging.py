"""
The first so many tasks of many sorted lists, of which there may be a thousand.

1. Look at the top of each list: one step in an index.
2. Only lists whose tops are among the first so many can hold one of the first so many.
3. Take that many from each of these, and merge.

So the cost is bounded by the number of lists and the size of a page, not by how long the lists are. (One query
over `place IN (…)` sorts everything that waits for the actor; walking all tasks in order until enough are the
actor's goes through all of them for somebody whose tasks come last.) PostgreSQL takes from each list by LATERAL,
which SQLite does not have; there a correlated IN with a LIMIT does the same.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from engine.identity.actor import Actor
from engine.inbox.asking import Position, Sort
from engine.inbox.models import InboxEntry
from engine.instances import secrecy
from engine.tasks.models import UserTask, UserTaskState

Condition = Callable[[type[InboxEntry]], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Source:
    """Lists that are read under the same conditions."""

    places: Collection[str]
    conditions: Sequence[Condition] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """What one statement differs by from another, conditions of sources apart; the rest are parameters."""

    on_sqlite: bool
    sort: Sort
    goes_on: bool
    """From a position, and not from the beginning."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return what lists are sorted by."""
        return KEYS[self.sort]

    def keys(self, rows: Any) -> list[Any]:
        return [getattr(rows, name) for name in self.names]

    def ordered(self, keys: Sequence[Any]) -> list[Any]:
        return [each.desc() if self.sort is Sort.NEWEST else each for each in keys]

    def behind(self, keys: Sequence[Any]) -> list[ColumnElement[bool]]:
        """Return the condition that a row comes behind the position."""
        if not self.goes_on:
            return []
        names = ("after_id",) if len(keys) == 1 else ("after_key", "after_id")
        values = [bindparam(name, type_=key.type) for name, key in zip(names, keys, strict=True)]
        there, here = tuple_(*keys), tuple_(*values)
        return [there < here if self.sort is Sort.NEWEST else there > here]


KEYS: Mapping[Sort, tuple[str, ...]] = {
    Sort.DUE: ("due_at", "task_id"),
    Sort.PRIORITY: ("rank", "task_id"),
    Sort.CREATED: ("task_id",),  # identities rise with time
    Sort.NEWEST: ("task_id",),
}
ACTOR = bindparam("actor", type_=Uuid())
TOP = bindparam("top", type_=InboxEntry.rank.type)


def is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def walk(session: Session, sort: Sort, after: Position | None) -> Walk:
    return Walk(is_sqlite(session), sort, after is not None)


def parameters(
    session: Session, actor: Actor, sources: Sequence[Source], after: Position | None, limit: int
) -> dict[str, Any]:
    """Return the values that go with a statement."""
    found: dict[str, Any] = {"actor": actor.id, "top": limit}
    for number, source in enumerate(sources):
        found[f"places_{number}"] = parameter(session, source.places)
    if after is not None:
        found["after_id"] = after.id
        if after.key is not None:
            found["after_key"] = after.key
    return found


def parameter(session: Session, values: Collection[str]) -> str | list[str]:
    """Return texts as the one value in which `texts` takes them."""
    return json.dumps(sorted(values)) if is_sqlite(session) else sorted(values)


def texts(values: Any, *, on_sqlite: bool) -> FromClause:
    """Return texts as a table with one column, `value`; the statement is the same however many there are."""
    if on_sqlite:
        return func.json_each(values).table_valued("value")
    return func.unnest(values).table_valued("value").render_derived()


def places(number: int, *, on_sqlite: bool) -> FromClause:
    """Return the names of the lists of a source, which the parameters give."""
    named = bindparam(f"places_{number}", type_=Text() if on_sqlite else ARRAY(Text))
    return texts(named, on_sqlite=on_sqlite)


def within(session: Session, column: Any, values: Collection[str]) -> ColumnElement[bool]:
    on_sqlite = is_sqlite(session)
    given = literal(parameter(session, values), Text() if on_sqlite else ARRAY(Text))
    return column.in_(select(texts(given, on_sqlite=on_sqlite).c.value))  # type: ignore[no-any-return]


def open_to_the_actor(entry: type[InboxEntry]) -> ColumnElement[bool]:
    """The case is not secret, or the actor is named for it; also for a task that waits for the actor."""
    return or_(entry.is_secret.is_(False), secrecy.is_named(entry.instance_id, ACTOR))


def first(way: Walk, sources: Sequence[Sequence[Condition]]) -> Subquery:
    """Return the first tasks of all lists: `task_id`, and what they are sorted by."""
    return _merged(way, [_first(way, each, number) for number, each in enumerate(sources)])


def first_of_cases(
    way: Walk, sources: Sequence[Sequence[Condition]], cases: Collection[UUID]
) -> Subquery:
    """Return the first tasks of a few cases that are in one of the lists."""
    tasks = select(UserTask.id).where(
        UserTask.instance_id.in_(_identities(cases, on_sqlite=way.on_sqlite)),
        UserTask.state == UserTaskState.CREATED.value,
    )
    parts = []
    for number, conditions in enumerate(sources):
        entry, named = aliased(InboxEntry), places(number, on_sqlite=way.on_sqlite)
        keys = way.keys(entry)
        parts.append(
            select(*keys).where(
                entry.task_id.in_(tasks),
                # by the task: SQLite would else look up each task under each of a thousand names
                entry.place.concat("").in_(select(named.c.value)),
                open_to_the_actor(entry),
                *(each(entry) for each in conditions),
                *way.behind(keys),
            )
        )
    return _merged(way, parts)


def _identities(values: Collection[UUID], *, on_sqlite: bool) -> Select[Any]:
    if on_sqlite:
        given: Any = literal(json.dumps([each.hex for each in values]), Text())
    else:
        given = literal(list(values), ARRAY(Uuid()))
    return select(texts(given, on_sqlite=on_sqlite).c.value)


def _merged(way: Walk, parts: Sequence[Select[Any]]) -> Subquery:
    merged = (parts[0] if len(parts) == 1 else union_all(*parts)).subquery()
    keys = way.keys(merged.c)
    return select(*keys).distinct().order_by(*way.ordered(keys)).limit(TOP).subquery("first")


def _first(way: Walk, conditions: Sequence[Condition], number: int) -> Select[Any]:
    lists = places(number, on_sqlite=way.on_sqlite)
    tops = _taken(way, lists, conditions, literal(1)).subquery()
    rank = func.dense_rank().over(order_by=way.ordered(way.keys(tops.c)))
    ranked = select(tops.c.value, rank.label("rank_of_top")).subquery()
    near = select(ranked.c.value).where(ranked.c.rank_of_top <= TOP).subquery()
    taken = _taken(way, near, conditions, TOP).subquery()
    return select(*way.keys(taken.c))


def _taken(
    way: Walk, lists: FromClause, conditions: Sequence[Condition], limit: Any
) -> Select[Any]:
    """Take the first so many of each list."""
    entry = aliased(InboxEntry)
    keys = way.keys(entry)
    top = (
        select(*keys)
        .where(
            entry.place == lists.c.value,
            open_to_the_actor(entry),
            *(each(entry) for each in conditions),
            *way.behind(keys),
        )
        .order_by(*way.ordered(keys))
        .limit(limit)
        .correlate(lists)
    )
    if not way.on_sqlite:
        taken = top.lateral()
        return select(lists.c.value, *way.keys(taken.c)).select_from(lists.join(taken, true()))
    whole = aliased(InboxEntry)
    there = and_(
        whole.place == lists.c.value, whole.task_id.in_(top.with_only_columns(entry.task_id))
    )
    columns = [getattr(whole, name).label(name) for name in way.names]
    return select(lists.c.value, *columns).select_from(lists.join(whole, there))
