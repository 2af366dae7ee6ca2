"""One transaction, one actor, one set of audit events."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from engine.audit import chain, repository
from engine.audit.chain import Head, Rows
from engine.audit.events import Event
from engine.clock import now
from engine.identity.actor import Actor
from engine.installation import Installation


class Chained(Protocol):
    """A row that carries the head of its own chain, and is locked before it is recorded on."""

    id: UUID
    audit_seq: int
    audit_head: str


class UnitOfWork:
    """
    Everything one actor changes together, at one time.

    Leaving the block of `begin` undoes it, unless `commit()` was called. Nothing else in the house commits.
    """

    def __init__(self, installation: Installation, session: Session, actor: Actor) -> None:
        self.installation = installation
        self.session = session
        self.actor = actor
        self.now: datetime = now()
        self._of_rows: dict[UUID, tuple[Chained, list[Event]]] = {}
        self._of_names: dict[str, list[Event]] = {}

    def record(self, subject: Chained | str, *events: Event) -> None:
        """Note events for the chain of a locked row, or for a chain by its name."""
        if isinstance(subject, str):
            self._of_names.setdefault(subject, []).extend(events)
        else:
            self._of_rows.setdefault(subject.id, (subject, []))[1].extend(events)

    def commit(self) -> None:
        sealed: list[Rows] = []
        for subject, events in self._of_rows.values():
            rows = self._seal(subject.id, Head(subject.audit_seq, subject.audit_head), events)
            subject.audit_seq, subject.audit_head = rows.head.seq, rows.head.hash
            sealed.append(rows)
        for name, events in sorted(self._of_names.items()):
            named = repository.named_chain(self.session, name)
            rows = self._seal(named.id, repository.head_of(named), events)
            named.seq, named.head = rows.head.seq, rows.head.hash
            sealed.append(rows)
        self._of_rows, self._of_names = {}, {}
        self.session.flush()  # what the events speak of goes before them
        for rows in sealed:
            repository.add(self.session, rows)
        self.session.commit()

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
