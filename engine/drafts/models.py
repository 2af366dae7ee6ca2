from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base


class Draft(Base):
    """The answers of one person to one task so far. It goes when the task ends."""

    __tablename__ = "draft"

    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), primary_key=True, index=True
    )
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
