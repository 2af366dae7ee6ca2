"""What the actor is told, in one list: mentions, and what others have done with its tasks and cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.accounts import repository as accounts
from engine.execution import comments, sight
from engine.execution.comments import Named, Said
from engine.identity.permissions import (
    Permission,
    Subject,
    allows,
    reaches,
    require,
    require_reach,
    require_sight,
)
from engine.instances import repository as instances
from engine.notifications import repository
from engine.notifications.models import Kind, Notification
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork

MOST = 100
"""So far the unread are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody is told."""

    id: UUID
    kind: str
    instance_id: UUID
    task_id: UUID | None
    task_name: str | None
    actor: str
    """The name of whose act it was."""
    comment: Said | None
    """In which the reader is mentioned."""
    created_at: datetime
    read_at: datetime | None


def listed(
    uow: UnitOfWork, *, read: bool | None = None, after: UUID | None = None, limit: int = 50
) -> list[Told]:
    """Return what the actor is told of cases that it may still see, the newest first."""
    who = _reader(uow)
    if who is None:
        return []
    found = repository.listed(
        uow.session, who, seen=tasks.seen_by(uow.actor), read=read, after=after, limit=limit
    )
    told = _told(uow, [(row, name) for row, name in found])
    if _reads_mentions(uow):
        told += map(_of_mention, comments.mentions(uow, read=read, after=after, limit=limit))
    return sorted(told, key=lambda each: each.id, reverse=True)[:limit]


def unread(uow: UnitOfWork, *, most: int = MOST) -> int:
    """Count what the actor has not read, of the newest, in cases that it may still see."""
    mine = Subject(oneself=uow.actor.id is not None)
    if not allows(uow.actor, Permission.READ_NOTIFICATION, mine) or uow.actor.id is None:
        return 0
    if not reaches(uow.actor, Permission.READ_INSTANCE):
        return 0
    return repository.unread(
        uow.session,
        uow.actor.id,
        seen=tasks.seen_by(uow.actor),
        most=most,
        with_mentions=_reads_mentions(uow),
    )


def note(uow: UnitOfWork, identity: UUID, *, read: bool) -> Told:
    """Note that the actor has read it, or that it has to look again. Raises `NotFound` for what is not its own."""
    row = uow.session.get(Notification, identity)
    if row is None:
        require(uow.actor, Permission.READ_NOTIFICATION, Subject(oneself=True))
        return _of_mention(comments.note(uow, identity, read=read))
    mine = uow.actor.id is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.READ_NOTIFICATION, Subject(oneself=mine))
    sight.of_instance(uow, instances.get(uow.session, row.instance_id))
    if not read:
        row.read_at = None
    elif row.read_at is None:
        row.read_at = uow.now
    task = uow.session.get(UserTask, row.task_id) if row.task_id else None
    [told] = _told(uow, [(row, task.name if task else None)])
    return told


def note_all(uow: UnitOfWork, *, until: UUID) -> None:
    """Note that the actor has read all it was told, as far as the newest that it was shown."""
    who = _reader(uow)
    if who is not None:
        repository.note_all(
            uow.session, who, until=until, at=uow.now, with_mentions=_reads_mentions(uow)
        )


def _reader(uow: UnitOfWork) -> UUID | None:
    require(uow.actor, Permission.READ_NOTIFICATION, Subject(oneself=uow.actor.id is not None))
    require_reach(uow.actor, Permission.READ_INSTANCE)
    return uow.actor.id


def _reads_mentions(uow: UnitOfWork) -> bool:
    """Tell whether the key that the actor came in with, if any, opens comments, too."""
    return reaches(uow.actor, Permission.READ_MENTION)


def _told(uow: UnitOfWork, found: Sequence[tuple[Notification, str | None]]) -> list[Told]:
    names = accounts.names(uow.session, [row.actor_id for row, _ in found if row.actor_id])
    return [
        Told(
            row.id,
            row.kind,
            row.instance_id,
            row.task_id,
            name,
            names[row.actor_id] if row.actor_id else "system",
            None,
            row.created_at,
            row.read_at,
        )
        for row, name in found
    ]


def _of_mention(mention: Named) -> Told:
    said = mention.comment
    return Told(
        mention.id,
        Kind.MENTIONED.value,
        said.instance_id,
        said.task_id,
        None,
        said.author,
        said,
        said.created_at,
        mention.read_at,
    )
