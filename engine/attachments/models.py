from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified

FREE = timedelta(days=1)
"""How long a file waits to be tied to a case."""


class Attachment(Identified):
    """A file: first free and its owner's alone, then tied to a case for good."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix__attachment__instance_id_uploaded_at", "instance_id", "uploaded_at"),
    )

    digest: Mapped[str] = mapped_column(index=True)
    """SHA-256 of the bytes, by which the store finds them; several rows may have the same."""
    name: Mapped[str]
    """What its owner calls it, without what could deceive."""
    type: Mapped[str]
    """The media type that we found it to be, whatever the sender said."""
    size: Mapped[int]
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    """Who tied it, too: nobody else can."""
    uploaded_at: Mapped[datetime]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    """None: it is free."""
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    tied_at: Mapped[datetime | None]
