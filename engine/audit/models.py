"""Rows of the record. The database itself refuses to change or remove them (see the migrations)."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from engine.audit.chain import GENESIS
from engine.audit.events import EventType
from engine.db import Base, Identified
from engine.writes import HeldRow


class AuditEvent(Base):
    """A sealed event: rows are added, never changed."""

    __tablename__ = "audit_event"

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    """The process instance, or one of the chains of `AuditChain`."""
    seq: Mapped[int] = mapped_column(primary_key=True)
    """1, 2, 3 … without gaps."""
    at: Mapped[str]
    """As it was hashed: 2026-05-01T07:30:00.000000Z."""
    actor: Mapped[str]
    """`system`, or `person:` and the identity of an account."""
    type: Mapped[str]
    facts: Mapped[dict[str, Any]]
    commitments: Mapped[dict[str, Any]]
    """For each field of the payload the hash of its salt, name and value."""
    previous: Mapped[str]
    hash: Mapped[str]


IMPORTED = AuditEvent.type == literal_column(f"'{EventType.ORGANISATION_IMPORTED}'")
"""As the index says it: what is asked by these words is found without reading the chain."""

Index(
    "ix__audit_event__imported",
    AuditEvent.chain,
    AuditEvent.seq,
    sqlite_where=IMPORTED,
    postgresql_where=IMPORTED,
)


class AuditPayload(Base):
    """What a commitment stands for."""

    __tablename__ = "audit_payload"
    __table_args__ = (
        ForeignKeyConstraint(["chain", "seq"], ["audit_event.chain", "audit_event.seq"]),
    )

    chain: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    value: Mapped[str]
    """JSON, exactly as it was hashed."""


class Chained(Identified):
    """A row that carries the head of its own chain, and is held before something is recorded on it."""

    __abstract__ = True

    audit_seq: Mapped[int] = mapped_column(default=0)
    audit_head: Mapped[str] = mapped_column(default=GENESIS)
    """Where its chain of events ends."""


class ChainedHeldRow(HeldRow):
    """The same, read past the session."""

    __slots__ = ()
    audit_seq: int
    audit_head: str


class AuditChain(Identified):
    """The head of a chain that belongs to no process instance: accounts, deployments."""

    __tablename__ = "audit_chain"

    name: Mapped[str] = mapped_column(unique=True)
    seq: Mapped[int] = mapped_column(default=0)
    head: Mapped[str]
