"""
Does a chain hold? The first break is named, because one place is what a person can look into.

A chain shows what was changed, removed or put in between. What it cannot show is that its end was cut off
together with the head that names it: for that its checkpoints have to be known outside the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from engine.audit import chain as chains
from engine.audit import repository
from engine.audit.chain import Head
from engine.audit.models import AuditEvent, AuditPayload
from engine.errors import RecordUnreadable

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the record does not agree with itself."""

    chain: UUID
    seq: int | None
    template: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


def first_break(session: Session, chain: UUID, head: Head) -> Break | None:
    """Read a chain from its beginning and compare its end with the head that is kept beside it."""
    last = Head()
    while True:
        try:
            events = repository.events(session, chain, after=last.seq, limit=AT_ONCE)
        except RecordUnreadable:
            return Break(chain, None, "There is an event that cannot be read.")
        if not events:
            break
        payloads = repository.payloads(session, chain, first=events[0].seq, last=events[-1].seq)
        for event in events:
            broken = _broken(event, last, payloads.get(event.seq, ()))
            if broken is not None:
                return broken
            last = Head(event.seq, event.hash)
    if last != head:
        return Break(
            chain,
            last.seq,
            "The chain ends with event {seq}, but event {expected} was the last to be written.",
            {"seq": last.seq, "expected": head.seq},
        )
    return None


def _broken(event: AuditEvent, last: Head, payloads: Sequence[AuditPayload]) -> Break | None:
    if event.seq != last.seq + 1:
        return Break(
            event.chain,
            last.seq + 1,
            "Event {seq} is missing.",
            {"seq": last.seq + 1},
        )
    if event.previous != last.hash:
        return Break(
            event.chain,
            event.seq,
            "Event {seq} does not follow from the one before it.",
            {"seq": event.seq},
        )
    body = {column: getattr(event, column) for column in AuditEvent.__table__.columns.keys()}  # noqa: SIM118
    if chains.fingerprint(body) != event.hash:
        return Break(
            event.chain,
            event.seq,
            "Event {seq} ({type}) has been changed: its content does not give its hash.",
            {"seq": event.seq, "type": event.type},
        )
    return _broken_payload(event, payloads)


def _broken_payload(event: AuditEvent, payloads: Sequence[AuditPayload]) -> Break | None:
    kept = {each.field: each for each in payloads}
    for name in sorted({*event.commitments, *kept}):
        payload = kept.get(name)
        if payload is None:
            return Break(
                event.chain,
                event.seq,
                "The value '{field}' of event {seq} ({type}) is missing, and no decision to remove it "
                "is in the record.",
                {"field": name, "seq": event.seq, "type": event.type},
            )
        made = chains.commitment(payload.salt, name, payload.value)
        if made != event.commitments.get(name):
            return Break(
                event.chain,
                event.seq,
                "The value '{field}' of event {seq} ({type}) has been changed.",
                {"field": name, "seq": event.seq, "type": event.type},
            )
    return None
