"""One transaction, one actor, one set of audit events."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from engine.audit import chain, repository
from engine.audit.chain import Head
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
        for subject, events in self._of_rows.values():
            head = Head(subject.audit_seq, subject.audit_head)
            head = self._seal(subject.id, head, events)
            subject.audit_seq, subject.audit_head = head.seq, head.hash
        for name, events in sorted(self._of_names.items()):
            named = repository.named_chain(self.session, name)
            head = self._seal(named.id, repository.head_of(named), events)
            named.seq, named.head = head.seq, head.hash
        self._of_rows, self._of_names = {}, {}
        self.session.commit()

    def _seal(self, chain_id: UUID, head: Head, events: list[Event]) -> Head:
        rows = chain.seal(chain_id, head, events, actor=self.actor.reference, at=self.now)
        self.session.flush()  # what the events speak of goes before them
        repository.add(self.session, rows)
        return rows.head


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
