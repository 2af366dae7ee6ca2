from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.comments.models import Comment, Mention
from engine.errors import NotFound
from engine.instances.models import ProcessInstance


def within(session: Session, comment_id: UUID, instance_id: UUID) -> Comment | None:
    """Return a comment of a certain case."""
    return session.scalar(
        select(Comment).where(Comment.id == comment_id, Comment.instance_id == instance_id)
    )


def listed(
    session: Session,
    instance_id: UUID,
    *,
    task_id: UUID | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[Comment]:
    """Return the comments of a case, or of one of its tasks, the oldest first."""
    query = select(Comment).where(Comment.instance_id == instance_id)
    if task_id is not None:
        query = query.where(Comment.task_id == task_id)
    if after is not None:
        query = query.where(Comment.id > after)
    return session.scalars(query.order_by(Comment.id).limit(limit)).all()


def latest(session: Session, instance_id: UUID, *, limit: int) -> Sequence[Comment]:
    """Return the last comments of a case, the oldest of them first."""
    query = select(Comment).where(Comment.instance_id == instance_id)
    return session.scalars(query.order_by(Comment.id.desc()).limit(limit)).all()[::-1]


def mentioned_in(session: Session, comments: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the accounts that comments mention, by comment."""
    if not comments:
        return {}
    found: dict[UUID, list[UUID]] = {}
    for each in session.scalars(select(Mention).where(Mention.comment_id.in_(set(comments)))):
        found.setdefault(each.comment_id, []).append(each.account_id)
    return found


def mentions(  # noqa: PLR0913
    session: Session,
    account_id: UUID,
    *,
    seen: ColumnElement[bool],
    read: bool | None,
    after: UUID | None,
    limit: int,
) -> list[tuple[Mention, Comment]]:
    """Return where somebody is mentioned, in instances of which the clause holds, the newest first."""
    query = (
        select(Mention, Comment)
        .join(Comment, Comment.id == Mention.comment_id)
        .join(ProcessInstance, ProcessInstance.id == Comment.instance_id)
        .where(Mention.account_id == account_id, seen)
    )
    if read is not None:
        query = query.where(Mention.read_at.is_not(None) if read else Mention.read_at.is_(None))
    if after is not None:
        query = query.where(Mention.id < after)
    rows = session.execute(query.order_by(Mention.id.desc()).limit(limit))
    return [(mention, comment) for mention, comment in rows]


def mention(session: Session, mention_id: UUID) -> tuple[Mention, Comment]:
    row = session.execute(
        select(Mention, Comment)
        .join(Comment, Comment.id == Mention.comment_id)
        .where(Mention.id == mention_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]
