"""What is dated has `valid_from` and `valid_to`: days of the organisation's calendar, both included."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, Identified
from engine.organisation.periods import Dated


class Unit(Dated, Identified):
    """A part of the organisation. It is ended, never removed."""

    __tablename__ = "unit"

    key: Mapped[str] = mapped_column(unique=True)
    """Short and stable; lower case, never changed or given to another unit. Cases name their unit by it."""
    name_sv: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    """What the organisation calls such a unit: department, school, team."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class UnitPlacement(Dated, Base):
    """Where a unit stands for a time. Every day of a unit has exactly one placement that counts."""

    __tablename__ = "unit_placement"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """None at the top."""
    valid_to: Mapped[date | None]


class Belonging(Dated, Identified):
    """A person works in a unit for a time; in several at once when the work is shared."""

    __tablename__ = "belonging"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Role(Base):
    """A function that people have; those of the shipped routines are there from the beginning."""

    __tablename__ = "role"

    key: Mapped[str] = mapped_column(primary_key=True)
    name_sv: Mapped[str]
    name_en: Mapped[str]
    searched_upward: Mapped[bool]
    """A unit without a holder of its own asks the units above it, the nearest first."""


class Appointment(Dated, Identified):
    """A person holds a role in a unit for a time."""

    __tablename__ = "appointment"
    __table_args__ = (Index(None, "role_key", "unit_id"),)

    role_key: Mapped[str] = mapped_column(ForeignKey("role.key"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """None for the whole organisation."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    decision: Mapped[str | None]
    """Where it was decided: the number of a decision on delegation."""


class Absence(Dated, Identified):
    """A person is away."""

    __tablename__ = "absence"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str]
    """A kind (`Reason`), never a detail of health."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Substitution(Dated, Identified):
    """Somebody may act for a person on the days of it, whether or not an absence is noted for them."""

    __tablename__ = "substitution"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    """Who is acted for."""
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    scope: Mapped[str]
    """In what (`ScopeKind`)."""
    keys: Mapped[list[Any]]
    """The roles, or the processes, that it is limited to."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
