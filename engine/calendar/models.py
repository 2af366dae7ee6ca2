from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified
from engine.organisation.periods import Dated


class Closure(Dated, Identified):
    """A unit does not work for a time, and neither do those below it."""

    __tablename__ = "closure"

    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """None for the whole organisation."""
    name: Mapped[str]
    """What people call it: a planning day, the summer break."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(nullable=False)
    """Never until further notice: there is always a next working day."""
