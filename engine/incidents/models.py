from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Identified


class Incident(Identified):
    __tablename__ = "incident"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), index=True)
    token: Mapped[int]
    element_id: Mapped[str]
    template: Mapped[str]
    """What happened, as an English sentence with {placeholders}; pages say it in the reader's language."""
    values: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)

    @property
    def message(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template
