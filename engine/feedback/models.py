from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified


class Feedback(Identified):
    """Something that somebody could not use. It is marked as handled, never removed by the service itself."""

    __tablename__ = "feedback"

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Who wrote it; None for somebody who had not signed in."""
    page: Mapped[str]
    """Where it was, in the words or by the address that they gave; empty where they gave none."""
    problem: Mapped[str]
    reach: Mapped[str]
    """How to reach whoever wrote it; empty where they did not say."""
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)


Index(
    "ix__feedback__waiting",
    Feedback.id,
    sqlite_where=Feedback.handled_at.is_(None),
    postgresql_where=Feedback.handled_at.is_(None),
)
