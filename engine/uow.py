"""One transaction, one actor, one set of audit events."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.audit import chain, repository
from engine.audit.chain import Head, Rows
from engine.audit.events import Event
from engine.audit.models import AuditEvent, AuditPayload, Chained
from engine.clock import now
from engine.db import Base, Identified
from engine.identity.actor import Actor
from engine.installation import Installation
from engine.writes import Writes


class UnitOfWork:
    """
    Everything one actor changes together, at one time.

    Whoever reads through its session sees what was written before. Leaving the block of `begin` undoes it, unless
    `commit()` was called. Nothing else in the house commits.
    """

    def __init__(self, installation: Installation, session: Session, actor: Actor) -> None:
        self.installation = installation
        self.actor = actor
        self.now: datetime = now()
        self._session = session
        self._writes = Writes(session)
        self._of_rows: dict[Chained, list[Event]] = {}
        self._of_names: dict[str, list[Event]] = {}

    @property
    def session(self) -> Session:
        self._writes.send()
        return self._session

    def insert(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows that the session need not know, by the names of their columns."""
        self._writes.insert(kind, rows)

    def update(self, row: Identified, **values: Any) -> None:
        """Change a row that is held, past the session."""
        self._writes.update(row, **values)

    def record(self, subject: Chained | str, *events: Event) -> None:
        """Note events for the chain of a locked row, or for a chain by its name."""
        if isinstance(subject, str):
            self._of_names.setdefault(subject, []).extend(events)
        else:
            self._of_rows.setdefault(subject, []).extend(events)

    def commit(self) -> None:
        if self._session.new or self._session.dirty or self._session.deleted:
            self.session.flush()  # what the events speak of goes before them
        sealed: list[Rows] = []
        for name, events in sorted(self._of_names.items()):
            named = repository.named_chain(self.session, name)
            rows = self._seal(named.id, repository.head_of(named), events)
            self.update(named, seq=rows.head.seq, head=rows.head.hash)
            sealed.append(rows)
        for subject, events in self._of_rows.items():
            rows = self._seal(subject.id, Head(subject.audit_seq, subject.audit_head), events)
            self.update(subject, audit_seq=rows.head.seq, audit_head=rows.head.hash)
            sealed.append(rows)
        self._of_rows, self._of_names = {}, {}
        for rows in sealed:
            self.insert(AuditEvent, rows.events)
            self.insert(AuditPayload, rows.payloads)
        self._writes.send()
        self._session.commit()

    def _seal(self, chain_id: UUID, head: Head, events: list[Event]) -> Rows:
        return chain.seal(chain_id, head, events, actor=self.actor.reference, at=self.now)


@contextmanager
def begin(installation: Installation, actor: Actor) -> Iterator[UnitOfWork]:
    """Open a unit of work that may change things."""
    with installation.database.writing() as session:
        yield UnitOfWork(installation, session, actor)


@contextmanager
def look(installation: Installation, actor: Actor) -> Iterator[UnitOfWork]:
    """Open a unit of work that only reads."""
    with installation.database.reading() as session:
        yield UnitOfWork(installation, session, actor)
