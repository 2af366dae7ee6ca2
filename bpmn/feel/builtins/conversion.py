"""From one kind of value to another (§10.3.4.1), and `is`, `not`."""

import re
from decimal import Decimal
from typing import Any

from bpmn.feel import iso, numbers, text, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.run import Run
from bpmn.feel.temporal import (
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    Duration,
    Time,
    YearsMonths,
    midnight,
)

NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def number(run: Run, said: str, grouping: str | None = None, point: str | None = None) -> Any:  # noqa: ARG001
    """Read a number as people of different countries write it."""
    if grouping not in (None, " ", ".", ",") or point not in (None, ".", ","):
        raise NoValue(
            "Groups of digits are parted by a space, '.' or ',', decimals by '.' or ','."
        )
    if grouping is not None and grouping == (point or "."):
        raise NoValue("Groups of digits and decimals are parted by the same sign.")
    if grouping:
        said = said.replace(grouping, "")
    if point == ",":
        if "." in said:
            raise NoValue("The text is not a number.")
        said = said.replace(",", ".")
    if not NUMBER.fullmatch(said) or len(said) > 10_000:
        raise NoValue("The text is not a number.")
    return numbers.whole(_read(said)) if "." not in said else _read(said)


def _read(said: str) -> numbers.Number:
    try:
        return numbers.rounded(Decimal(said))
    except ArithmeticError as error:
        raise NoValue("The number is too large.") from error


def string(run: Run, value: Any) -> str | None:
    if value is None:
        return None
    if type(value) in TEMPORAL:
        return iso.text_of(value)
    return text.to_text(value, run.budget)


def date_from(run: Run, value: Any) -> Date:  # noqa: ARG001
    if type(value) is str:
        return iso.read_date(value)
    if type(value) is Date:
        return value
    if type(value) is DateTime:
        return value.date
    raise _unlike("date", value)


def date_of(run: Run, year: Any, month: Any, day: Any) -> Date:  # noqa: ARG001
    return Date.of(*map(numbers.integer, (year, month, day)))


def time_from(run: Run, value: Any) -> Time:  # noqa: ARG001
    if type(value) is str:
        return iso.read_time(value)
    if type(value) is Time:
        return value
    if type(value) is DateTime:
        return value.time
    if type(value) is Date:
        return midnight(value).time
    raise _unlike("time", value)


def time_of(run: Run, hour: Any, minute: Any, second: Any, offset: Duration | None = None) -> Time:  # noqa: ARG001
    hours, minutes = numbers.integer(hour), numbers.integer(minute)
    nanos = numbers.integer(numbers.multiply(second, SECOND))
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= nanos < MINUTE):
        raise NoValue("There is no such time of the day.")
    zone = None if offset is None else iso.offset_zone(int(offset.nanos / SECOND))
    return Time(hours * HOUR + minutes * MINUTE + nanos, zone)


def date_and_time_from(run: Run, value: Any) -> DateTime:  # noqa: ARG001
    if type(value) is str:
        if iso.WHOLE_DATE.fullmatch(value):
            return DateTime(iso.read_date(value), 0)
        return iso.read_datetime(value)
    if type(value) is DateTime:
        return value
    if type(value) is Date:
        return midnight(value)
    raise _unlike("date and time", value)


def date_and_time_of(run: Run, day: Any, time: Time) -> DateTime:
    return DateTime(date_from(run, _dated(day)), time.nanos, time.zone)


def duration(run: Run, value: Any) -> Duration | YearsMonths:  # noqa: ARG001
    if type(value) is str:
        return iso.read_duration(value)
    if type(value) in (Duration, YearsMonths):
        return value  # type: ignore[no-any-return]
    raise _unlike("duration", value)


def years_and_months_duration(run: Run, start: Any, end: Any) -> YearsMonths:
    """Return the whole months between two days."""
    first, last = date_from(run, _dated(start)), date_from(run, _dated(end))
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonths(months)


def is_(run: Run, left: Any, right: Any) -> bool:
    """Tell whether values are the same, also in their kind and zone."""
    if values.kind(left) != values.kind(right):
        return False
    if type(left) in (Time, DateTime):
        return bool(left == right) or (
            left.offset == right.offset
            and left.zone_name == right.zone_name
            and left.instant == right.instant
        )
    return values.equal(left, right, run.budget) is True


def not_(run: Run, value: Any) -> bool | None:  # noqa: ARG001
    if value is None:
        return None
    if type(value) is not bool:
        raise _unlike("boolean", value)
    return not value


def _dated(value: Any) -> Any:
    if type(value) not in (Date, DateTime):
        raise _unlike("date", value)
    return value


def _unlike(expected: str, value: Any) -> NoValue:
    return NoValue(
        "A value of type {kind} does not become one of type {expected}.",
        kind=values.kind(value),
        expected=expected,
    )


TEMPORAL = frozenset({Date, Time, DateTime, Duration, YearsMonths})

CLOCK = "hour: number, minute: number, second: number"

FUNCTIONS: tuple[Invocable, ...] = (
    builtin(
        "number",
        ("from: string", number),
        (
            "from: string, grouping separator: string or null, decimal separator: string or null",
            number,
        ),
    ),
    builtin("string", ("from: any", string)),
    builtin(
        "date", ("from: some", date_from), ("year: number, month: number, day: number", date_of)
    ),
    builtin(
        "time",
        ("from: some", time_from),
        (f"{CLOCK}, offset?: days and time duration or null", time_of),
    ),
    builtin(
        "date and time",
        ("from: some", date_and_time_from),
        ("date: some, time: time", date_and_time_of),
    ),
    builtin("duration", ("from: some", duration)),
    builtin("years and months duration", ("from: some, to: some", years_and_months_duration)),
    builtin("is", ("value1: any, value2: any", is_)),
    builtin("not", ("negand: any", not_)),
)
"""Functions that take a value of several kinds look at it themselves."""
