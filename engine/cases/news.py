"""What happened to a task, and was said in its case, since a page was made: asked often, so it asks little."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.audit.events import EventType
from engine.cases import reading
from engine.cases.reading import Told
from engine.execution import sight
from engine.instances import repository as instances
from engine.tasks import repository as tasks
from engine.uow import UnitOfWork

MOST = 200
"""Events that are looked through; a page that is older is told of the first."""


@dataclass(frozen=True, slots=True)
class News:
    seq: int
    """How far the record goes now."""
    events: Sequence[Told]
    """Of the task."""
    comments: int
    files: int
    """Both by others, anywhere in the case."""

    @property
    def is_any(self) -> bool:
        return bool(self.events or self.comments or self.files)


def since(uow: UnitOfWork, task_id: UUID, *, opened: int, told: int) -> News | None:
    """
    Return what happened since a page was made; None where that was told already, or nothing did.

    `opened` and `told` are how far the record went then. Raises `NotFound` for what the actor may not see.
    """
    task = tasks.get(uow.session, task_id)
    instance = instances.get(uow.session, task.instance_id)
    sight.of_task(uow, task, instance)
    if instance.audit_seq <= told:
        return None
    found = reading.events(uow, instance.id, after=opened, limit=MOST)
    news = News(
        instance.audit_seq,
        [each for each in found if each.facts.get("task") == str(task_id) and _is_of_a_task(each)],
        _by_others(uow, found, EventType.COMMENT_CREATED),
        _by_others(uow, found, EventType.ATTACHMENT_TIED),
    )
    fresh = any(each.seq > told and _is_told(uow, each, task_id) for each in found)
    return news if fresh else None


def _is_told(uow: UnitOfWork, event: Told, task_id: UUID) -> bool:
    if _is_of_a_task(event):
        return event.facts.get("task") == str(task_id)
    added = event.type in {EventType.COMMENT_CREATED, EventType.ATTACHMENT_TIED}
    return added and event.actor_name != uow.actor.name


def _is_of_a_task(event: Told) -> bool:
    return event.type.startswith("user_task.")


def _by_others(uow: UnitOfWork, events: Sequence[Told], kind: EventType) -> int:
    return sum(each.type == kind and each.actor_name != uow.actor.name for each in events)
