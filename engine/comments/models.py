from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified


class Comment(Identified):
    """What somebody said about a case, or about one of its tasks. A correction is another comment."""

    __tablename__ = "comment"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    reply_to: Mapped[UUID | None] = mapped_column(ForeignKey("comment.id"), index=True)
    """The comment of the same case that this one answers or corrects."""
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """None: the system."""
    text: Mapped[str]
    """Plain; the record holds it, too, as the payload of the event."""
    created_at: Mapped[datetime]


class Mention(Identified):
    """Somebody is named in a comment, and is told so."""

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)

    comment_id: Mapped[UUID] = mapped_column(ForeignKey("comment.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    read_at: Mapped[datetime | None]
    """When the person said to have read it."""


Index(
    "ix__mention__account_id_id",
    Mention.account_id,
    Mention.id,
    sqlite_where=Mention.read_at.is_(None),
    postgresql_where=Mention.read_at.is_(None),
)
