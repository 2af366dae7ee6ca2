"""Tasks, compared with what the record says of them: who has one or has done it, for whom, until when."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from engine.accounts import repository as accounts
from engine.audit import chain
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditEvent
from engine.execution.wait_states import task_facts
from engine.instances.models import ProcessInstance
from engine.tasks import repository
from engine.tasks.models import UserTask, UserTaskState
from engine.verification import payloads
from engine.verification.payloads import Values

GIVEN = (
    EventType.USER_TASK_ASSIGNED,
    EventType.USER_TASK_DELEGATED,
    EventType.USER_TASK_RELEASED,
    EventType.USER_TASK_RESOLVED,
    EventType.USER_TASK_RETURNED,
    EventType.USER_TASK_COMPLETED,
)
"""Events that say who has a task."""
PLANNED = frozenset({"due_at", "priority", "follow_up_at"})
"""What may be changed of an open task beside who has it."""
TASK_STATES = {
    EventType.USER_TASK_CREATED: UserTaskState.CREATED,
    EventType.USER_TASK_COMPLETED: UserTaskState.COMPLETED,
    EventType.USER_TASK_CANCELLED: UserTaskState.CANCELLED,
}


def differing(
    session: Session, instance: ProcessInstance, events: Sequence[AuditEvent]
) -> Iterator[Break]:
    """Give each task that stands otherwise than the record last left it."""
    recorded: dict[str, list[AuditEvent]] = {}
    for event in events:
        if event.type.startswith("user_task."):
            recorded.setdefault(event.facts["task"], []).append(event)
    written = payloads.written(session, events)
    every = repository.all_of(session, instance.id)
    names = accounts.names(session, [each.completed_by for each in every if each.completed_by])
    for task in every:
        told = recorded.pop(str(task.id), [])
        if not told or not _agrees(names, task, told, written):
            yield Break(
                instance.id,
                told[-1].seq if told else None,
                "The task '{task}' stands otherwise than the record says.",
                {"task": task.name},
            )
    for told in recorded.values():
        yield Break(
            instance.id,
            told[-1].seq,
            "A task at '{element}' is in the record, but not among the tasks.",
            {"element": told[-1].facts["element"]},
        )


def _agrees(
    names: Mapping[UUID, str],
    task: UserTask,
    told: Sequence[AuditEvent],
    written: Mapping[int, Values],
) -> bool:
    created, last = told[0], next(each for each in reversed(told) if each.type in TASK_STATES)
    row = {each.key: getattr(task, each.key) for each in UserTask.__table__.columns}
    facts = {name: value for name, value in created.facts.items() if name != "saved"}
    for event in told:
        if event.type == EventType.USER_TASK_PLANNED:
            facts |= {name: event.facts[name] for name in PLANNED & event.facts.keys()}
    followed = facts.pop("follow_up_at", None)
    over = task.state != UserTaskState.CREATED
    return (
        facts == task_facts(row)
        and followed == payloads.moment(task.follow_up_at)
        and created.at == chain.written(task.created_at)
        and task.state == TASK_STATES[EventType(last.type)]
        and payloads.moment(task.ended_at) == (last.at if over else None)
        and _shown(task, created, written.get(created.seq, {}))
        and _has_it(names, task, told, written)
        and _for_whom(task, told)
    )


def _shown(task: UserTask, created: AuditEvent, written: Values) -> bool:
    """What was written of a task and has not been disposed of is what its row says."""
    shown = {
        "name": task.name,
        "candidate_users": sorted(task.candidate_users),
        "candidate_groups": sorted(task.candidate_groups),
    }
    same = all(value == written.get(name, value) for name, value in shown.items())
    return same and task.is_for_nobody == ("for_nobody" in created.commitments)


def _for_whom(task: UserTask, told: Sequence[AuditEvent]) -> bool:
    """Whoever has it, or has done it, acts for whom the record says."""
    given = next((each for each in reversed(told) if each.type in GIVEN), None)
    said = None if given is None else given.facts.get("on_behalf_of")
    return said == (str(task.on_behalf_of) if task.on_behalf_of else None)


def _has_it(
    names: Mapping[UUID, str],
    task: UserTask,
    told: Sequence[AuditEvent],
    written: Mapping[int, Values],
) -> bool:
    """Whoever completed a task has it; before that whoever it was last given to."""
    if task.state == UserTaskState.COMPLETED:
        performer = names.get(task.completed_by) if task.completed_by else None
        done = f"person:{task.completed_by}" if task.completed_by else "system"
        return told[-1].actor == done and (performer is None or performer == task.assignee)
    assignee: object = None
    owner: object = None
    for event in told:
        if event.type not in {EventType.USER_TASK_CREATED, *GIVEN}:
            continue
        values = written.get(event.seq, {})
        assignee = payloads.told(event, values, "assignee", task.assignee)
        owner = payloads.told(event, values, "owner", task.owner)
    return task.completed_by is None and (assignee, owner) == (task.assignee, task.owner)
