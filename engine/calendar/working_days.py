"""Working days, counted on and back, a year at a time."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from bpmn.moments import MOST_WORKING_DAYS
from engine.calendar import weekdays
from engine.calendar.weekdays import FIRST_YEAR, LAST_YEAR
from engine.errors import Invalid
from engine.organisation.periods import Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which a unit works. What is asked of it is bounded, however many closures there are."""

    eves_free: bool
    closures: tuple[Period, ...] = ()
    _years: dict[int, tuple[date, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Those that were asked for, without the days on which the unit is closed."""

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
        return self._on(day, count) if count > 0 else self._back(day, -count)

    def between(self, first: date, last: date) -> int:
        """
        Return how many working days one goes on from the first day to reach the last: `after`, turned round.

        Less than none where the last is before the first. Raises `Invalid`.
        """
        _known(first)
        _known(last)
        if last < first:
            years = map(self._of_year, range(last.year, first.year + 1))
            return sum(bisect_left(days, last) - bisect_left(days, first) for days in years)
        years = map(self._of_year, range(first.year, last.year + 1))
        return sum(bisect_right(days, last) - bisect_right(days, first) for days in years)

    def _on(self, day: date, count: int) -> date:
        for year in range(day.year, LAST_YEAR + 1):
            days = self._of_year(year)
            passed = bisect_right(days, day)
            if count <= len(days) - passed:
                return days[passed + count - 1]
            count -= len(days) - passed
        raise _unknown()

    def _back(self, day: date, count: int) -> date:
        for year in range(day.year, FIRST_YEAR - 1, -1):
            days = self._of_year(year)
            left = bisect_left(days, day)
            if count <= left:
                return days[left - count]
            count -= left
        raise _unknown()

    def _of_year(self, year: int) -> tuple[date, ...]:
        if year not in self._years:
            self._years[year] = self._without_closures(year)
        return self._years[year]

    def _without_closures(self, year: int) -> tuple[date, ...]:
        days = weekdays.of_year(year, eves_free=self.eves_free)
        whole = Period(date(year, 1, 1), date(year, 12, 31))
        closed = [each for each in self.closures if each.common(whole)]
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
