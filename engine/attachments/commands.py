"""
An attachment's life: taken in, kept free for a day, tied to a case for good.

Taking in reads the file and writes to the disk, so it stands before the transaction; the rest is rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete

from engine.attachments import names, repository, types
from engine.attachments.models import FREE, Attachment
from engine.attachments.store import Incoming, Store
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.identity.permissions import Permission, Subject, require, require_sight
from engine.instances.held import Instance
from engine.tasks.held import Task
from engine.uow import UnitOfWork

MOST_FREE = 50
"""Files of one person that wait to be tied."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in the store, and has no row yet."""

    digest: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Swept:
    expired: int
    files: int


def take(store: Store, incoming: Incoming, name: str) -> Taken:
    """
    Put a file that has arrived into the store, which is held until its row is there.

    Raises `Invalid` for a name or a content that is not taken.
    """
    name = names.cleaned(name)
    if not incoming.size:
        raise Invalid("The file '{name}' is empty.", name=name)
    type_ = types.found(name, incoming.file)
    store.keep(incoming)
    return Taken(incoming.digest, name, type_, incoming.size)


def keep(uow: UnitOfWork, taken: Taken) -> Attachment:
    """Keep a file for its owner alone, until it is tied to a case or a day has passed."""
    require(uow.actor, Permission.ADD_ATTACHMENT)
    if uow.actor.id is None:
        raise NotAllowed
    if repository.count_free(uow.session, uow.actor.id, at=uow.now) >= MOST_FREE:
        raise Conflict(
            "You have {limit} files that belong to no case yet. Use or remove some of them first.",
            limit=MOST_FREE,
        )
    attachment = Attachment(
        digest=taken.digest,
        name=taken.name,
        type=taken.type,
        size=taken.size,
        uploaded_by=uow.actor.id,
        uploaded_at=uow.now,
    )
    uow.session.add(attachment)
    uow.session.flush()  # its identity is the answer
    return attachment


def tie(
    uow: UnitOfWork, ids: Sequence[UUID], instance: Instance, task: Task | None = None
) -> list[Attachment]:
    """
    Tie free files of the actor to a case whose row is locked, and to a task of it where one is given.

    Files that the case has already stay as they are, so that an answer may name them again. Raises `Invalid` for
    others, and `Conflict` when the case would have too many.
    """
    found = repository.hold(uow.session, ids)
    wanted = [found.get(each) for each in dict.fromkeys(ids)]
    tied = [_usable(uow, each, instance) for each in wanted]
    new = [each for each in tied if each.instance_id is None]
    most = uow.installation.settings.max_attachments
    if new and repository.count_of(uow.session, instance.id) + len(new) > most:
        raise Conflict("A case has at most {limit} attachments.", limit=most)
    for each in new:
        each.instance_id, each.task_id = instance.id, task.id if task else None
        each.tied_at = uow.now
        uow.record(instance, Event(EventType.ATTACHMENT_TIED, facts(each), {"name": each.name}))
    return tied


def facts(attachment: Attachment) -> dict[str, str | int | None]:
    """Return what the record says of a file; the two are compared when it is verified."""
    return {
        "attachment": str(attachment.id),
        "task": str(attachment.task_id) if attachment.task_id else None,
        "digest": attachment.digest,
        "size": attachment.size,
        "type": attachment.type,
    }


def discard(uow: UnitOfWork, attachment_id: UUID) -> Attachment:
    """Remove a free file of the actor's. Its bytes go when the store is swept."""
    require(uow.actor, Permission.ADD_ATTACHMENT)
    found = repository.hold(uow.session, [attachment_id]).get(attachment_id)
    if found is None:
        raise NotFound
    mine = found.uploaded_by == uow.actor.id
    require_sight(uow.actor, Permission.READ_ATTACHMENT, Subject(oneself=mine))
    if found.instance_id is not None:
        raise Conflict("The file belongs to a case, and stays with it.")
    uow.session.delete(found)
    return found


def expire(uow: UnitOfWork) -> int:
    """Remove the rows of files that nobody used in time; returns how many."""
    done = uow.session.execute(
        delete(Attachment).where(
            Attachment.instance_id.is_(None), Attachment.uploaded_at <= uow.now - FREE
        )
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def clear(uow: UnitOfWork, store: Store) -> int:
    """
    Remove files that no row and no event refers to, from a store that is held alone; returns how many.

    They go when they have been there for a day. What the record vouches for is never taken, whatever the rows say.
    """
    wanted = repository.digests(uow.session) | record.facts(
        uow.session, EventType.ATTACHMENT_TIED, "digest"
    )
    before = (uow.now - FREE).timestamp()
    old = [
        store.path(digest) for digest, at in store.files() if digest not in wanted and at < before
    ]
    old += [path for path, at in store.left_over() if at < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _usable(uow: UnitOfWork, attachment: Attachment | None, instance: Instance) -> Attachment:
    if attachment is not None and attachment.instance_id == instance.id:
        return attachment
    if (
        attachment is None
        or attachment.uploaded_by != uow.actor.id
        or not repository.is_free(attachment, at=uow.now)
    ):
        raise Invalid("There is no file of yours that could be attached.")
    return attachment
