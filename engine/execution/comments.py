"""Verbs on comments: who may see a case reads them, and who works here besides writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.audit.events import Event, EventType
from engine.comments import repository
from engine.comments.models import Comment, Mention
from engine.comments.names import named_in
from engine.errors import Invalid
from engine.execution import sight
from engine.identity.permissions import (
    Permission,
    Subject,
    require,
    require_reach,
    require_sight,
)
from engine.instances import repository as instances
from engine.instances.held import Instance
from engine.organisation import holdings
from engine.tasks import held as held_tasks
from engine.tasks import repository as tasks
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST = 5_000
MOST_MENTIONS = 20
_LENGTH = "A comment has 1 to {limit} characters."


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the names of those it refers to."""

    id: UUID
    instance_id: UUID
    task_id: UUID | None
    reply_to: UUID | None
    author: str
    text: str
    mentions: Sequence[str]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """A place where somebody is mentioned."""

    id: UUID
    comment: Said
    read_at: datetime | None


def write_on_case(
    uow: UnitOfWork, instance_id: UUID, text: str, *, reply_to: UUID | None = None
) -> Said:
    """
    Say something about a case; also when it has ended.

    Whoever is mentioned by `@name` is told. Raises `Invalid` when somebody is who may not see the case: a name
    that no account has stays a text, but a person who was meant to know must not be missed in silence.
    """
    instance = instances.locked(uow.session, instance_id)
    require(uow.actor, Permission.WRITE_COMMENT, sight.of_instance(uow, instance))
    return _write(uow, instance, None, text, reply_to)


def write_on_task(
    uow: UnitOfWork, task_id: UUID, text: str, *, reply_to: UUID | None = None
) -> Said:
    """Say something about a task, as about a case."""
    task, instance = held_tasks.of(uow.connection, task_id)
    subject = sight.of_task(uow, task, instance)
    require(uow.actor, Permission.WRITE_COMMENT, subject)
    return _write(uow, instance, task_id, text, reply_to)


def facts(comment: Comment, mentioned: Sequence[UUID]) -> dict[str, object]:
    """Return what the record says of a comment; the two are compared when it is verified."""
    return {
        "comment": str(comment.id),
        "task": str(comment.task_id) if comment.task_id else None,
        "reply_to": str(comment.reply_to) if comment.reply_to else None,
        "mentions": sorted(str(each) for each in mentioned),
    }


def of_case(
    uow: UnitOfWork, instance_id: UUID, *, after: UUID | None = None, limit: int | None = None
) -> list[Said]:
    """Return what was said about a case and all its tasks, the oldest first."""
    instance = instances.get(uow.session, instance_id)
    sight.of_instance(uow, instance)
    return _told(uow, repository.listed(uow.session, instance.id, after=after, limit=limit))


def of_task(
    uow: UnitOfWork, task_id: UUID, *, after: UUID | None = None, limit: int | None = None
) -> list[Said]:
    """Return what was said about a task, the oldest first."""
    task = tasks.get(uow.session, task_id)
    sight.of_task(uow, task, instances.get(uow.session, task.instance_id))
    found = repository.listed(
        uow.session, task.instance_id, task_id=task.id, after=after, limit=limit
    )
    return _told(uow, found)


def latest_of_case(uow: UnitOfWork, instance_id: UUID, *, limit: int) -> list[Said]:
    """Return the last of what was said about a case and all its tasks, the oldest first."""
    instance = instances.get(uow.session, instance_id)
    sight.of_instance(uow, instance)
    return _told(uow, repository.latest(uow.session, instance.id, limit=limit))


def within(uow: UnitOfWork, instance_id: UUID, comment_id: UUID) -> Said | None:
    """Return a comment of a case, None where the case has no such comment."""
    instance = instances.get(uow.session, instance_id)
    sight.of_instance(uow, instance)
    found = repository.within(uow.session, comment_id, instance.id)
    return _told(uow, [found])[0] if found else None


