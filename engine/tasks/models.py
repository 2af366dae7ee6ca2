from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, Identified


class UserTaskState(StrEnum):
    CREATED = "created"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CandidateKind(StrEnum):
    USER = "user"
    GROUP = "group"
    NOBODY = "nobody"
    """The model says whom the task is for, and that came out as nobody: not the same as everybody."""


class UserTask(Identified):
    """Work that a person does; the row mirrors one wait of the instance's workflow."""

    __tablename__ = "user_task"
    __table_args__ = (UniqueConstraint("instance_id", "token"),)

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    token: Mapped[int]
    repeated_in: Mapped[int | None]
    """The token of the multi-instance activity of which it is a round, or stands in one."""
    version_digest: Mapped[str]
    """The version that the element stands in: the instance's own, or that of a called process."""
    element_id: Mapped[str]
    name: Mapped[str]
    form_key: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=UserTaskState.CREATED.value)
    assignee: Mapped[str | None] = mapped_column(index=True)
    """The name of an account, or a name that the model gave and nobody has yet."""
    owner: Mapped[str | None]
    """Who has delegated it to the assignee, and gets it back."""
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    """When whoever has it wants to look at it again."""
    priority: Mapped[int | None]
    """As the model says; the higher, the more urgent."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    completed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    on_behalf_of: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    """For whom whoever has it, or has done it, acts as a substitute."""
    candidates: Mapped[list["Candidate"]] = relationship(
        lazy="selectin", order_by="Candidate.name"
    )

    @property
    def is_for_somebody(self) -> bool:
        """Tell whether it has candidates, or the mark that there is none; else it is for everybody."""
        return bool(self.candidates)

    @property
    def candidate_groups(self) -> list[str]:
        return [each.name for each in self.candidates if each.kind == CandidateKind.GROUP]

    @property
    def is_for_nobody(self) -> bool:
        return any(each.kind == CandidateKind.NOBODY for each in self.candidates)

    @property
    def candidate_users(self) -> list[str]:
        return [each.name for each in self.candidates if each.kind == CandidateKind.USER]


class Candidate(Base):
    """A person or a group that may take a task, or the mark that there is none."""

    __tablename__ = "user_task_candidate"
    __table_args__ = (Index("ix__user_task_candidate__kind_name", "kind", "name"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class UnattendedTask(Base):
    """The rules left nobody when the task was opened; they are asked again before that is told."""

    __tablename__ = "unattended_task"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    raised_at: Mapped[datetime]


class Turn(Base):
    """To whom the last task of an element was given, where its model gives them by turns."""

    __tablename__ = "turn"

    process_key: Mapped[str] = mapped_column(primary_key=True)
    """Of the case's routine."""
    element_id: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[str]
    """The name of an account; empty before the first."""
