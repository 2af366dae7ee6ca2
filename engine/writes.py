"""
What one transaction writes past the session: rows that are new, and what of a row has changed.

The session finds out by itself what changed and in which order it is written; where a process moves that would
take longer than all the rest. Here the caller says so, and every statement is put together once. PostgreSQL gets
them in one go, without an answer in between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import Connection, Insert, Table, Update, bindparam, update
from sqlalchemy.orm import class_mapper
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from engine.db import Base, Identified


class HeldRow:
    """A row that is locked for a transaction, and was read past the session."""

    __slots__ = ()
    kind: ClassVar[type[Identified]]
    """The table that it is a row of; it need not have all of its columns."""
    id: UUID


Executable = tuple[Insert | Update, Sequence[Mapping[str, Any]]]


class Writes:
    """
    What waits to be written through a connection, in the order of its transaction.

    `known` gives what a session knows of a held row, so that it does not fall behind.
    """

    def __init__(
        self, connection: Connection, known: Callable[[HeldRow], Identified | None]
    ) -> None:
        self._connection = connection
        self._known = known
        self._waiting: list[Executable] = []
        self._changed: dict[UUID, tuple[Identified | HeldRow, dict[str, Any]]] = {}

    def insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows by the names of their columns; the session does not know them."""
        if rows:
            self._waiting.append((_insert(kind), rows))

    def update(self, row: Identified | HeldRow, **values: Any) -> None:
        """Change a row: what holds it sees that at once."""
        for name, value in values.items():
            self._set(row, name, value)
        _, before = self._changed.get(row.id, (row, {}))
        self._changed[row.id] = (row, before | values)

    def send(self) -> None:
        """Write all that waits: first what changed, then what is new. Raises `StaleDataError` for a stale row."""
        if not (self._waiting or self._changed):
            return
        changed, self._changed = self._changed, {}
        waiting, self._waiting = self._waiting, []
        for row, values in changed.values():
            kind = row.kind if isinstance(row, HeldRow) else type(row)
            version = class_mapper(kind).version_id_col
            if version is None:
                waiting.insert(0, (_update(kind, tuple(values)), [{**values, "of": row.id}]))
            else:
                self._change(row, kind, str(version.key), values)
        with _in_one_go(self._connection) if len(waiting) > 1 else nullcontext():
            for statement, rows in waiting:
                self._connection.execute(statement, rows)

    def _change(
        self,
        row: Identified | HeldRow,
        kind: type[Identified],
        version: str,
        values: dict[str, Any],
    ) -> None:
        """Change a row that counts its changes, unless somebody has changed it since it was read."""
        was = getattr(row, version)
        query = _update(kind, (*values, version), version)
        known = {**values, version: was + 1, "of": row.id, "was": was}
        if self._connection.execute(query, known).rowcount != 1:
            raise StaleDataError(f"A row of {kind.__tablename__} is not as it was read.")
        self._set(row, version, was + 1)

    def _set(self, row: Identified | HeldRow, name: str, value: Any) -> None:
        known: Identified | None
        if isinstance(row, HeldRow):
            setattr(row, name, value)
            known = self._known(row)
        else:
            known = row
        if known is not None:
            set_committed_value(known, name, value)


@contextmanager
def _in_one_go(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        yield


@cache
def _insert(kind: type[Base]) -> Insert:
    return cast("Table", kind.__table__).insert()


@cache
def _update(kind: type[Identified], names: tuple[str, ...], version: str | None = None) -> Update:
    table = cast("Table", kind.__table__)
    query = update(table).where(table.c.id == bindparam("of"))
    if version is not None:
        query = query.where(table.c[version] == bindparam("was"))
    return query.values({name: bindparam(name) for name in names})
