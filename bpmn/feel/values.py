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
from bpmn.feel.errors import NoValue
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
        above = self._keeps_apart(self.start, value, self.start, included=self.start_included)
        below = self._keeps_apart(value, self.end, self.end, included=self.end_included)
        if above is False or below is False:
            return False
        return None if above is None or below is None else True

    def _keeps_apart(self, low: Any, high: Any, end: Any, *, included: bool) -> bool | None:
        if end is None and self.open_ended:
            return True
        order = compare(low, high)
        return None if order is None else order < 0 or (order == 0 and included)


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

MOMENT = 6
"""Steps to find where a moment stands on the clock of Greenwich."""
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


def price(value: Any) -> int:
    """Return the steps that it takes to compare a value."""
    return MOMENT if type(value) in {Time, DateTime} else 1


def compare(left: Any, right: Any) -> int | None:
    """Return -1, 0 or 1 as the left is smaller, equal or larger; None where there is no order."""
    one, other = type(left), type(right)
    if (one in NUMBERS and other in NUMBERS) or (one is str and other is str):
        return _sign(left, right)
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
    return _sign(left, right)


def order(left: Any, right: Any) -> int:
    """Compare values that have an order; raises `NoValue` for others."""
    found = compare(left, right)
    if found is None:
        raise NoValue(
            "Values of the types {left} and {right} have no order.",
            left=kind(left),
            right=kind(right),
        )
    return found


def equal(left: Any, right: Any, budget: Budget | None = None) -> bool | None:
    """
    Tell whether values are equal; None where their kinds cannot be.

    Null is equal to null only. A list or context that holds incomparable parts is unequal.
    """
    if left is None or right is None:
        return left is right
    if kind(left) == kind(right):
        same = EQUALITY.get(type(left))
        if same is None:
            return bool(left == right)
        return same(left, right, budget or Budget(DEFAULT))
    if {type(left), type(right)} == {Date, DateTime}:
        return _same_moment(_dated(left), _dated(right))
    return None


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _same_list(left: list[Any], right: list[Any], budget: Budget) -> bool:
    if len(left) != len(right):
        return False
    budget.pay(len(left))
    return all(equal(one, other, budget) is True for one, other in zip(left, right, strict=True))


def _same_context(left: dict[str, Any], right: dict[str, Any], budget: Budget) -> bool:
    if left.keys() != right.keys():
        return False
    budget.pay(len(left))
    return all(equal(value, right[name], budget) is True for name, value in left.items())


def _same_moment(left: Any, right: Any, budget: Budget | None = None) -> bool:
    if budget is not None:
        budget.pay(MOMENT)
    if (left.zone is None) != (right.zone is None):
        return False
    return bool(left.instant == right.instant)


def _same_range(left: Range, right: Range, budget: Budget) -> bool:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start, budget) is True
        and equal(left.end, right.end, budget) is True
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


EQUALITY: dict[type, Callable[[Any, Any, Budget], bool]] = {
    list: _same_list,
    dict: _same_context,
    Time: _same_moment,
    DateTime: _same_moment,
    Range: _same_range,
}
"""Values that Python does not compare as FEEL does."""
