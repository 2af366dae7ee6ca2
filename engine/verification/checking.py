"""
The record is the truth; the rows that people see are made from it and are compared with it here.

1. The chain of the instance holds, from its first event to the head on the instance's row.
2. The saved state is the one whose hash the last step sealed.
3. Each line of history is in the record, and each element in the record has its line, alike in every field.
4. Each task stands as the record last left it.
5. Each incident is told as it was recorded.
6. The case started and ended as the record says.
7. Each comment and each attachment is the one that was recorded, and each file is there and is the one it was.

Beside the instances: every chain has an owner, every deployed file has the content that its hash names, and every
account may do what was last recorded of it.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from bpmn.progress import ElementState
from engine.accounts.record import CHAIN as ACCOUNTS
from engine.audit import chain, checking, repository
from engine.audit.chain import Head
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditChain, AuditEvent
from engine.definitions.models import Resource
from engine.errors import NotFound
from engine.execution import header
from engine.execution.runner import LEFT, digest, element_facts
from engine.incidents import repository as incidents
from engine.instances import repository as instances
from engine.instances.models import ElementInstance, InstanceState, ProcessInstance
from engine.verification import accounts, additions, payloads, tasks
from engine.verification.additions import Files
from engine.verification.payloads import Values

AT_ONCE = 200
ENDINGS = {
    EventType.INSTANCE_COMPLETED: InstanceState.COMPLETED,
    EventType.INSTANCE_CANCELLED: InstanceState.CANCELLED,
}

PAUSES = frozenset({EventType.INSTANCE_SUSPENDED, EventType.INSTANCE_RESUMED})


def verify_instance(
    session: Session, instance_id: UUID, files: Files | None = None
) -> Break | None:
    """
    Return the first break in the record of an instance, or between it and what is shown.

    `files` looks after the files that the record speaks of; without it they are left alone.
    """
    instance = session.scalar(
        select(ProcessInstance)
        .options(undefer(ProcessInstance.saved))
        .where(ProcessInstance.id == instance_id)
    )
    if instance is None:
        raise NotFound
    broken = checking.first_break(
        session, instance.id, Head(instance.audit_seq, instance.audit_head)
    )
    if broken is not None:
        return broken
    events = repository.events(session, instance.id)
    written = payloads.written(session, events)
    for found in (
        *(compare(session, instance, events) for compare in COMPARED),
        additions.comments(session, instance, events, written),
        additions.attachments(session, instance, events, written),
        additions.files(instance, events, written, files),
    ):
        broken = next(found, None)
        if broken is not None:
            return broken
    return None


def verify_everything(
    session: Session, files: Files | None = None
) -> Iterator[tuple[str, Break | None]]:
    """Verify every chain, one after the other; gives the name of each and its first break."""
    yield from _named_chains(session)
    for chain_id in _without_owner(session):
        gone = "The record tells of something that is not there any more."
        yield str(chain_id), Break(chain_id, 1, gone)
    for name in _changed_resources(session):
        changed = "The file is not the one that was deployed."
        yield name, Break(UUID(int=0), None, changed)
    last = None
    while True:
        query = select(ProcessInstance.id).order_by(ProcessInstance.id).limit(AT_ONCE)
        if last is not None:
            query = query.where(ProcessInstance.id > last)
        identities = session.scalars(query).all()
        for identity in identities:
            yield str(identity), verify_instance(session, identity, files)
            session.expunge_all()
        if not identities:
            return
        last = identities[-1]


def _named_chains(session: Session) -> Iterator[tuple[str, Break | None]]:
    for named in repository.named_chains(session):
        broken = checking.first_break(session, named.id, repository.head_of(named))
        yield named.name, broken
        if named.name == ACCOUNTS and broken is None:  # else what it says may not be readable
            yield from accounts.compare(session, named.id)


def _state(
    _session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    sealed = [event for event in events if "saved" in event.facts]
    if not sealed or sealed[-1].facts["saved"] != digest(instance.saved):
        yield Break(
            instance.id,
            sealed[-1].seq if sealed else None,
            "The saved state is not the one that the record vouches for.",
        )


def _history(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    recorded: dict[object, AuditEvent] = {
        event.facts["token"]: event for event in events if event.type in set(LEFT.values())
    }
    names = {kind: state for state, kind in LEFT.items()}
    for row in instances.history(session, instance.id):
        event = recorded.pop(row.token, None)
        if event is None or not _tells(event, row, names):
            yield Break(
                instance.id,
                event.seq if event else None,
                "The history shows '{element}' otherwise than the record does.",
                {"element": row.name or row.element_id},
            )
    for event in recorded.values():
        yield Break(
            instance.id,
            event.seq,
            "'{element}' is in the record, but not in the history.",
            {"element": event.facts["element"]},
        )


def _tells(event: AuditEvent, row: ElementInstance, states: dict[EventType, ElementState]) -> bool:
    told = {name: value for name, value in event.facts.items() if name != "saved"}
    shown = element_facts({c.key: getattr(row, c.key) for c in ElementInstance.__table__.columns})
    return told == shown and states[EventType(event.type)] == row.state


def _incidents(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    created = {e.facts["incident"]: e for e in events if e.type == EventType.INCIDENT_CREATED}
    resolved = {e.facts["incident"]: e for e in events if e.type == EventType.INCIDENT_RESOLVED}
    written = payloads.written(session, events)
    for row in incidents.all_of(session, instance.id):
        event, end = created.pop(str(row.id), None), resolved.get(str(row.id))
        if (
            event is None
            or (event.facts["token"], event.facts["element"]) != (row.token, row.element_id)
            or written.get(event.seq, {}).get("message", row.message) != row.message
            or event.at != chain.written(row.created_at)
            or payloads.moment(row.resolved_at) != (end.at if end else None)
        ):
            yield Break(
                instance.id,
                event.seq if event else None,
                "An incident at '{element}' stands otherwise than the record says.",
                {"element": row.element_id},
            )
    for event in created.values():
        yield Break(
            instance.id,
            event.seq,
            "An incident at '{element}' is in the record, but not among the incidents.",
            {"element": event.facts["element"]},
        )


def _case(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    first = events[0] if events else None
    starter = f"person:{instance.started_by}" if instance.started_by else "system"
    if (
        first is None
        or first.type != EventType.INSTANCE_STARTED
        or first.facts["definition"] != str(instance.definition_id)
        or first.actor != starter
        or first.at != chain.written(instance.started_at)
        or not _is_called(session, instance, first)
    ):
        yield Break(instance.id, 1, "The case did not start as the record says.")
    ends = [each for each in events if each.type in ENDINGS]
    if ends:
        state, ended_at = ENDINGS[EventType(ends[-1].type)], ends[-1].at
    else:
        state, ended_at = _goes_on(session, instance, events), None
    if (state, len(ends) <= 1) != (instance.state, True) or payloads.moment(
        instance.ended_at
    ) != ended_at:
        yield Break(
            instance.id,
            events[-1].seq if events else None,
            "The case is shown as '{state}', which the record does not say.",
            {"state": instance.state},
        )


def _goes_on(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> InstanceState:
    """Return how a case stands that has not ended."""
    paused = [each.type for each in events if each.type in PAUSES]
    if paused and paused[-1] == EventType.INSTANCE_SUSPENDED:
        return InstanceState.SUSPENDED
    failed = any(each.resolved_at is None for each in incidents.all_of(session, instance.id))
    return InstanceState.INCIDENT if failed else InstanceState.ACTIVE


def _is_called(session: Session, instance: ProcessInstance, first: AuditEvent) -> bool:
    written = payloads.written(session, [first]).get(first.seq, {})
    return all(
        written.get(name) == getattr(instance, name)
        for name in ("business_key", "unit")
        if name in written or name not in first.commitments
    )


def _header(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    """The last event about the header says how it stands; where there is none, it is as all begin."""
    changes = [event for event in events if event.type == EventType.INSTANCE_CHANGED]
    shown = header.told(header.of(session, instance))
    if not _headed_so(session, changes[-1:], *shown):
        yield Break(
            instance.id,
            changes[-1].seq if changes else None,
            "The header of the case stands otherwise than the record says.",
        )


def _headed_so(
    session: Session, last: Sequence[AuditEvent], facts: Values, written: Values
) -> bool:
    if not last:
        return (facts, written) == header.told(header.PLAIN)
    [event] = last
    values = payloads.written(session, last).get(event.seq, {})
    return event.facts == facts and all(
        payloads.told(event, values, name, shown) == shown
        for name, shown in ((each, written.get(each)) for each in header.WITHHELD)
    )


def _without_owner(session: Session) -> Sequence[UUID]:
    """Return the chains that belong neither to an instance nor to a name: what they told of is gone."""
    return session.scalars(
        select(AuditEvent.chain)
        .where(
            AuditEvent.seq == 1,
            AuditEvent.chain.not_in(select(ProcessInstance.id)),
            AuditEvent.chain.not_in(select(AuditChain.id)),
        )
        .order_by(AuditEvent.chain)
    ).all()


COMPARED = (_state, _history, tasks.differing, _incidents, _case, _header)


def _changed_resources(session: Session) -> Iterator[str]:
    """Give the digests of deployed files whose content is another one."""
    for name in session.scalars(select(Resource.digest).order_by(Resource.digest)).all():
        content = session.scalar(select(Resource.content).where(Resource.digest == name))
        if content is None or digest(content) != name:
            yield name
