"""What `+`, `-`, `*`, `/` and `**` do with values of each kind (tables 57 to 61)."""

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.feel import numbers, values
from bpmn.feel.budget import Budget
from bpmn.feel.errors import NoValue
from bpmn.feel.temporal import DAY, Date, DateTime, Duration, Time, YearsMonths, midnight

Operation = Callable[[Any, Any], Any]

NUMERIC: Mapping[str, Operation] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "**": numbers.power,
}


def operate(sign: str, left: Any, right: Any, budget: Budget) -> Any:
    """Return the result; raises `NoValue` where values of these kinds have none."""
    one, other = type(left), type(right)
    if one in values.NUMBERS and other in values.NUMBERS:
        return NUMERIC[sign](left, right)
    if one is str and other is str and sign == "+":
        budget.characters(len(left) + len(right))
        return left + right
    found = TEMPORAL.get((sign, values.kind(left), values.kind(right)))
    if found is None:
        raise NoValue(
            "'{sign}' does not work between values of the types {left} and {right}.",
            sign=sign,
            left=values.kind(left),
            right=values.kind(right),
        )
    return found(left, right)


def negative(value: Any) -> Any:
    """Return `-value`; raises `NoValue` for what has none."""
    if type(value) in values.NUMBERS:
        return numbers.negative(value)
    if type(value) is Duration:
        return Duration(-value.nanos)
    if type(value) is YearsMonths:
        return YearsMonths(-value.months)
    raise NoValue("'-' does not work on a value of type {kind}.", kind=values.kind(value))


def _date_later(date: Date, duration: Duration) -> Date:
    return Date.numbered((date.number * DAY + duration.nanos) // DAY)


def _span(end: Time | DateTime, start: Time | DateTime) -> Duration:
    if (end.zone is None) != (start.zone is None):
        raise NoValue("A time with a zone and one without have no difference.")
    return Duration(end.instant - start.instant)


def _times(duration: Duration, number: numbers.Number) -> Duration:
    return Duration(numbers.integer(numbers.multiply(duration.nanos, number)))


def _months_times(duration: YearsMonths, number: numbers.Number) -> YearsMonths:
    return YearsMonths(numbers.integer(numbers.multiply(duration.months, number)))


def _divided(duration: Duration, number: numbers.Number) -> Duration:
    return Duration(numbers.integer(numbers.divide(duration.nanos, number)))


def _months_divided(duration: YearsMonths, number: numbers.Number) -> YearsMonths:
    return YearsMonths(numbers.integer(numbers.divide(duration.months, number)))


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _earlier(later: Operation) -> Operation:
    return lambda left, right: later(left, negative(right))


DATE, TIME, MOMENT = "date", "time", "date and time"
DURATION, MONTHS = "days and time duration", "years and months duration"

LATER: Mapping[tuple[str, str], Operation] = {
    (DATE, DURATION): _date_later,
    (DATE, MONTHS): lambda date, span: date.plus_months(span.months),
    (MOMENT, DURATION): lambda moment, duration: moment.plus(duration.nanos),
    (MOMENT, MONTHS): lambda moment, span: moment.plus_months(span.months),
    (TIME, DURATION): lambda time, duration: time.plus(duration.nanos),
    (DURATION, DURATION): lambda left, right: Duration(left.nanos + right.nanos),
    (MONTHS, MONTHS): lambda left, right: YearsMonths(left.months + right.months),
}
"""What comes of adding a duration."""

TEMPORAL: Mapping[tuple[str, str, str], Operation] = {
    **{("+", *kinds): later for kinds, later in LATER.items()},
    **{("+", span, kind): _swapped(later) for (kind, span), later in LATER.items()},
    **{("-", *kinds): _earlier(later) for kinds, later in LATER.items()},
    ("-", DATE, DATE): lambda left, right: Duration((left.number - right.number) * DAY),
    ("-", TIME, TIME): _span,
    ("-", MOMENT, MOMENT): _span,
    ("-", MOMENT, DATE): lambda left, right: _span(left, midnight(right)),
    ("-", DATE, MOMENT): lambda left, right: _span(midnight(left), right),
    ("*", DURATION, "number"): _times,
    ("*", "number", DURATION): _swapped(_times),
    ("*", MONTHS, "number"): _months_times,
    ("*", "number", MONTHS): _swapped(_months_times),
    ("/", DURATION, "number"): _divided,
    ("/", MONTHS, "number"): _months_divided,
    ("/", DURATION, DURATION): lambda left, right: numbers.divide(left.nanos, right.nanos),
    ("/", MONTHS, MONTHS): lambda left, right: numbers.divide(left.months, right.months),
}
