"""
Times that come again, as cron writes them: what Camunda, Flowable and jBPM take besides ISO 8601.

Five fields (minute first), six (second first), six and a year that is `*`, or a word such as `@daily`.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bpmn.errors import BpmnError

WORDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
FIELD = re.compile(
    r"(?:[\d*/,\-?#LW]|SUN|MON|TUE|WED|THU|FRI|SAT"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+",
    re.ASCII,
)
LONGEST = 200
"""In characters: what is longer is not looked at as a time."""
FEWEST, WITH_SECONDS, WITH_YEAR = 5, 6, 7
NUMBERED_DAY = re.compile(r"(?<![/#\d])[0-7](?!\d)")


class InvalidCron(BpmnError):
    """A text is written like cron's, but cannot be read."""


def is_written(text: str) -> bool:
    """Tell whether a text looks like cron's; it may be wrong all the same."""
    if text.strip() in WORDS:
        return True
    fields = text.upper().split() if len(text) <= LONGEST else []
    return FEWEST <= len(fields) <= WITH_YEAR and all(map(FIELD.fullmatch, fields))


def following(text: str, *, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the next time after a moment, by the clock of the zone, in UTC. Raises `InvalidCron`."""
    try:
        return next(CronSim(_plain(text), after.astimezone(zone))).astimezone(UTC)
    except (CronSimError, StopIteration, OverflowError) as error:
        raise InvalidCron("'{text}' is not a time as cron writes it.", text=text) from error


def _plain(text: str) -> str:
    """
    Write it as plain cron does.

    Quartz, in Camunda 7, counts the days of the week from 1 for Sunday, cron and Camunda 8 from 0; where seconds
    are given nobody can tell which was meant, so that days have to be named there.
    """
    fields = text.upper().split()
    if text.strip() in WORDS:
        return WORDS[text.strip()]
    if len(fields) == WITH_YEAR and fields.pop() != "*":
        raise InvalidCron("'{text}' names a year, which is not read in a cycle.", text=text)
    if len(fields) == WITH_SECONDS and NUMBERED_DAY.search(fields[-1]):
        raise InvalidCron(
            "'{text}' numbers a day of the week; name it (MON), since tools count differently.",
            text=text,
        )
    return " ".join("*" if field == "?" else field for field in fields)
