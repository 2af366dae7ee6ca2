"""Working days, counted on and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bpmn.moments import MOST_WORKING_DAYS
from engine.calendar import weekdays
from engine.calendar.weekdays import FIRST_YEAR, LAST_YEAR
from engine.errors import Invalid
from engine.organisation.periods import Period

MOST_YEARS = 50
"""Between two days whose working days are counted."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which a unit works. What is asked of it is bounded, however many closures there are."""

    eves_free: bool
    closures: tuple[Period, ...] = ()

    def works_on(self, day: date) -> bool:
        return day in self._of_year(_known(day).year)

    def after(self, day: date, count: int) -> date:
        """
        Return the working day so many working days after a day, or before it where the number is negative.

        The day itself does not count. No working days after a day is that day, also when nobody works on it.
        Raises `Invalid`.
        """
        _known(day)
        if abs(count) > MOST_WORKING_DAYS:
            raise Invalid("At most {most} working days are counted.", most=MOST_WORKING_DAYS)
        if count == 0:
            return day
        days = self._later(day) if count > 0 else self._earlier(day)
        found = next(islice(days, abs(count) - 1, None), None)
        if found is None:
            raise _unknown()
        return found

    def between(self, first: date, last: date) -> int:
        """
        Return how many working days one goes on from the first day to reach the last: `after`, turned round.

        Less than none where the last is before the first. Raises `Invalid`.
        """
        if abs(_known(first).year - _known(last).year) > MOST_YEARS:
            raise Invalid("Working days are counted over at most {most} years.", most=MOST_YEARS)
        if last < first:
            return -sum(last <= day < first for day in self._of_years(last, first))
        return sum(first < day <= last for day in self._of_years(first, last))

    def _later(self, day: date) -> Iterator[date]:
        for year in range(day.year, LAST_YEAR + 1):
            yield from (each for each in self._of_year(year) if each > day)

    def _earlier(self, day: date) -> Iterator[date]:
        for year in range(day.year, FIRST_YEAR - 1, -1):
            yield from (each for each in reversed(self._of_year(year)) if each < day)

    def _of_years(self, first: date, last: date) -> Iterator[date]:
        for year in range(first.year, last.year + 1):
            yield from self._of_year(year)

    def _of_year(self, year: int) -> tuple[date, ...]:
        days = weekdays.of_year(year, eves_free=self.eves_free)
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        closed = [each for each in self.closures if each.common(whole)]
        if not closed:
            return days
        return tuple(day for day in days if not any(each.covers(day) for each in closed))


def _known(day: date) -> date:
    """Raises `Invalid` for a day of which nobody knows whether work is done on it."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _unknown()
    return day


def _unknown() -> Invalid:
    return Invalid(
        "Working days are known from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR
    )