def mentions(
    uow: UnitOfWork, *, read: bool | None = None, after: UUID | None = None, limit: int = 50
) -> list[Named]:
    """Return where the actor is mentioned in cases that it may still see, the newest first."""
    require(uow.actor, Permission.READ_MENTION, Subject(oneself=uow.actor.id is not None))
    require_reach(uow.actor, Permission.READ_INSTANCE)
    if uow.actor.id is None:
        return []
    found = repository.mentions(
        uow.session,
        uow.actor.id,
        seen=tasks.seen_by(uow.actor),
        read=read,
        after=after,
        limit=limit,
    )
    said = _told(uow, [comment for _, comment in found])
    return [
        Named(mention.id, comment, mention.read_at)
        for (mention, _), comment in zip(found, said, strict=True)
    ]


def note(uow: UnitOfWork, mention_id: UUID, *, read: bool) -> Named:
    """Note that the actor has read where it is mentioned, or that it has to look again."""
    mention, comment = repository.mention(uow.session, mention_id)
    mine = uow.actor.id is not None and mention.account_id == uow.actor.id
    require_sight(uow.actor, Permission.READ_MENTION, Subject(oneself=mine))
    sight.of_instance(uow, instances.get(uow.session, comment.instance_id))
    if not read:
        mention.read_at = None
    elif mention.read_at is None:
        mention.read_at = uow.now
    [said] = _told(uow, [comment])
    return Named(mention.id, said, mention.read_at)


def _write(
    uow: UnitOfWork,
    instance: Instance,
    task_id: UUID | None,
    text: str,
    reply_to: UUID | None,
) -> Said:
    text = kept(text.replace("\r\n", "\n"), _LENGTH, shortest=1, longest=LONGEST)
    if reply_to is not None and not repository.within(uow.session, reply_to, instance.id):
        raise Invalid("The comment that is answered is not one of this case.")
    people = _mentioned(uow, instance, text)
    comment = Comment(
        instance_id=instance.id,
        task_id=task_id,
        reply_to=reply_to,
        author_id=uow.actor.id,
        text=text,
        created_at=uow.now,
    )
    uow.session.add(comment)
    uow.session.flush()  # the mentions refer to it
    uow.session.add_all(
        Mention(comment_id=comment.id, account_id=each.id, read_at=None) for each in people
    )
    told = facts(comment, [each.id for each in people])
    uow.record(instance, Event(EventType.COMMENT_CREATED, told, {"text": text}))
    return _said(comment, uow.actor.name, [each.name for each in people])


def _mentioned(uow: UnitOfWork, instance: Instance, text: str) -> list[Account]:
    names = named_in(text)
    if len(names) > MOST_MENTIONS:
        raise Invalid("A comment mentions at most {limit} people.", limit=MOST_MENTIONS)
    known = [accounts.by_name(uow.session, each) for each in names]
    people = [each for each in known if each and each.is_active and each.id != uow.actor.id]
    roles = holdings.known(uow)
    strangers = [
        each.name for each in people if not sight.sees(uow, instance, holdings.actor(roles, each))
    ]
    if strangers:
        raise Invalid(
            "Whoever may not see the case cannot be mentioned in it: {people}.",
            people=", ".join(strangers),
        )
    return people


def _told(uow: UnitOfWork, comments: Sequence[Comment]) -> list[Said]:
    mentioned = repository.mentioned_in(uow.session, [each.id for each in comments])
    people = [each.author_id for each in comments if each.author_id]
    people += [each for accounts_ in mentioned.values() for each in accounts_]
    names = accounts.names(uow.session, people)
    return [
        _said(
            each,
            names[each.author_id] if each.author_id else "system",
            [names[account] for account in mentioned.get(each.id, ())],
        )
        for each in comments
    ]


def _said(comment: Comment, author: str, mentioned: Sequence[str]) -> Said:
    return Said(
        comment.id,
        comment.instance_id,
        comment.task_id,
        comment.reply_to,
        author,
        comment.text,
        sorted(mentioned),
        comment.created_at,
    )
