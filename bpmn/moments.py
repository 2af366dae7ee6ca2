"""Points in time as models write them: ISO 8601 dates, date-times and durations (BPMN 2.0 §10.5.5)."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bpmn.errors import BpmnError

_DURATION = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)


class InvalidMoment(BpmnError):
    """A text is neither a date, a date-time nor a duration as ISO 8601 writes them."""


def resolve(text: str, *, after: datetime, zone: ZoneInfo) -> datetime:
    """
    Return the moment that a text names, in UTC.

    A duration counts from `after`. A date means the end of that day in the zone, since a thing due on a day
    may be done on that day; a date-time without offset is read in the zone.
    """
    text = text.strip()
    duration = _DURATION.fullmatch(text)
    try:
        if duration:
            return _add(after.astimezone(zone), duration.groupdict()).astimezone(UTC)
        if "T" not in text.upper():
            day = date.fromisoformat(text)
            return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidMoment(
            "'{text}' is neither a date (2026-05-01), a date-time nor a duration (P14D).",
            text=text,
        ) from error


def _add(start: datetime, parts: dict[str, str | None]) -> datetime:
    """Add a duration: months by the calendar (31 January + P1M is 28 February), the rest by length."""
    sign = -1 if parts.pop("sign") else 1
    number = {name: float(value) for name, value in parts.items() if value}
    months = sign * int(number.pop("years", 0) * 12 + number.pop("months", 0))
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day) + sign * timedelta(**number)
