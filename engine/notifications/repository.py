"""One list of two tables: identities of both rise with time, so that they are put together by them."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select, union_all, update
from sqlalchemy.orm import Session

from engine.comments.models import Comment, Mention
from engine.instances.models import ProcessInstance
from engine.notifications.models import Notification
from engine.tasks.models import UserTask


def listed(  # noqa: PLR0913
    session: Session,
    account_id: UUID,
    *,
    seen: ColumnElement[bool],
    read: bool | None,
    after: UUID | None,
    limit: int,
) -> list[Row[*tuple[Any, ...]]]:
    """Return what somebody was told of cases of which the clause holds, the newest first, with names of tasks."""
    query = (
        select(Notification, UserTask.name)
        .join(ProcessInstance, ProcessInstance.id == Notification.instance_id)
        .outerjoin(UserTask, UserTask.id == Notification.task_id)
        .where(Notification.account_id == account_id, seen)
    )
    if read is not None:
        was = Notification.read_at.is_not(None) if read else Notification.read_at.is_(None)
        query = query.where(was)
    if after is not None:
        query = query.where(Notification.id < after)
    return [*session.execute(query.order_by(Notification.id.desc()).limit(limit))]


def unread(
    session: Session,
    account_id: UUID,
    *,
    seen: ColumnElement[bool],
    most: int,
    with_mentions: bool,
) -> int:
    """
    Count the unread among the newest of each kind, in instances of which the clause holds.

    Each page asks it. Which instances they are in is found first: who has nothing unread costs one statement that
    is found in an index, and whoever has does not make the database look through all instances.
    """
    told = (
        select(Notification.instance_id)
        .where(Notification.account_id == account_id, Notification.read_at.is_(None))
        .order_by(Notification.id.desc())
        .limit(most)
        .subquery()
    )
    named = (
        select(Mention.comment_id)
        .where(Mention.account_id == account_id, Mention.read_at.is_(None))
        .order_by(Mention.id.desc())
        .limit(most)
        .subquery()
    )
    of_mentions = select(Comment.instance_id).join(named, named.c.comment_id == Comment.id)
    sources = [select(told.c.instance_id), *([of_mentions] if with_mentions else [])]
    told_in = Counter(session.scalars(union_all(*sources)))
    if not told_in:
        return 0
    visible = select(ProcessInstance.id).where(ProcessInstance.id.in_(told_in), seen)
    return min(sum(told_in[each] for each in session.scalars(visible)), most)


def note_all(
    session: Session, account_id: UUID, *, until: UUID, at: datetime, with_mentions: bool
) -> None:
    """Note as read all that somebody was told, as far as the newest that they were shown."""
    tables: list[type[Notification | Mention]] = [Notification]
    for table in [*tables, Mention] if with_mentions else tables:
        session.execute(
            update(table)
            .where(table.account_id == account_id, table.read_at.is_(None), table.id <= until)
            .values(read_at=at)
            .execution_options(synchronize_session=False)
        )
