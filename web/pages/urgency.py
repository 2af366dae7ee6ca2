"""How soon a task is due, which is how an inbox is read."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from engine.inbox.models import NEVER
from engine.tasks.models import UserTask

SUNDAY = 6


class Urgency(StrEnum):
    """In the order in which the inbox shows them."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    WHENEVER = "whenever"


def of(due_at: datetime | None, now: datetime, zone: ZoneInfo) -> Urgency:
    """A week ends with its Sunday."""
    if due_at is None:
        return Urgency.WHENEVER
    if due_at < now:
        return Urgency.LATE
    today = now.astimezone(zone).date()
    day = due_at.astimezone(zone).date()
    if day == today:
        return Urgency.TODAY
    if day <= today + timedelta(days=SUNDAY - today.weekday()):
        return Urgency.THIS_WEEK
    return Urgency.LATER


def grouped(
    tasks: Iterable[UserTask], now: datetime, zone: ZoneInfo
) -> dict[Urgency, list[UserTask]]:
    """Sort tasks by how soon they are due; what nobody has to do is left out."""
    found: dict[Urgency, list[UserTask]] = {each: [] for each in Urgency}
    for task in tasks:
        found[of(task.due_at, now, zone)].append(task)
    return {each: rows for each, rows in found.items() if rows}


def spans(now: datetime, zone: ZoneInfo) -> dict[Urgency, tuple[datetime, datetime]]:
    """Return from when until when a task is due that is as urgent as this; the end is not included."""
    today = now.astimezone(zone).date()
    ends = [
        now,
        _midnight_after(today, zone),
        _midnight_after(today + timedelta(days=SUNDAY - today.weekday()), zone),
        NEVER,
        datetime.max.replace(tzinfo=UTC),
    ]
    begins = [datetime.min.replace(tzinfo=UTC), *ends]
    return {each: (begins[number], ends[number]) for number, each in enumerate(Urgency)}


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, zone)
