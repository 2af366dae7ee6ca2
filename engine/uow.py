"""One transaction, one actor, one set of audit events."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from engine.audit import chain, repository
from engine.audit.chain import Head, Rows
from engine.audit.events import Event
from engine.audit.models import AuditEvent, AuditPayload, Chained, ChainedHeldRow
from engine.clock import now
from engine.db import Base, Identified
from engine.identity.actor import Actor
from engine.installation import Installation
from engine.writes import HeldRow, Writes

Subject = Chained | ChainedHeldRow


class UnitOfWork:
    """
    Everything one actor changes together, at one time.

    Whoever reads through its session sees what was written before. Leaving the block of `begin` undoes it, unless
    `commit()` was called. Nothing else in the house commits.
    """

    def __init__(self, installation: Installation, connection: Connection, actor: Actor) -> None:
        self.installation = installation
        self.actor = actor
        self.now: datetime = now()
        self._connection = connection
        self._writes = Writes(connection, self._known)
        self._made: Session | None = None
        self._of_rows: dict[UUID, tuple[Subject, list[Event]]] = {}
        self._of_names: dict[str, list[Event]] = {}

    @property
    def connection(self) -> Connection:
        """What statements past the session go through."""
        self._writes.send()
        return self._connection

    @property
    def session(self) -> Session:
        """Made when somebody asks for it: that takes longer than a statement."""
        self._writes.send()
        if self._made is None:
            self._made = Session(self._connection, expire_on_commit=False)
        return self._made

    def _known(self, held: HeldRow) -> Identified | None:
        """Return what the session knows of a held row."""
        if self._made is None:
            return None
        return self._made.identity_map.get(identity_key(held.kind, held.id))

    def insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows that the session need not know, by the names of their columns."""
        self._writes.insert(kind, rows)

    def update(self, row: Identified | HeldRow, **values: Any) -> None:
        """Change a row that is held, past the session."""
        self._writes.update(row, **values)

    def record(self, subject: Subject | str, *events: Event) -> None:
        """Note events for the chain of a held row, or for a chain by its name."""
        if isinstance(subject, str):
            self._of_names.setdefault(subject, []).extend(events)
            return
        _, before = self._of_rows.get(subject.id, (subject, []))
        self._of_rows[subject.id] = (subject, [*before, *events])  # as it was read last

    def commit(self) -> None:
        made = self._made
        if made is not None and (made.new or made.dirty or made.deleted):
            self.session.flush()  # what the events speak of goes before them
        sealed: list[Rows] = []
        for name, events in sorted(self._of_names.items()):
            named = repository.named_chain(self.session, name)
            rows = self._seal(named.id, repository.head_of(named), events)
            self.update(named, seq=rows.head.seq, head=rows.head.hash)
            sealed.append(rows)
        for subject, events in self._of_rows.values():
            rows = self._seal(subject.id, Head(subject.audit_seq, subject.audit_head), events)
            self.update(subject, audit_seq=rows.head.seq, audit_head=rows.head.hash)
            sealed.append(rows)
        self._of_rows, self._of_names = {}, {}
        for rows in sealed:
            self.insert(AuditEvent, rows.events)
            self.insert(AuditPayload, rows.payloads)
        self._writes.send()
        if self._made is not None:
            self._made.commit()
        self._connection.commit()

    def close(self) -> None:
        """Undo what was not committed."""
        if self._made is not None:
            self._made.close()

    def _seal(self, chain_id: UUID, head: Head, events: list[Event]) -> Rows:
        return chain.seal(chain_id, head, events, actor=self.actor.reference, at=self.now)


@contextmanager
def begin(installation: Installation, actor: Actor) -> Iterator[UnitOfWork]:
    """Open a unit of work that may change things."""
    with (
        installation.database.changing() as connection,
        closing(UnitOfWork(installation, connection, actor)) as unit,
    ):
        yield unit


@contextmanager
def look(installation: Installation, actor: Actor) -> Iterator[UnitOfWork]:
    """Open a unit of work that only reads."""
    with (
        installation.database.looking() as connection,
        closing(UnitOfWork(installation, connection, actor)) as unit,
    ):
        yield unit
