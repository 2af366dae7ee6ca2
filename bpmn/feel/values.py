"""
What values there are, and when they are the same (§10.3.2.2, tables 42 to 45).

Inside this room a value is None, a bool, an int or a Decimal, a str, a list, a dict, one of the classes of
`temporal`, a `Range` or a function. Of a value that is not one of these nothing can be asked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.functions import Invocable
from bpmn.feel.temporal import Date, DateTime, Duration, Time, YearsMonths, midnight

NUMBERS = frozenset({int, Decimal})


@dataclass(frozen=True, slots=True)
class Range:
    start: Any
    end: Any
    start_included: bool = True
    end_included: bool = True
    open_ended: bool = field(default=False, compare=False)
    """The end that is None is not there at all, as in `< 5`."""

    def holds(self, value: Any) -> bool | None:
        """Tell whether a value lies within."""
        above = below = True
        if not (self.open_ended and self.start is None):
            order = compare(self.start, value)
            if order is None:
                return None
            above = order < 0 or (order == 0 and self.start_included)
        if not (self.open_ended and self.end is None):
            order = compare(value, self.end)
            if order is None:
                return None
            below = order < 0 or (order == 0 and self.end_included)
        return above and below


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    Duration: "days and time duration",
    YearsMonths: "years and months duration",
    Range: "range",
}

ORDERED: dict[str, Callable[[Any], Any]] = {
    "date": lambda date: date.number,
    "days and time duration": lambda duration: duration.nanos,
    "years and months duration": lambda duration: duration.months,
}
"""What decides which of two is smaller, where the value itself does not."""


def kind(value: Any) -> str:
    """Return the name of the value's type."""
    known = KINDS.get(type(value))
    return known or ("function" if isinstance(value, Invocable) else "foreign")


def compare(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as the left is smaller, equal or larger; None where there is no order."""
    one, other = type(left), type(right)
    if (one in NUMBERS and other in NUMBERS) or (one is str and other is str):
        return (left > right) - (left < right)
    if one is not other:
        if {one, other} == {Date, DateTime}:
            return compare(_dated(left), _dated(right))
        return None
    if one is Time or one is DateTime:
        left, right = _on_one_clock(left, right)
        left, right = left.instant, right.instant
    else:
        key = ORDERED.get(KINDS.get(one, ""))
        if key is None:
            return None
        left, right = key(left), key(right)
    return (left > right) - (left < right)


def equal(left: Any, right: Any, budget: Budget | None = None) -> bool | None:
    """
    Tell whether values are equal; None where their kinds cannot be.

    Null is equal to null only. A list or context that holds incomparable parts is unequal.
    """
    one, other = type(left), type(right)
    if one in NUMBERS and other in NUMBERS:
        return bool(left == right)
    if left is None or right is None:
        return left is right
    if one is not other:
        if {one, other} == {Date, DateTime}:
            return equal(_dated(left), _dated(right))
        return None
    if one is list or one is dict:
        return _same(left, right, budget or Budget(DEFAULT))
    if one is Time or one is DateTime:
        return _same_moment(left, right)
    if one is Range:
        return _same_range(left, right)
    return bool(left == right)


def same_kind(left: Any, right: Any) -> bool:
    """Tell whether two values are of one type, be it null."""
    return kind(left) == kind(right)


def _same(left: Any, right: Any, budget: Budget) -> bool:
    if len(left) != len(right):
        return False
    budget.pay(len(left))
    if type(left) is dict:
        if left.keys() != right.keys():
            return False
        pairs = [(value, right[key]) for key, value in left.items()]
    else:
        pairs = list(zip(left, right, strict=True))
    return all(equal(one, other, budget) is True for one, other in pairs)


def _same_moment(left: Any, right: Any) -> bool:
    if (left.zone is None) != (right.zone is None):
        return False
    return bool(left.instant == right.instant)


def _same_range(left: Range, right: Range) -> bool:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )


def _dated(value: Any) -> DateTime:
    return midnight(value) if type(value) is Date else value


def _on_one_clock(left: Any, right: Any) -> tuple[Any, Any]:
    """Read a moment without a zone in the zone of the other."""
    if left.zone is None and right.zone is not None:
        left = _in_zone(left, right.zone)
    elif right.zone is None and left.zone is not None:
        right = _in_zone(right, left.zone)
    return left, right


def _in_zone(value: Any, zone: Any) -> Any:
    if type(value) is Time:
        return Time(value.nanos, zone)
    return DateTime(value.date, value.nanos, zone)
