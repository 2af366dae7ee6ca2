from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, literal_column, select
from sqlalchemy.orm import Session

from engine.audit.chain import GENESIS, Head
from engine.audit.events import EventType
from engine.audit.models import AuditChain, AuditEvent, AuditPayload
from engine.errors import RecordUnreadable

FEW = 200
"""Events whose payloads are asked for one by one; of more, the whole stretch is read."""
SEAL_NOTHING = (
    EventType.USER_TASK_ASSIGNED.value,
    EventType.USER_TASK_DELEGATED.value,
    EventType.USER_TASK_PLANNED.value,
    EventType.USER_TASK_RELEASED.value,
    EventType.USER_TASK_RESOLVED.value,
    EventType.USER_TASK_RETURNED.value,
    EventType.INSTANCE_CHANGED.value,
    EventType.INSTANCE_SUSPENDED.value,
    EventType.INSTANCE_RESUMED.value,
    EventType.COMMENT_CREATED.value,
    EventType.ATTACHMENT_TIED.value,
)
"""Events of an instance whose process does not move."""


_SEALS = and_(*(AuditEvent.type != literal_column(f"'{each}'") for each in SEAL_NOTHING))
"""Written out: what is always the same need not be sent each time."""


def last_sealing(chain: Any) -> Select[Any]:
    """Ask for the facts of the event by which the last step of an instance sealed its state."""
    return (
        select(AuditEvent.facts)
        .where(AuditEvent.chain == chain, _SEALS)
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    )


def vouched(facts: Any) -> str | None:
    """Return the hash of the state that an event seals."""
    return facts.get("saved") if isinstance(facts, dict) else None


def named_chain(session: Session, name: str) -> AuditChain:
    """Return a chain that belongs to no instance, held for this transaction."""
    chain = session.scalar(select(AuditChain).where(AuditChain.name == name).with_for_update())
    if chain is None:
        chain = AuditChain(name=name, seq=0, head=GENESIS)
        session.add(chain)
        session.flush()  # its identity names the events
    return chain


def named_chains(session: Session) -> Sequence[AuditChain]:
    return session.scalars(select(AuditChain).order_by(AuditChain.name)).all()


def events(
    session: Session, chain: UUID, *, after: int = 0, limit: int | None = None
) -> Sequence[AuditEvent]:
    """Raises `RecordUnreadable` where somebody has put something else than JSON."""
    query = select(AuditEvent).where(AuditEvent.chain == chain, AuditEvent.seq > after)
    try:
        return session.scalars(query.order_by(AuditEvent.seq).limit(limit)).all()
    except ValueError as error:
        raise RecordUnreadable from error


def latest(
    session: Session,
    chain: UUID,
    *which: ColumnElement[bool],
    before: int | None = None,
    limit: int,
) -> Sequence[AuditEvent]:
    """Return the last events of a chain (such events, before a number) in order. Raises `RecordUnreadable`."""
    query = select(AuditEvent).where(AuditEvent.chain == chain, *which)
    if before is not None:
        query = query.where(AuditEvent.seq < before)
    try:
        return session.scalars(query.order_by(AuditEvent.seq.desc()).limit(limit)).all()[::-1]
    except ValueError as error:
        raise RecordUnreadable from error


def events_of_task(session: Session, chain: UUID, task: UUID) -> Sequence[AuditEvent]:
    """Return what a chain says of one task. Raises `RecordUnreadable`."""
    query = select(AuditEvent).where(
        AuditEvent.chain == chain,
        AuditEvent.type.startswith("user_task."),
        AuditEvent.facts["task"].as_string() == str(task),
    )
    try:
        return session.scalars(query.order_by(AuditEvent.seq)).all()
    except ValueError as error:
        raise RecordUnreadable from error


def last_saved(session: Session, chain: UUID) -> str | None:
    """Return the hash of the state that the last step of an instance sealed."""
    return vouched(session.scalar(last_sealing(chain)))


def facts(session: Session, kind: EventType, name: str) -> set[object]:
    """Return what all events of a kind say under a name."""
    found = session.scalars(select(AuditEvent.facts).where(AuditEvent.type == kind.value))
    return {each[name] for each in found if isinstance(each, dict) and name in each}


def payloads(
    session: Session, chain: UUID, *, first: int, last: int
) -> dict[int, list[AuditPayload]]:
    """Return the payloads of a stretch of a chain by the number of their event."""
    stretch = (AuditPayload.seq >= first) & (AuditPayload.seq <= last)
    return _by_number(session.scalars(_payloads(chain, stretch)))


def payloads_of(session: Session, events: Sequence[AuditEvent]) -> dict[int, list[AuditPayload]]:
    """Return the payloads of some events of one chain by their number."""
    chain, numbers = events[0].chain, [each.seq for each in events]
    if len(numbers) > FEW:
        return payloads(session, chain, first=numbers[0], last=numbers[-1])
    return _by_number(session.scalars(_payloads(chain, AuditPayload.seq.in_(numbers))))


def _payloads(chain: UUID, which: ColumnElement[bool]) -> Select[AuditPayload]:
    query = select(AuditPayload).where(AuditPayload.chain == chain, which)
    return query.order_by(AuditPayload.seq, AuditPayload.field)


def _by_number(rows: Iterable[AuditPayload]) -> dict[int, list[AuditPayload]]:
    found: dict[int, list[AuditPayload]] = {}
    for row in rows:
        found.setdefault(row.seq, []).append(row)
    return found


def head_of(chain: AuditChain) -> Head:
    return Head(chain.seq, chain.head)
