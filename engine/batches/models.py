from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base


class Batch(Base):
    """The same act on many tasks, done one after the other while whoever asked for it does something else."""

    __tablename__ = "batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    act: Mapped[str]
    given: Mapped[dict[str, Any]]
    """What the act needs besides its tasks."""
    tasks: Mapped[list[Any]]
    """Their keys, in the order in which they are done."""
    done: Mapped[int]
    """How many have had their turn, refused ones among them."""
    refused: Mapped[dict[str, Any]]
    """Why nothing was done with a task, by its key, in the words that were read."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When it last got on; one that nobody works at any more stands still."""
