"""Verbs on attachments that ask who may see the case; what a file is, and its life, is `engine.attachments`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from engine.accounts import repository as accounts
from engine.attachments import commands, repository, store
from engine.attachments.models import Attachment
from engine.errors import Conflict
from engine.execution import sight
from engine.identity.permissions import Permission, Subject, require, require_sight
from engine.instances import repository as instances
from engine.instances.held import Instance
from engine.tasks import held as held_tasks
from engine.tasks import repository as tasks
from engine.tasks.held import Task
from engine.tasks.models import UserTaskState
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class File:
    """An attachment with the name of its owner."""

    id: UUID
    name: str
    type: str
    size: int
    digest: str
    uploaded_by: str
    uploaded_at: datetime
    instance_id: UUID | None
    task_id: UUID | None
    tied_at: datetime | None


def attach_to_case(uow: UnitOfWork, attachment_id: UUID, instance_id: UUID) -> File:
    """Tie a free file of the actor's to a case; also when it has ended, since the record says when."""
    instance = instances.locked(uow.session, instance_id)
    require(uow.actor, Permission.ADD_ATTACHMENT, sight.of_instance(uow, instance))
    return _attach(uow, attachment_id, instance, None)


def attach_to_task(uow: UnitOfWork, attachment_id: UUID, task_id: UUID) -> File:
    """
    Tie a free file of the actor's to an open task.

    Raises `Conflict` when the task is not open: what is added later was not before whoever did it.
    """
    task, instance = held_tasks.of(uow.connection, task_id)
    require(uow.actor, Permission.ADD_ATTACHMENT, sight.of_task(uow, task, instance))
    if task.state != UserTaskState.CREATED:
        raise Conflict("The task is no longer open.")
    return _attach(uow, attachment_id, instance, task)


def get(uow: UnitOfWork, attachment_id: UUID) -> File:
    """Raises `NotFound`, also when the actor may not see the case, or when a free file is not its own."""
    [file] = _named(uow, [_seen(uow, attachment_id)])
    return file


def opened(uow: UnitOfWork, attachment_id: UUID) -> tuple[Attachment, BinaryIO]:
    """
    Return a file and its bytes, which the caller closes.

    Raises `RecordUnreadable` when they are not what was kept.
    """
    attachment = _seen(uow, attachment_id)
    return attachment, store.of(uow.installation).open(attachment.digest, attachment.size)


def of_case(
    uow: UnitOfWork, instance_id: UUID, *, after: UUID | None = None, limit: int | None = None
) -> list[File]:
    """Return the files of a case and of all its tasks, in the order they were uploaded."""
    instance = instances.get(uow.session, instance_id)
    sight.of_instance(uow, instance)
    return _named(uow, repository.listed(uow.session, instance.id, after=after, limit=limit))


def of_task(
    uow: UnitOfWork, task_id: UUID, *, after: UUID | None = None, limit: int | None = None
) -> list[File]:
    """Return the files of a task, in the order they were uploaded."""
    task = tasks.get(uow.session, task_id)
    sight.of_task(uow, task, instances.get(uow.session, task.instance_id))
    found = repository.listed(
        uow.session, task.instance_id, task_id=task.id, after=after, limit=limit
    )
    return _named(uow, found)


def named(uow: UnitOfWork, attachment: Attachment) -> File:
    """Put the name of its owner to a file that the actor may see."""
    [file] = _named(uow, [attachment])
    return file


def _attach(uow: UnitOfWork, attachment_id: UUID, instance: Instance, task: Task | None) -> File:
    attachment = _seen(uow, attachment_id)
    place = (instance.id, task.id if task else None)
    if (
        attachment.instance_id is not None
        and (attachment.instance_id, attachment.task_id) != place
    ):
        raise Conflict("The file belongs to a case, and stays with it.")
    [tied] = commands.tie(uow, [attachment_id], instance, task)
    return named(uow, tied)


def _seen(uow: UnitOfWork, attachment_id: UUID) -> Attachment:
    attachment = repository.get(uow.session, attachment_id)
    if attachment.instance_id is None:
        free = repository.is_free(attachment, at=uow.now)
        subject = Subject(oneself=free and attachment.uploaded_by == uow.actor.id)
    else:
        sight.of_instance(uow, instances.get(uow.session, attachment.instance_id))
        subject = Subject(within_a_case=True)
    require_sight(uow.actor, Permission.READ_ATTACHMENT, subject)
    return attachment


def _named(uow: UnitOfWork, found: Sequence[Attachment]) -> list[File]:
    names = accounts.names(uow.session, [each.uploaded_by for each in found])
    return [
        File(
            each.id,
            each.name,
            each.type,
            each.size,
            each.digest,
            names[each.uploaded_by],
            each.uploaded_at,
            each.instance_id,
            each.task_id,
            each.tied_at,
        )
        for each in found
    ]
