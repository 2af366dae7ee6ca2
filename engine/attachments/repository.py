from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.attachments.models import FREE, Attachment
from engine.errors import NotFound


def get(session: Session, attachment_id: UUID) -> Attachment:
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFound
    return attachment


def hold(session: Session, identities: Iterable[UUID]) -> dict[UUID, Attachment]:
    """Return attachments by their identities, as they are now, held for this transaction."""
    found = session.scalars(
        select(Attachment)
        .where(Attachment.id.in_(set(identities)))
        .order_by(Attachment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {each.id: each for each in found}


def is_free(attachment: Attachment, *, at: datetime) -> bool:
    return attachment.instance_id is None and attachment.uploaded_at > at - FREE


def count_of(session: Session, instance_id: UUID) -> int:
    return _count(session, Attachment.instance_id == instance_id)


def count_free(session: Session, account_id: UUID, *, at: datetime) -> int:
    return _count(
        session,
        Attachment.uploaded_by == account_id,
        Attachment.instance_id.is_(None),
        Attachment.uploaded_at > at - FREE,
    )


def listed(
    session: Session,
    instance_id: UUID,
    *,
    task_id: UUID | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[Attachment]:
    """Return the attachments of a case, or of one of its tasks, in the order they were uploaded."""
    query = select(Attachment).where(Attachment.instance_id == instance_id)
    if task_id is not None:
        query = query.where(Attachment.task_id == task_id)
    if after is not None:
        query = query.where(Attachment.id > after)
    return session.scalars(query.order_by(Attachment.id).limit(limit)).all()


def digests(session: Session) -> set[str]:
    """Return the digests of all files that rows refer to."""
    return set(session.scalars(select(Attachment.digest).distinct()))


def _count(session: Session, *clauses: Any) -> int:
    return session.scalar(select(func.count()).select_from(Attachment).where(*clauses)) or 0
