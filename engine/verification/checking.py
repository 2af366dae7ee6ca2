"""
The record is the truth; the rows that people see are made from it and are compared with it here.

1. The chain of the instance holds, from its first event to the head on the instance's row.
2. The saved state is the one whose hash the last step sealed.
3. Each line of history is in the record, and each element in the record has its line, alike in every field.
4. Each task stands as the record last left it.
5. The case started and ended as the record says.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from bpmn.progress import ElementState
from engine.audit import checking, repository
from engine.audit.chain import Head
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditEvent
from engine.errors import NotFound
from engine.execution.runner import LEFT, digest, element_facts
from engine.instances import repository as instances
from engine.instances.models import ElementInstance, InstanceState, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask, UserTaskState

AT_ONCE = 200

TASK_STATES = {
    EventType.USER_TASK_CREATED: UserTaskState.CREATED,
    EventType.USER_TASK_COMPLETED: UserTaskState.COMPLETED,
    EventType.USER_TASK_CANCELLED: UserTaskState.CANCELLED,
}
ENDINGS = {
    EventType.INSTANCE_COMPLETED: InstanceState.COMPLETED,
    EventType.INSTANCE_CANCELLED: InstanceState.CANCELLED,
}


def verify_instance(session: Session, instance_id: UUID) -> Break | None:
    """Return the first break in the record of an instance, or between it and what is shown."""
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
    for compare in (_state, _history, _tasks, _case):
        found = next(compare(session, instance, events), None)
        if found is not None:
            return found
    return None


def verify_everything(session: Session) -> Iterator[tuple[str, Break | None]]:
    """Verify every chain, one after the other; gives the name of each and its first break."""
    for chain in repository.named_chains(session):
        yield chain.name, checking.first_break(session, chain.id, repository.head_of(chain))
    last = None
    while True:
        query = select(ProcessInstance.id).order_by(ProcessInstance.id).limit(AT_ONCE)
        if last is not None:
            query = query.where(ProcessInstance.id > last)
        identities = session.scalars(query).all()
        for identity in identities:
            yield str(identity), verify_instance(session, identity)
            session.expunge_all()
        if not identities:
            return
        last = identities[-1]


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


def _tasks(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    recorded: dict[str, AuditEvent] = {}
    for event in events:
        if event.type in TASK_STATES:
            recorded[event.facts["task"]] = event
    for task in tasks.all_of(session, instance.id):
        last = recorded.pop(str(task.id), None)
        if last is None or not _agrees(task, last):
            yield Break(
                instance.id,
                last.seq if last else None,
                "The task '{task}' stands otherwise than the record says.",
                {"task": task.name},
            )
    for event in recorded.values():
        yield Break(
            instance.id,
            event.seq,
            "A task at '{element}' is in the record, but not among the tasks.",
            {"element": event.facts["element"]},
        )


def _agrees(task: UserTask, event: AuditEvent) -> bool:
    if (task.state, task.token, task.element_id) != (
        TASK_STATES[EventType(event.type)],
        event.facts["token"],
        event.facts["element"],
    ):
        return False
    if task.state != UserTaskState.COMPLETED:
        return True
    return event.actor == f"person:{task.completed_by}"


def _case(
    _session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    first = events[0] if events else None
    starter = f"person:{instance.started_by}" if instance.started_by else "system"
    if (
        first is None
        or first.type != EventType.INSTANCE_STARTED
        or first.facts["definition"] != str(instance.definition_id)
        or first.actor != starter
    ):
        yield Break(instance.id, 1, "The case did not start as the record says.")
    ended = [ENDINGS[EventType(each.type)] for each in events if each.type in ENDINGS]
    shown = [instance.state] if instance.state in set(ENDINGS.values()) else []
    if ended != shown:
        yield Break(
            instance.id,
            events[-1].seq if events else None,
            "The case is shown as '{state}', which the record does not say.",
            {"state": instance.state},
        )
