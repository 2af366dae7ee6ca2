"""
What there is and what a set of tables would make of it, as values: nothing of it is written yet.

Everything is read once, so that a table of thousands of rows costs four statements to look at.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.models import Account
from engine.organisation import repository
from engine.organisation.chart import Chart, Placed
from engine.organisation.exchange.cells import RowProblem
from engine.organisation.exchange.tables import Row, Table
from engine.organisation.models import Appointment, Belonging, Role, Unit
from engine.organisation.periods import Period

DatedRow = TypeVar("DatedRow", Belonging, Appointment)


class What(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Change:
    """What a row would do."""

    table: Table
    row: int
    what: What
    name: str


@dataclass(slots=True)
class Line(Generic[DatedRow]):
    """A belonging or an appointment: one that is kept, or one that is to be."""

    period: Period
    kept: DatedRow | None = None
    decision: str | None = None
    ends: bool = False
    refers: bool = False


@dataclass(slots=True)
class Book:
    today: date
    before: Chart
    units: dict[str, Placed]
    accounts: dict[str, UUID | None]
    """None for those to be created."""
    roles: frozenset[str]
    belongings: dict[tuple[str, str], list[Line[Belonging]]]
    """By person and unit."""
    appointments: dict[tuple[str, str, str | None], list[Line[Appointment]]]
    """By role, person and unit."""
    created: dict[str, str] = field(default_factory=dict)
    """Accounts to be created, with the names that others see."""
    touched: dict[str, int] = field(default_factory=dict)
    """The row that spoke of a unit last."""
    changes: list[Change] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def note(self, row: Row, what: What, name: str) -> None:
        self.changes.append(Change(row.table, row.number, what, name))

    def days_in_units(self) -> Iterator[tuple[str, Period]]:
        """Give the units that people belong to or are appointed in, with the days of each."""
        for (_, unit), belonging in self.belongings.items():
            yield from ((unit, each.period) for each in belonging)
        for (_, _, place), appointment in self.appointments.items():
            if place is not None:
                yield from ((place, each.period) for each in appointment)


def read(session: Session, today: date) -> Book:
    chart = repository.chart(session)
    known = session.execute(select(Account.name, Account.id))
    accounts: dict[str, UUID | None] = {row.name: row.id for row in known}
    belongings: dict[tuple[str, str], list[Line[Belonging]]] = defaultdict(list)
    for row, name, key in session.execute(
        select(Belonging, Account.name, Unit.key)
        .join(Account, Account.id == Belonging.account_id)
        .join(Unit, Unit.id == Belonging.unit_id)
    ):
        belongings[name, key].append(Line(row.period, row))
    appointments: dict[tuple[str, str, str | None], list[Line[Appointment]]] = defaultdict(list)
    for appointed, name, place in session.execute(
        select(Appointment, Account.name, Unit.key)
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
    ):
        line = Line(appointed.period, appointed, appointed.decision)
        appointments[appointed.role_key, name, place].append(line)
    roles = frozenset(session.scalars(select(Role.key)))
    return Book(today, chart, dict(chart), accounts, roles, belongings, appointments)
