"""
Where open tasks wait, as the inbox asks for them.

Triggers of the database keep it equal to tasks and their candidates, whichever verb changes them: an index, and
nothing that decides who may. What it must hold is the view `inbox_now`, with which the tests compare it.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Identified
from engine.instances.models import ProcessInstance
from engine.tasks.models import UserTask

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""When a task is due that is never due: after all others."""
LAST = 2**40
"""The rank of a task without a priority."""


class InboxEntry(Base):
    """An open task under one of the names that it waits under."""

    __tablename__ = "inbox_entry"
    __table_args__ = (
        Index("ix__inbox_entry__place_due_at_task_id", "place", "due_at", "task_id"),
        Index("ix__inbox_entry__place_rank_task_id", "place", "rank", "task_id"),
        {"sqlite_with_rowid": False},
    )

    place: Mapped[str] = mapped_column(primary_key=True)
    """`held:alice` for whoever has it; while it is free `user:alice`, `group:mas@hemtjanst`, or `anybody`."""
    task_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    due_at: Mapped[datetime]
    rank: Mapped[int] = mapped_column(BigInteger)
    """The priority downward: the most urgent first."""
    instance_id: Mapped[UUID]
    process_key: Mapped[str]
    """Of the case, whose routine may have called the one that the task stands in."""
    unit: Mapped[str | None]
    business_key: Mapped[str | None]
    is_secret: Mapped[bool]
    """Only those who are named for the case find it."""


class SearchLine(Base):
    """What a task or a case is found by; its words are indexed beside it, each database in its own way."""

    __tablename__ = "search_line"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), Identity(), primary_key=True
    )
    """Later ones are higher."""
    kind: Mapped[str]
    """`task` or `case`."""
    id: Mapped[UUID] = mapped_column(unique=True)
    instance_id: Mapped[UUID]
    text: Mapped[str]


class SavedView(Identified):
    """A tab with its filters and its order, under a name."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner", "name"),)

    owner: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    tab: Mapped[str]
    sort: Mapped[str]
    filters: Mapped[dict[str, Any]]
    """As the API takes them."""
    for_everybody: Mapped[bool]
    shared_with: Mapped[str | None] = mapped_column(index=True)
    """The group that sees it, besides its owner."""
    created_at: Mapped[datetime]


Index(
    "ix__user_task__completed_by_ended_at_id",
    UserTask.completed_by,
    UserTask.ended_at,
    UserTask.id,
)
Index(
    "ix__process_instance__started_by_id",
    ProcessInstance.started_by,
    ProcessInstance.id,
    sqlite_where=ProcessInstance.ended_at.is_(None),
    postgresql_where=ProcessInstance.ended_at.is_(None),
)

NOT_SECRET = InboxEntry.is_secret.is_(False)
"""As the indexes say it by which figures are asked."""
Index(
    "ix__inbox_entry__of_routine",
    InboxEntry.process_key,
    InboxEntry.due_at,
    InboxEntry.task_id,
    sqlite_where=NOT_SECRET,
    postgresql_where=NOT_SECRET,
)
Index(
    "ix__inbox_entry__of_unit",
    InboxEntry.unit,
    InboxEntry.due_at,
    InboxEntry.process_key,
    InboxEntry.task_id,
    sqlite_where=NOT_SECRET,
    postgresql_where=NOT_SECRET,
)
