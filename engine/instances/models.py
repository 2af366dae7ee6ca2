from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, and_, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.audit.models import Chained
from engine.db import Base
from engine.definitions.models import Definition


class InstanceState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    INCIDENT = "incident"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Confidentiality(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    SECRET = "secret"  # noqa: S105  a word of the law
    """Only the people who are named for the case see it, whatever roles others hold."""


ENDED = frozenset({InstanceState.COMPLETED, InstanceState.CANCELLED})


INITIATOR = "initiator"
"""The variable with the name of whoever started the case."""
UNIT = "unit"
"""The variable with the key of the unit in which the case was started."""


class ProcessInstance(Chained):
    """One run of a routine. It stays with the version that it was started with."""

    __tablename__ = "process_instance"
    __table_args__ = (
        Index(
            "ix__process_instance__business_key",
            "business_key",
            postgresql_ops={"business_key": "text_pattern_ops"},  # also for how it begins
        ),
    )

    definition_id: Mapped[UUID] = mapped_column(ForeignKey("definition.id"), index=True)
    definition: Mapped[Definition] = relationship(innerjoin=True, viewonly=True)
    business_key: Mapped[str | None]
    """What people call the case outside: a registration number, a document's number."""
    unit: Mapped[str | None] = mapped_column(index=True)
    """Its key; tasks for a role are for whoever holds it there."""
    registration_no: Mapped[str | None] = mapped_column(index=True)
    """Its number in the register of the authority (diarienummer)."""
    confidentiality: Mapped[str] = mapped_column(default=Confidentiality.INTERNAL.value)
    secrecy_ground: Mapped[str | None] = mapped_column(deferred=True, deferred_group="header")
    """The provision that a secret case is secret by: `OSL 26 kap. 1 §`."""
    retention_class: Mapped[str | None] = mapped_column(deferred=True, deferred_group="header")
    systems: Mapped[list[Any]] = mapped_column(
        default=list, deferred=True, deferred_group="header"
    )
    """Keys of the management systems that the case belongs to."""
    state: Mapped[str] = mapped_column(index=True)
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """None: the system."""
    ended_at: Mapped[datetime | None]
    saved: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    """Live tokens and variables, as `bpmn.workflow` saves them; nothing in it is queried."""
    row_version: Mapped[int] = mapped_column()
    """Rises with each change; an update of a row that is not as it was read fails."""

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class CaseReader(Base):
    """Somebody who may see a secret case."""

    __tablename__ = "case_reader"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), primary_key=True, index=True
    )


class CaseLink(Base):
    """A case refers to another one."""

    __tablename__ = "case_link"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(
        ForeignKey("process_instance.id"), primary_key=True, index=True
    )


class CaseVariable(Base):
    """The value of a declared variable as it is searched by: a copy of what the saved state holds."""

    __tablename__ = "case_variable"
    __table_args__ = (
        Index(None, "name", "text", "instance_id"),
        Index(None, "name", "number", "instance_id"),
        Index(None, "name", "day", "instance_id"),
    )

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    """As people write it, as far as 200 characters."""
    number: Mapped[float | None]
    """To fifteen digits."""
    day: Mapped[date | None]
    """Of a point in time, its day in the organisation's zone."""


class ElementInstance(Base):
    """An element that a token has left: one line of the history. Rows are added, never changed."""

    __tablename__ = "element_instance"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    token: Mapped[int] = mapped_column(primary_key=True)
    """Numbers rise in the order in which elements were entered."""
    process_key: Mapped[str]
    """The process that the element stands in: the instance's own, or a called one."""
    element_id: Mapped[str]
    element_type: Mapped[str]
    name: Mapped[str | None]
    state: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    performer: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Who completed it, where a person did."""
    on_behalf_of: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    """For whom the performer acted as a substitute."""


NOT_SECRET = ProcessInstance.confidentiality != literal_column("'secret'")
"""As indexes say it, which hold no secret cases: figures ask by these words."""
STOPPED = and_(ProcessInstance.state == literal_column("'incident'"), NOT_SECRET)
"""An error has stopped the case, which is not secret."""

Index(
    "ix__process_instance__definition_id_ended_at",
    ProcessInstance.definition_id,
    ProcessInstance.ended_at,
    sqlite_where=NOT_SECRET,
    postgresql_where=NOT_SECRET,
)
Index(
    "ix__process_instance__stopped",
    ProcessInstance.definition_id,
    sqlite_where=STOPPED,
    postgresql_where=STOPPED,
)
Index(
    "ix__process_instance__stopped_in_unit",
    ProcessInstance.unit,
    sqlite_where=STOPPED,
    postgresql_where=STOPPED,
)
