"""
The database: one declarative base, our column types, and connections that keep their promises.

SQLite is correct from several processes and fast in one: WAL, full synchronisation, foreign keys, writers that
BEGIN IMMEDIATE behind one lock in the process (without the lock writers starve each other for seconds), readers
that BEGIN DEFERRED. The driver's own transactions are off: they begin too late and lose updates.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

BUSY_SECONDS = 30
STILL_SECONDS = 5
"""A connection that lay still so long is tried before it is used."""


def new_id() -> UUID:
    """Return a UUIDv7: keys made later sort later, also within a millisecond (RFC 9562 §5.7, §6.2 method 3)."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = (rest << 12) // 1_000_000
    random = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC on both databases (SQLite knows no zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    # Constraints with names known beforehand can be altered by a migration.
    metadata = MetaData(
        naming_convention={
            "ix": "ix__%(table_name)s__%(column_0_N_name)s",
            "uq": "uq__%(table_name)s__%(column_0_N_name)s",
            "ck": "ck__%(table_name)s__%(constraint_name)s",
            "fk": "fk__%(table_name)s__%(column_0_name)s__%(referred_table_name)s",
            "pk": "pk__%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        str: Text(),
        datetime: Moment(),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


class Identified(Base):
    """A table whose rows have an identity of their own."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Database:
    """A pool of connections, and the two ways to use one."""

    def __init__(self, url: str, *, connections: int = 8) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url, connections)
        self._reading = self.engine.execution_options(rutin_begins="BEGIN DEFERRED")
        self._glancing = self.engine.execution_options(
            **({"rutin_begins": None} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"})
        )
        self._one_writer = threading.Lock()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction that may change things. Whoever uses it commits."""
        with (
            self._one_writer if self.is_sqlite else nullcontext(),
            self.engine.connect() as connection,
        ):
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything and changes nothing."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in a transaction that may change things."""
        with self.changing() as connection, Session(connection, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in a transaction that changes nothing."""
        with self.looking() as connection, Session(connection, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """Single statements, each of which sees a state of its own, without a transaction around them."""
        with self._glancing.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "recursive_triggers = ON",  # or INSERT OR REPLACE would pass the triggers of the record
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        begins = connection.get_execution_options().get("rutin_begins", "BEGIN IMMEDIATE")
        if begins is not None:
            driver: Any = connection.connection.driver_connection
            driver.execute(begins)

    return engine


def _postgresql(url: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=2,
        skip_autocommit_rollback=True,  # single statements leave nothing to undo
        connect_args={"options": "-c lock_timeout=10s -c statement_timeout=30s -c timezone=UTC"},
    )

    @event.listens_for(engine, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        """Look whether a connection that lay still is alive; another is taken where it is not."""
        if time.monotonic() - record.info.get("used", time.monotonic()) < STILL_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    return engine
