"""Where values come in from Python, and go back: copies, so that nothing is shared with the outside."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.feel import numbers
from bpmn.feel.budget import Budget
from bpmn.feel.errors import BudgetExceeded, NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.temporal import (
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
from bpmn.feel.values import Range

MICROSECOND = 1000
OURS = frozenset({type(None), bool, str, Date, Time, DateTime, Duration, YearsMonths})
"""What is the same inside and outside."""


def inward(value: Any, budget: Budget) -> Any:
    """Return the value as one of ours; raises `NoValue` for what no expression knows."""
    return _inward(value, budget, budget.limits.nesting)


def outward(value: Any, budget: Budget) -> Any:
    """Return the value as Python has it."""
    return _outward(value, budget, budget.limits.nesting)


def _inward(value: Any, budget: Budget, depth: int) -> Any:
    kind = type(value)
    if kind in OURS:
        return value
    if kind is int:
        return numbers.fitting(value)
    if kind is dict or issubclass(kind, Mapping):
        budget.items(len(value))
        depth = _less(depth, budget)
        return {_key(key): _inward(each, budget, depth) for key, each in value.items()}
    if issubclass(kind, list | tuple | set | frozenset):
        budget.items(len(value))
        depth = _less(depth, budget)
        return [_inward(each, budget, depth) for each in value]
    if kind is Range:
        return _range(value, _inward, budget, _less(depth, budget))
    return _simple(value)


def _simple(value: Any) -> Any:
    """Ask a stranger for its type only, which is not the stranger's to answer."""
    if issubclass(type(value), Invocable):
        return value
    for python, change in INWARD:
        if issubclass(type(value), python):
            return change(value)
    raise NoValue("A value is of a kind that expressions do not know.")


def _outward(value: Any, budget: Budget, depth: int) -> Any:
    kind = type(value)
    if kind is list:
        budget.items(len(value))
        depth = _less(depth, budget)
        return [_outward(each, budget, depth) for each in value]
    if kind is dict:
        budget.items(len(value))
        depth = _less(depth, budget)
        return {key: _outward(each, budget, depth) for key, each in value.items()}
    if kind is str:
        budget.characters(
            len(value)
        )  # a text that stands in many places is long when it is written
        return value
    if kind is Range:
        return _range(value, _outward, budget, _less(depth, budget))
    change = OUTWARD.get(kind)
    return value if change is None else change(value)


def _range(value: Range, change: Callable[..., Any], budget: Budget, depth: int) -> Range:
    return Range(
        change(value.start, budget, depth),
        change(value.end, budget, depth),
        value.start_included,
        value.end_included,
        value.open_ended,
    )


def _less(depth: int, budget: Budget) -> int:
    if depth == 0:
        raise BudgetExceeded(
            "Values may not be nested more than {limit} deep.", limit=budget.limits.nesting
        )
    return depth - 1


def _key(key: object) -> str:
    if type(key) is str:
        return key
    if not isinstance(key, str):
        raise NoValue("A context has an entry whose name is not a text.")
    return str.__str__(key)


def _date_in(value: date) -> Date:
    return Date(value.year, value.month, value.day)


def _nanos(value: time | datetime) -> int:
    return (
        value.hour * HOUR
        + value.minute * MINUTE
        + value.second * SECOND
        + value.microsecond * MICROSECOND
    )


def _datetime_in(value: datetime) -> DateTime:
    return DateTime(_date_in(value), _nanos(value), _zone(value.tzinfo, value.utcoffset()))


def _time_in(value: time) -> Time:
    return Time(_nanos(value), _zone(value.tzinfo, value.utcoffset()))


def _zone(zone: tzinfo | None, offset: timedelta | None) -> tzinfo | None:
    """Keep a zone with a name, and of others what they are now."""
    if zone is None or isinstance(zone, ZoneInfo | timezone):
        return zone
    return None if offset is None else fixed(int(offset.total_seconds()))


def _duration_in(value: timedelta) -> Duration:
    seconds = value.days * 86_400 + value.seconds
    return Duration(seconds * SECOND + value.microseconds * MICROSECOND)


INWARD: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, lambda value: numbers.fitting(int(value))),
    (float, lambda value: numbers.rounded(Decimal(float.__repr__(value)))),
    (Decimal, lambda value: numbers.rounded(Decimal(value))),
    (str, str.__str__),
    (datetime, _datetime_in),  # before date, of which it is a kind
    (date, _date_in),
    (time, _time_in),
    (timedelta, _duration_in),
)


def _date_out(value: Date) -> date | Date:
    return date(value.year, value.month, value.day) if 1 <= value.year <= 9999 else value


def _time_out(value: Time) -> time | Time:
    micros, rest = divmod(value.fraction, MICROSECOND)
    if rest:
        return value
    return time(value.hour, value.minute, value.second, micros, tzinfo=value.zone)


def _datetime_out(value: DateTime) -> datetime | DateTime:
    day, clock = _date_out(value.date), _time_out(value.time)
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    return value


def _duration_out(value: Duration) -> timedelta | Duration:
    micros, rest = divmod(value.nanos, MICROSECOND)
    if rest:
        return value
    try:
        return timedelta(microseconds=micros)
    except OverflowError:
        return value


OUTWARD: dict[type, Callable[[Any], Any]] = {
    Date: _date_out,
    Time: _time_out,
    DateTime: _datetime_out,
    Duration: _duration_out,
}
