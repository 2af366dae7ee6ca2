"""Dates, times and durations as texts (§10.3.2.3, after XML Schema and ISO 8601), both ways."""

import re
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.feel.errors import NoValue
from bpmn.feel.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    Duration,
    Time,
    YearsMonths,
    fixed,
)

DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<zone>Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-/]+)?"
)
WHOLE_DATE = re.compile(DATE)
WHOLE_TIME = re.compile(f"T?{TIME}")
WHOLE_DATETIME = re.compile(f"{DATE}T{TIME}")
WHOLE_YEARS_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,34})Y)?(?:([0-9]{1,34})M)?")
WHOLE_DURATION = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,34})D)?"
    r"(?:T(?=[0-9.])(?:([0-9]{1,34})H)?(?:([0-9]{1,34})M)?(?:([0-9]{1,34})(?:\.([0-9]+))?S)?)?"
)
LARGEST_OFFSET = 14 * 3600
"""Of XML Schema."""


def read(text: str) -> Any:
    """Read a text that says itself what it is; raises `NoValue`."""
    if WHOLE_DATE.fullmatch(text):
        return read_date(text)
    if WHOLE_DATETIME.fullmatch(text):
        return read_datetime(text)
    if WHOLE_TIME.fullmatch(text):
        return read_time(text)
    return read_duration(text)


def read_date(text: str) -> Date:
    match = WHOLE_DATE.fullmatch(text)
    if match is None:
        raise NoValue("The text is not a date, such as 2024-02-29.")
    return _date(match)


def read_time(text: str) -> Time:
    match = WHOLE_TIME.fullmatch(text)
    if match is None:
        raise NoValue("The text is not a time, such as 08:30:00.")
    nanos = _nanos(match)
    return Time(nanos % DAY, _zone(match["zone"]))


def read_datetime(text: str) -> DateTime:
    match = WHOLE_DATETIME.fullmatch(text)
    if match is None:
        raise NoValue("The text is not a date and time, such as 2024-02-29T08:30:00.")
    moment = DateTime(_date(match), 0, _zone(match["zone"]))
    nanos = _nanos(match)
    if nanos == DAY:  # midnight, as the end of the day
        return DateTime(Date.numbered(moment.date.number + 1), 0, moment.zone)
    return DateTime(moment.date, nanos, moment.zone)


def read_duration(text: str) -> Duration | YearsMonths:
    match = WHOLE_YEARS_MONTHS.fullmatch(text)
    if match is not None:
        minus, years, months = match.groups()
        total = int(years or 0) * 12 + int(months or 0)
        return YearsMonths(-total if minus else total)
    match = WHOLE_DURATION.fullmatch(text)
    if match is None:
        raise NoValue("The text is not a date, a time or a duration.")
    minus, days, hours, minutes, seconds, fraction = match.groups()
    total = (
        int(days or 0) * DAY
        + int(hours or 0) * HOUR
        + int(minutes or 0) * MINUTE
        + int(seconds or 0) * SECOND
        + _fraction(fraction)
    )
    return Duration(-total if minus else total)


def offset_zone(seconds: int) -> tzinfo:
    """Return the zone that is so many seconds east of Greenwich; raises `NoValue` for what is no offset."""
    if abs(seconds) > LARGEST_OFFSET:
        raise NoValue("A time is at most 14 hours away from Greenwich.")
    return fixed(seconds)


def text_of(value: Date | Time | DateTime | Duration | YearsMonths) -> str:
    """Write a value as it is read."""
    if isinstance(value, Date):
        return _date_text(value)
    if isinstance(value, Time):
        return _time_text(value)
    if isinstance(value, DateTime):
        return f"{_date_text(value.date)}T{_time_text(value)}"
    if isinstance(value, YearsMonths):
        return _years_months_text(value.months)
    return _duration_text(value.nanos)


def _date(match: re.Match[str]) -> Date:
    return Date.of(int(match["year"]), int(match["month"]), int(match["day"]))


def _nanos(match: re.Match[str]) -> int:
    """Return the time since midnight; 24:00:00 is the end of the day."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    nanos = hour * HOUR + minute * MINUTE + second * SECOND + _fraction(match["fraction"])
    if minute > 59 or second > 59 or nanos > DAY:
        raise NoValue("There is no such time of the day.")
    return nanos


def _fraction(digits: str | None) -> int:
    return int(digits[:9].ljust(9, "0")) if digits else 0


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    if text.startswith("@"):
        return named_zone(text[1:])
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if minutes > 59 or sum(seconds) > 59:
        raise NoValue("There is no such time of the day.")
    total = hours * 3600 + minutes * 60 + sum(seconds)
    return offset_zone(-total if text[0] == "-" else total)


def named_zone(name: str) -> ZoneInfo:
    """Return a zone of the world; raises `NoValue` where there is none of the name."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError) as error:
        raise NoValue("There is no time zone '{name}'.", name=name[:40]) from error


def _date_text(value: Date) -> str:
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def _time_text(value: Time | DateTime) -> str:
    fraction = f".{value.fraction:09}".rstrip("0") if value.fraction else ""
    clock = f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}"
    if value.zone_name is not None:
        return f"{clock}@{value.zone_name}"
    return clock if value.offset is None else clock + _offset_text(value.offset)


def _offset_text(offset: int) -> str:
    if offset == 0:
        return "Z"
    sign, seconds = "-" if offset < 0 else "+", abs(offset)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _years_months_text(months: int) -> str:
    sign, years, rest = "-" if months < 0 else "", abs(months) // 12, abs(months) % 12
    if years and not rest:
        return f"{sign}P{years}Y"
    return f"{sign}P{years}Y{rest}M" if years else f"{sign}P{rest}M"


def _duration_text(nanos: int) -> str:
    sign, rest = "-" if nanos < 0 else "", abs(nanos)
    days, rest = divmod(rest, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, fraction = divmod(rest, SECOND)
    written = f"{seconds}" + (f".{fraction:09}".rstrip("0") if fraction else "")
    clock = "".join(
        f"{amount}{unit}"
        for amount, unit in ((str(hours), "H"), (str(minutes), "M"), (written, "S"))
        if amount != "0"
    )
    day = f"{days}D" if days else ""
    if not clock and not day:
        return "PT0S"
    return f"{sign}P{day}" + (f"T{clock}" if clock else "")
