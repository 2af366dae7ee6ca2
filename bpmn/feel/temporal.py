"""
Dates, times and durations as the standard has them (DMN §10.3.2.3).

Python's own know neither years beyond 9999 or before 1, nor nanoseconds, nor a duration in months. They
are changed into these where values come in, and back where they can be (`borders.py`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from bpmn.feel import gregorian
from bpmn.feel.errors import NoValue

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
LAST_YEAR = 999_999_999
LONGEST = 10**34
"""The first number of months or nanoseconds that is no duration any more."""


@dataclass(frozen=True, slots=True)
class Date:
    year: int
    month: int
    day: int

    @classmethod
    def of(cls, year: int, month: int, day: int) -> Self:
        """Return the day; raises `NoValue` where there is none."""
        if not (
            abs(year) <= LAST_YEAR
            and 1 <= month <= 12
            and 1 <= day <= gregorian.month_length(year, month)
        ):
            raise NoValue("There is no such day in the calendar.")
        return cls(year, month, day)

    @classmethod
    def numbered(cls, number: int) -> Self:
        year, month, day = gregorian.day_of(number)
        return cls.of(year, month, day)

    @property
    def number(self) -> int:
        return gregorian.number_of(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """Monday is 1."""
        return (self.number + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        return self.number - gregorian.number_of(self.year, 1, 1) + 1

    @property
    def week(self) -> int:
        """The week of ISO 8601: the one that holds the same Thursday."""
        thursday = self.number + 4 - self.weekday
        return (thursday - gregorian.number_of(gregorian.day_of(thursday)[0], 1, 1)) // 7 + 1

    def plus_months(self, months: int) -> Self:
        """Return the same day of another month, or its last where it has no such day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        if abs(year) > LAST_YEAR:
            raise NoValue("There is no such day in the calendar.")
        day = min(self.day, gregorian.month_length(year, month + 1))
        return type(self).of(year, month + 1, day)


class Clock:
    """What times and dates with times share: a time of the day, in nanoseconds, and perhaps a zone."""

    __slots__ = ()
    nanos: int
    zone: tzinfo | None

    @property
    def hour(self) -> int:
        return self.nanos // HOUR

    @property
    def minute(self) -> int:
        return self.nanos // MINUTE % 60

    @property
    def second(self) -> int:
        return self.nanos // SECOND % 60

    @property
    def fraction(self) -> int:
        """Nanoseconds of the second."""
        return self.nanos % SECOND

    @property
    def zone_name(self) -> str | None:
        return self.zone.key if isinstance(self.zone, ZoneInfo) else None


@dataclass(frozen=True, slots=True)
class Time(Clock):
    nanos: int
    """Since midnight."""
    zone: tzinfo | None = None

    @property
    def offset(self) -> int | None:
        """Seconds east of Greenwich; a zone with a summer time is read in the winter of 1970."""
        return None if self.zone is None else _offset(self.zone, 0, self.nanos)

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight in Greenwich, or of the clock where no zone is known."""
        return self.nanos - (self.offset or 0) * SECOND

    def plus(self, nanos: int) -> Self:
        return type(self)((self.nanos + nanos) % DAY, self.zone)


@dataclass(frozen=True, slots=True)
class DateTime(Clock):
    date: Date
    nanos: int
    """Since midnight."""
    zone: tzinfo | None = None

    @property
    def offset(self) -> int | None:
        """Seconds east of Greenwich."""
        return None if self.zone is None else _offset(self.zone, self.date.number, self.nanos)

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970, in Greenwich, or of the clock where no zone is known."""
        return self.date.number * DAY + self.nanos - (self.offset or 0) * SECOND

    @property
    def time(self) -> Time:
        return Time(self.nanos, self.zone)

    def plus(self, nanos: int) -> Self:
        """Return what the clock shows so much time later."""
        if isinstance(self.zone, ZoneInfo):
            return type(self).at_instant(self.instant + nanos, self.zone)
        days, rest = divmod(self.nanos + nanos, DAY)
        return type(self)(Date.numbered(self.date.number + days), rest, self.zone)

    def plus_months(self, months: int) -> Self:
        return type(self)(self.date.plus_months(months), self.nanos, self.zone)

    @classmethod
    def at_instant(cls, instant: int, zone: tzinfo) -> Self:
        """Return what a clock of the zone shows then."""
        days, nanos = divmod(instant, DAY)
        shown = (_near(days, nanos).replace(tzinfo=UTC)).astimezone(zone).utcoffset()
        days, nanos = divmod(instant + _seconds(shown) * SECOND, DAY)
        return cls(Date.numbered(days), nanos, zone)


@dataclass(frozen=True, slots=True)
class Duration:
    """Days and time."""

    nanos: int

    def __post_init__(self) -> None:
        if abs(self.nanos) >= LONGEST:
            raise NoValue("The duration is too long.")


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """Years and months, whose length in days nobody knows."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) >= LONGEST:
            raise NoValue("The duration is too long.")


def fixed(seconds: int) -> tzinfo:
    """Return the zone that is always so many seconds east of Greenwich."""
    return timezone(timedelta(seconds=seconds))


def midnight(date: Date) -> DateTime:
    """Return a day as a date and time (§10.3.2.9.4): its midnight in Greenwich."""
    return DateTime(date, 0, UTC)


def _offset(zone: tzinfo, day: int, nanos: int) -> int:
    if isinstance(zone, ZoneInfo):
        return _seconds(zone.utcoffset(_near(day, nanos)))
    return _seconds(zone.utcoffset(None))


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else offset.days * 86_400 + offset.seconds


def _near(day: int, nanos: int) -> datetime:
    """Return the moment as Python writes it, in a like year where its own does not reach."""
    year, month, day_of_month = gregorian.day_of(day)
    if not 2 <= year <= 9998:
        year = 2000 + year % 400 if year > 0 else 400 + year % 400
    seconds, _ = divmod(nanos, SECOND)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    return datetime.combine(datetime(year, month, day_of_month).date(), clock)  # noqa: DTZ001
