"""
What one transaction writes past the session: rows that are new, and what of a row has changed.

The session finds out by itself what changed and in which order it is written; where a process moves that would
take longer than all the rest. Here the caller says so, and every statement is put together once. PostgreSQL gets
them in one go, without an answer in between.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table, Update, bindparam, update
from sqlalchemy.orm import Session, class_mapper
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from engine.db import Base, Identified

Executable = tuple[Insert | Update, Sequence[Mapping[str, Any]]]


class Writes:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[Executable] = []
        self._changed: dict[Identified, dict[str, Any]] = {}

    def insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows by the names of their columns; the session does not know them."""
        if rows:
            self._waiting.append((_insert(kind), rows))

    def update(self, row: Identified, **values: Any) -> None:
        """Change a row: what holds it sees that at once."""
        for name, value in values.items():
            set_committed_value(row, name, value)
        self._changed.setdefault(row, {}).update(values)

    def send(self) -> None:
        """Write all that waits: first what changed, then what is new. Raises `StaleDataError` for a stale row."""
        if not (self._waiting or self._changed):
            return
        connection = self._session.connection()
        changed, self._changed = self._changed, {}
        waiting, self._waiting = self._waiting, []
        for row, values in changed.items():
            version = class_mapper(type(row)).version_id_col
            if version is None:
                waiting.insert(0, (_update(type(row), tuple(values)), [{**values, "of": row.id}]))
            else:
                _change(connection, row, str(version.key), values)
        with _in_one_go(connection):
            for statement, rows in waiting:
                connection.execute(statement, rows)


def _change(connection: Connection, row: Identified, version: str, values: dict[str, Any]) -> None:
    """Change a row that counts its changes, unless somebody has changed it since it was read."""
    was = getattr(row, version)
    query = _update(type(row), (*values, version), version)
    known = {**values, version: was + 1, "of": row.id, "was": was}
    if connection.execute(query, known).rowcount != 1:
        raise StaleDataError(f"A row of {type(row).__tablename__} is not as it was read.")
    set_committed_value(row, version, was + 1)


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
