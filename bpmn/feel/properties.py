"""What a path finds in dates, times, durations and ranges (table 62 and 65)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from bpmn.feel import values
from bpmn.feel.errors import NoValue
from bpmn.feel.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Clock,
    Date,
    DateTime,
    Duration,
    Time,
    YearsMonths,
)
from bpmn.feel.values import Range

Properties = Mapping[str, Callable[[Any], Any]]


def of(value: Any, name: str) -> Any:
    """Return a property; raises `NoValue` where there is none of that name."""
    found = PROPERTIES.get(type(value), {}).get(name)
    if found is None:
        raise NoValue(
            "A value of type {kind} has no property '{name}'.", kind=values.kind(value), name=name
        )
    return found(value)


def _second(value: Clock) -> int | Decimal:
    if value.fraction == 0:
        return value.second
    return Decimal(value.nanos % MINUTE).scaleb(-9).normalize()


def _offset(value: Time | DateTime) -> Duration | None:
    return None if value.offset is None else Duration(value.offset * SECOND)


def _part(unit: int, within: int) -> Callable[[Duration], int]:
    """Return what counts the units of a duration that do not make up a larger one."""

    def count(value: Duration) -> int:
        whole = abs(value.nanos) // unit % within
        return -whole if value.nanos < 0 else whole

    return count


def _seconds(value: Duration) -> int | Decimal:
    nanos = abs(value.nanos) % MINUTE * (-1 if value.nanos < 0 else 1)
    return nanos // SECOND if nanos % SECOND == 0 else Decimal(nanos).scaleb(-9).normalize()


def _years(value: YearsMonths) -> int:
    return abs(value.months) // 12 * (-1 if value.months < 0 else 1)


def _months(value: YearsMonths) -> int:
    return abs(value.months) % 12 * (-1 if value.months < 0 else 1)


CLOCK: Properties = {
    "hour": lambda value: value.hour,
    "minute": lambda value: value.minute,
    "second": _second,
    "time offset": _offset,
    "timezone": lambda value: value.zone_name,
}
PROPERTIES: Mapping[type, Properties] = {
    Date: {
        "year": lambda date: date.year,
        "month": lambda date: date.month,
        "day": lambda date: date.day,
        "weekday": lambda date: date.weekday,
    },
    Time: CLOCK,
    DateTime: {
        "year": lambda moment: moment.date.year,
        "month": lambda moment: moment.date.month,
        "day": lambda moment: moment.date.day,
        "weekday": lambda moment: moment.date.weekday,
        **CLOCK,
    },
    Duration: {
        "days": _part(DAY, 10**34),
        "hours": _part(HOUR, 24),
        "minutes": _part(MINUTE, 60),
        "seconds": _seconds,
    },
    YearsMonths: {"years": _years, "months": _months},
    Range: {
        "start": lambda range_: range_.start,
        "end": lambda range_: range_.end,
        "start included": lambda range_: range_.start_included,
        "end included": lambda range_: range_.end_included,
    },
}
