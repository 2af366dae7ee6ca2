"""
Numbers, within their limits.

A decimal and a float meet as decimals, the float taken as it is written (0.1 is one tenth): amounts
from forms are decimals, numbers in a model are floats, and nobody who writes `amount * 1.25` means the
binary neighbour of 1.25. What is no number any more (infinity, "not a number", a complex number) is an
error, since it could be neither shown nor kept.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bpmn.scripting import kinds
from bpmn.scripting.errors import BudgetExceeded, ExpressionFailed
from bpmn.scripting.run import Run

BYTES_PER_STEP = 200
"""Memory of a number that has few digits."""


def calculate(run: Run, operate: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Apply an operation whose result has at most twice the digits of its operands; not a power."""
    if type(left) is Decimal or type(right) is Decimal:
        left, right = decimal(run, left), decimal(run, right)
    else:
        checked(run, left)
        checked(run, right)
    return checked(run, _result(operate, left, right))


def power(run: Run, left: Any, right: Any) -> Any:
    if type(left) in kinds.INTEGERS and type(right) in kinds.INTEGERS:
        return _integer_power(run, int(left), int(right))
    return calculate(run, pow, left, right)


def _integer_power(run: Run, base: int, exponent: int) -> Any:
    checked(run, base)
    checked(run, exponent)
    bits = (abs(base).bit_length() - 1) * exponent  # the result has at least as many
    if bits > run.limits.largest.bit_length():
        raise _too_large(run)
    return checked(run, _result(pow, base, exponent))


def checked(run: Run, number: Any) -> Any:
    """Return a number that can be kept; raises `ExpressionFailed` for others."""
    kind = type(number)
    if kind is int:
        largest = run.limits.largest
        if not -largest < number < largest:
            raise _too_large(run)
    elif kind is float:
        if not math.isfinite(number):
            raise _no_number()
    elif (kind is Decimal and not number.is_finite()) or kind is complex:
        raise _no_number()
    return number


def decimal(run: Run, number: Any) -> Decimal:
    """Return a number as a decimal of the usual precision, so that what follows is cheap."""
    checked(run, number)
    kind = type(number)
    if kind is not float:
        weigh(run, number)
    return +(Decimal(repr(number)) if kind is float else Decimal(number))


def alike(run: Run, left: Any, right: Any) -> tuple[Any, Any]:
    """Return two numbers of different kinds so that they compare as they are written."""
    if type(left) is not Decimal and type(right) is not Decimal:
        return left, right
    weigh(run, left)
    weigh(run, right)
    return _written(left), _written(right)


def text(run: Run, number: Any) -> str:
    checked(run, number)
    size = number.__sizeof__()
    if type(number) is Decimal and size > BYTES_PER_STEP:
        run.room_for_text(2 * size)  # about as many digits
    return str(number)


def weigh(run: Run, number: Any) -> None:
    """Pay for going through all digits of a number that has many."""
    size = number.__sizeof__()
    if size >= BYTES_PER_STEP:
        run.burn(size // BYTES_PER_STEP)


def _written(number: Any) -> Any:
    return Decimal(repr(number)) if type(number) is float else number


def integer(run: Run, number: Any) -> int:
    """Return a number without what comes after the point."""
    checked(run, number)
    if type(number) is Decimal and number.adjusted() >= run.limits.digits:
        raise _too_large(run)
    return int(checked(run, int(number)))


def rounded(run: Run, number: Any, places: Any) -> Any:
    """Round half to even; to an integer if no places are asked for."""
    checked(run, number)
    if places is None:
        integer(run, number)
        return round(number)
    if not kinds.whole(places) or abs(places) > run.limits.digits:
        raise ExpressionFailed("The number of decimal places is a small integer.")
    return checked(run, _result(round, number, places))


def _result(operate: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    try:
        return operate(left, right)
    except ZeroDivisionError as error:
        raise ExpressionFailed("A number cannot be divided by zero.") from error
    except ArithmeticError as error:
        raise _no_number() from error


def _too_large(run: Run) -> BudgetExceeded:
    return BudgetExceeded(
        "A number may not have more than {limit} digits.", limit=run.limits.digits
    )


def _no_number() -> ExpressionFailed:
    return ExpressionFailed("The result is too large for a number, or is none.")
