"""
The operators between two values, by their kinds.

Each names what it accepts and refuses the rest, so that a new kind of value has no operators until
somebody gives it some.
"""

import operator
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bpmn.scripting import kinds, numbers
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.run import Run

Operation = Callable[[Run, Any, Any], Any]

LENGTH_OF_TIME = {
    "+": (
        (date, timedelta),
        (datetime, timedelta),
        (timedelta, date),
        (timedelta, datetime),
        (timedelta, timedelta),
    ),
    "-": (
        (date, date),
        (date, timedelta),
        (datetime, datetime),
        (datetime, timedelta),
        (timedelta, timedelta),
    ),
    "*": ((timedelta, int), (int, timedelta), (timedelta, float), (float, timedelta)),
    "/": ((timedelta, timedelta), (timedelta, int), (timedelta, float)),
    "//": ((timedelta, timedelta), (timedelta, int)),
    "%": ((timedelta, timedelta),),
}
"""The kinds between which an operator speaks about time."""


def add(run: Run, left: Any, right: Any) -> Any:
    kind, other = type(left), type(right)
    if kind in kinds.NUMBERS and other in kinds.NUMBERS:
        return numbers.calculate(run, operator.add, left, right)
    if kind is str and other is str:
        run.room_for_text(len(left) + len(right))
        return left + right
    if kind is list and other is list:
        run.room_for_items(len(left) + len(right))
        return left + right
    return _in_time("+", operator.add, left, right)


def multiply(run: Run, left: Any, right: Any) -> Any:
    kind, other = type(left), type(right)
    if kind in kinds.NUMBERS and other in kinds.NUMBERS:
        return numbers.calculate(run, operator.mul, left, right)
    if kind is int and other in (str, list):
        return _repeat(run, right, left)
    if other is int and kind in (str, list):
        return _repeat(run, left, right)
    return _in_time("*", operator.mul, left, right)


def subtract(run: Run, left: Any, right: Any) -> Any:
    return _calculated(run, "-", operator.sub, left, right)


def divide(run: Run, left: Any, right: Any) -> Any:
    return _calculated(run, "/", operator.truediv, left, right)


def floor_divide(run: Run, left: Any, right: Any) -> Any:
    return _calculated(run, "//", operator.floordiv, left, right)


def modulo(run: Run, left: Any, right: Any) -> Any:
    if type(left) is str:
        raise ExpressionFailed("Texts are not formatted with '%'; put them together with '+'.")
    return _calculated(run, "%", operator.mod, left, right)


def remainder(run: Run, left: Any, right: Any) -> Any:
    """Return what is left of a division as JUEL has it: with the sign of what is divided."""
    if type(left) not in kinds.NUMBERS or type(right) not in kinds.NUMBERS:
        return modulo(run, left, right)
    found = modulo(run, abs(left), abs(right))
    return -found if left < 0 else found


def power(run: Run, left: Any, right: Any) -> Any:
    if type(left) in kinds.NUMBERS and type(right) in kinds.NUMBERS:
        return numbers.power(run, left, right)
    raise _unlike("**", left, right)


def negative(run: Run, value: Any) -> Any:
    return _signed(run, "-", operator.neg, value)


def positive(run: Run, value: Any) -> Any:
    return _signed(run, "+", operator.pos, value)


def _signed(run: Run, sign: str, operate: Callable[[Any], Any], value: Any) -> Any:
    if type(value) in kinds.NUMBERS:
        return operate(numbers.checked(run, value))
    if type(value) is timedelta:
        return _timed(lambda left, _: operate(left), value, None)
    raise ExpressionFailed(
        "'{sign}' stands before a number, not before a value of the kind {kind}.",
        sign=sign,
        kind=kinds.word(value),
    )


def _calculated(
    run: Run, sign: str, operate: Callable[[Any, Any], Any], left: Any, right: Any
) -> Any:
    if type(left) in kinds.NUMBERS and type(right) in kinds.NUMBERS:
        return numbers.calculate(run, operate, left, right)
    return _in_time(sign, operate, left, right)


def _in_time(sign: str, operate: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    if (type(left), type(right)) in LENGTH_OF_TIME[sign]:
        return _timed(operate, left, right)
    raise _unlike(sign, left, right)


def _timed(operate: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        return operate(left, right)
    except (ArithmeticError, ValueError) as error:
        raise ExpressionFailed("The result is no date and no duration.") from error
    except TypeError as error:
        raise ExpressionFailed(
            "A time with a zone and a time without one cannot be put together."
        ) from error


def _repeat(run: Run, values: Any, times: int) -> Any:
    length = len(values) * max(times, 0)
    if type(values) is str:
        run.room_for_text(length)
    else:
        run.room_for_items(length)
    return values * times if length else values[:0]


def _unlike(sign: str, left: Any, right: Any) -> ExpressionFailed:
    return ExpressionFailed(
        "'{sign}' does not work between the kinds {left} and {right}.",
        sign=sign,
        left=kinds.word(left),
        right=kinds.word(right),
    )
