from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified


class Kind(StrEnum):
    MENTIONED = "mentioned"
    """Somebody names the person in a comment; kept as a mention, never as a notification."""
    TASK_ASSIGNED = "task_assigned"
    TASK_DELEGATED = "task_delegated"
    """Somebody wants the person to prepare a task."""
    TASK_PREPARED = "task_prepared"
    """A task that the person has delegated comes back, prepared."""
    TASK_RETURNED = "task_returned"
    """It comes back undone."""
    CASE_COMPLETED = "case_completed"
    CASE_CANCELLED = "case_cancelled"
    CASE_STOPPED = "case_stopped"
    """A case of the person's stands still because of an error."""


class Notification(Identified):
    """
    Somebody is told of what another has done. It names places and holds no text of theirs.

    Whoever does not see the case any more is not shown it: that is looked at when it is read.
    """

    __tablename__ = "notification"
    __table_args__ = (Index("ix__notification__account_id_id", "account_id", "id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    """Who is told."""
    kind: Mapped[str]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Whose act it was; None: the system's."""
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    """When the person said to have read it."""


Index(
    "ix__notification__unread",
    Notification.account_id,
    Notification.id,
    sqlite_where=Notification.read_at.is_(None),
    postgresql_where=Notification.read_at.is_(None),
)
