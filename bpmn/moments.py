"""
Points in time as models write them: ISO 8601 dates, date-times and durations (BPMN 2.0 §10.5.5).

When a task is due may also be said in working days, `5BD`. Which days these are depends on where somebody works,
and nobody in this room can tell: such a due date stays a number.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bpmn import cron
from bpmn.description import TimerKind
from bpmn.errors import BpmnError

_DURATION = re.compile(
    r"(?P<sign>-)?P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)

_COUNT = re.compile(r"R(\d{0,9})", re.ASCII | re.IGNORECASE)

_MEANT = re.compile(
    r"\d.*|R-?\d*/.*|[-+]?P(?:[-+]?[\d.,]+[YMWDHS]|T)[-+.,\dYMWDTHS]*", re.ASCII | re.DOTALL
)

_NOT_A_TIME = "'{text}' is neither a date (2026-05-01), a date-time nor a duration (P14D)."
LONGEST_SHOWN = 80
"""Of a text that is no time, in characters."""

MOST_WORKING_DAYS = 5_000
"""About twenty years."""

_WORKING_DAYS = re.compile(r"[1-9]\d{0,3}(?=BD\Z)", re.ASCII)
_WORKING_DAYS_MEANT = re.compile(r"[-+P\d.,\s]*BD[-+\d.,\s]*", re.ASCII | re.IGNORECASE)


class InvalidMoment(BpmnError):
    """A text is neither a date, a date-time nor a duration as ISO 8601 writes them."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days after the day on which a thing begins."""

    count: int


def written(value: object) -> str | None:
    """Return a time or a duration as ISO 8601 writes it, and a text as it is; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        sign, length = ("-", -value) if value < timedelta() else ("", value)
        return f"{sign}P{length.days}DT{length.seconds}S"
    return None


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
        raise InvalidMoment(_NOT_A_TIME, text=text[:LONGEST_SHOWN]) from error


def due(text: str, *, after: datetime, zone: ZoneInfo) -> datetime | WorkingDays:
    """Return until when something is to be done: what `resolve` returns, or for `5BD` how many working days."""
    text = text.strip()
    if not _WORKING_DAYS_MEANT.fullmatch(text):
        return resolve(text, after=after, zone=zone)
    number = _WORKING_DAYS.match(text)
    if number is None or int(number[0]) > MOST_WORKING_DAYS:
        raise InvalidMoment(
            "'{text}' is not read: working days are written 5BD, at least 1BD and at most {most}BD.",
            text=text[:LONGEST_SHOWN],
            most=MOST_WORKING_DAYS,
        )
    return WorkingDays(int(number[0]))


def _add(start: datetime, parts: dict[str, str | None]) -> datetime:
    """
    Add a duration: months and days by the calendar and the clock of the zone, hours by their length.

    31 January + P1M is 28 February; P1D is the same time tomorrow, also when the clock changes, and PT24H is not.
    """
    sign = -1 if parts.pop("sign") else 1
    number = {name: float(value) for name, value in parts.items() if value}
    months = sign * int(number.pop("years", 0) * 12 + number.pop("months", 0))
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    days = timedelta(weeks=number.pop("weeks", 0), days=number.pop("days", 0))
    moved = start.replace(year=year, month=month + 1, day=day)
    if days:  # else it stays the first or the second of two hours with the same name
        moved += sign * days
    return moved.astimezone(UTC) + sign * timedelta(**number)


def is_written(text: str) -> bool:
    """Tell whether a text is a time as ISO 8601 or cron writes it, and not an expression of one."""
    if cron.is_written(text):
        return True
    try:
        _parts(text)
    except InvalidMoment:
        return False
    return True


def is_meant(text: str) -> bool:
    """Tell whether a text looks like a time, so that it is no expression of one; it may be wrong all the same."""
    return _MEANT.fullmatch(text.strip()) is not None


def first(text: str, kind: TimerKind, *, after: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Return when a timer fires first (`due`) and, for a cycle, what is left of it (`every`, `left`)."""
    if kind is TimerKind.CYCLE and cron.is_written(text):
        return {"due": cron.following(text, after=after, zone=zone), "every": text, "left": None}
    repeats, start, interval = _parts(text)
    if kind is not TimerKind.CYCLE and _COUNT.match(text.strip()):
        raise InvalidMoment(
            "'{text}' comes again; that is for cycles (timeCycle).", text=text[:LONGEST_SHOWN]
        )
    if kind is not TimerKind.CYCLE or interval is None:
        return {"due": resolve(interval or start or text, after=after, zone=zone)}
    if resolve(interval, after=after, zone=zone) <= after:
        raise InvalidMoment("'{text}' does not go forward in time.", text=text)
    begun = resolve(start, after=after, zone=zone) if start else None
    due = begun if begun is not None else resolve(interval, after=after, zone=zone)
    return {"due": due, "every": interval, "left": repeats}


def following(
    timer: Mapping[str, Any], *, after: datetime, zone: ZoneInfo
) -> dict[str, Any] | None:
    """Return the next time of a cycle that has fired; None when it was the last."""
    left = timer["left"]
    if left is not None and left <= 1:
        return None
    due = _next(timer["every"], timer["due"], after=after, zone=zone)
    return {"due": due, "every": timer["every"], "left": None if left is None else left - 1}


def _next(every: str, last: datetime, *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first time after a moment; what was missed while nobody was there is not made up for."""
    if cron.is_written(every):
        return cron.following(every, after=max(last, after), zone=zone)
    due = resolve(every, after=last, zone=zone)
    if not _is_by_calendar(every):  # months and years differ, and are few
        clock = UTC if every.lstrip("-").startswith("PT") else zone
        begun, now = last.astimezone(clock), after.astimezone(clock)
        step = due.astimezone(clock) - begun
        rounds = (now - begun) // step
        if rounds > 1:
            due = (begun + (rounds - 1) * step).astimezone(UTC)
    while due <= after:
        due = resolve(every, after=due, zone=zone)
    return due


def _is_by_calendar(every: str) -> bool:
    duration = _DURATION.fullmatch(every)
    return duration is not None and any(int(duration[name] or 0) for name in ("years", "months"))


def _parts(text: str) -> tuple[int | None, str | None, str | None]:
    """Take `R3/2026-05-01T08:00/PT1H` apart: how often, from when, how long between."""
    text = text.strip()
    *before, last = text.split("/")
    count = _COUNT.fullmatch(before.pop(0)) if before else None
    if len(before) > 1 or ("/" in text and count is None):
        raise InvalidMoment(_NOT_A_TIME, text=text[:LONGEST_SHOWN])
    for piece in (*before, last):
        resolve(piece, after=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    is_duration = _DURATION.fullmatch(last) is not None
    if (count is not None and not is_duration) or any(map(_DURATION.fullmatch, before)):
        raise InvalidMoment(
            "'{text}' is not read: a cycle is written R3/PT1H, with its start before the duration.",
            text=text[:LONGEST_SHOWN],
        )
    repeats = int(count[1]) if count and count[1] else None
    return (repeats, next(iter(before), None), last) if is_duration else (None, last, None)
