"""
Days from and to, both included, in the organisation's own calendar: no times, no zones.

Nothing is removed; it is ended. What was planned and is withdrawn before its first day ends on the day before that
day: its period is empty, it never counted, and its row still tells that it was planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, or_
from sqlalchemy.orm import Mapped

from engine.errors import Conflict, Invalid
from engine.uow import UnitOfWork

EARLIEST = date(1900, 1, 1)
LATEST = date(2999, 12, 31)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date | None = None
    """The last day, included; None until further notice."""

    @property
    def is_empty(self) -> bool:
        return self.last is not None and self.last < self.first

    @property
    def facts(self) -> dict[str, str | None]:
        """Return the days as an event tells them."""
        last = None if self.last is None else self.last.isoformat()
        return {"valid_from": self.first.isoformat(), "valid_to": last}

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def contains(self, other: "Period") -> bool:
        """Tell whether the other lies within this one; an empty one lies everywhere."""
        if other.is_empty:
            return True
        ends_within = self.last is None or (other.last is not None and other.last <= self.last)
        return self.first <= other.first and ends_within

    def common(self, other: "Period") -> "Period | None":
        """Return the days of both, None when there are none."""
        lasts = [each for each in (self.last, other.last) if each is not None]
        both = Period(max(self.first, other.first), min(lasts) if lasts else None)
        return None if both.is_empty or self.is_empty or other.is_empty else both

    def ended(self, last: date) -> "Period":
        return Period(self.first, max(last, self.first - A_DAY))


class Dated:
    """A row that counts from one day to another, both included (see the module)."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


def today(uow: UnitOfWork) -> date:
    """Return the day it is where the organisation is."""
    return uow.now.astimezone(uow.installation.settings.zone).date()


def given(first: date, last: date | None) -> Period:
    """Return the period that somebody entered. Raises `Invalid`."""
    for day in (first, last):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Invalid("A day is between {first} and {last}.", first=EARLIEST, last=LATEST)
    if last is not None and last < first:
        raise Invalid(
            "The last day, {last}, is before the first, {first}.", first=first, last=last
        )
    return Period(first, last)


def ending(period: Period, last: date, now: date) -> Period:
    """
    Return a period with another last day; one before the first withdraws it.

    Raises `Conflict` for what has ended: it is history.
    """
    given(EARLIEST, last)
    if period.last is not None and period.last < now:
        raise Conflict("It ended on {last}; that is not changed any more.", last=period.last)
    return period.ended(last)


def free(wanted: Period, taken: Iterable[Period]) -> None:
    """Raises `Conflict` when a period shares a day with one that is there already."""
    for each in taken:
        if wanted.common(each) is not None:
            raise Conflict("The same is already noted from {first} on.", first=each.first)


def to_come(table: type[Dated], on: date) -> ColumnElement[bool]:
    """The row counts on a day, or on a later one; what was withdrawn counts on none."""
    ends = or_(table.valid_to.is_(None), table.valid_to >= on)
    return and_(ends, or_(table.valid_to.is_(None), table.valid_to >= table.valid_from))


def in_force(table: type[Dated], on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The row counts on a day."""
    return and_(table.valid_from <= on, or_(table.valid_to.is_(None), table.valid_to >= on))
