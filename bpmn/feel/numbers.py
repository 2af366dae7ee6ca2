"""
Numbers of 34 digits (§10.3.2.3.1, IEEE 754 decimal128): whole ones as int, which are fast, others as Decimal.

What overflows has no value, and that is known before it is computed.
"""

import decimal
from collections.abc import Callable
from decimal import Context, Decimal

from bpmn.feel.errors import NoValue

Number = int | Decimal

DIGITS = 34
LARGEST = 10**DIGITS
"""The first whole number that is rounded."""
CONTEXT = Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow],
)

WIDE = Context(prec=DIGITS + 2, Emin=-7000, Emax=7000, traps=[decimal.InvalidOperation])
SMALLEST_SCALE, LARGEST_SCALE = -6111, 6176


def add(left: Number, right: Number) -> Number:
    if type(left) is int and type(right) is int:
        result = left + right
        return result if -LARGEST < result < LARGEST else fitting(result)
    return _computed(CONTEXT.add, left, right)


def subtract(left: Number, right: Number) -> Number:
    if type(left) is int and type(right) is int:
        return fitting(left - right)
    return _computed(CONTEXT.subtract, left, right)


def multiply(left: Number, right: Number) -> Number:
    if type(left) is int and type(right) is int:
        result = left * right
        return result if -LARGEST < result < LARGEST else fitting(result)
    return _computed(CONTEXT.multiply, left, right)


def divide(left: Number, right: Number) -> Number:
    if right == 0:
        raise NoValue("A number cannot be divided by zero.")
    if type(left) is int and type(right) is int:
        whole, rest = divmod(left, right)
        if rest == 0:
            return whole
    return _computed(CONTEXT.divide, left, right)


def power(base: Number, exponent: Number) -> Number:
    if exponent == 0:
        return 1
    if base == 0 and exponent < 0:
        raise NoValue("A number cannot be divided by zero.")
    result = _computed(CONTEXT.power, base, exponent)
    if type(base) is int and type(exponent) is int and exponent > 0:
        return whole(result)
    return result


def modulo(dividend: Number, divisor: Number) -> Number:
    """Return `dividend - divisor * floor(dividend / divisor)`, which has the sign of the divisor."""
    if divisor == 0:
        raise NoValue("A number cannot be divided by zero.")
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    rest = _computed(CONTEXT.remainder, dividend, divisor)
    return add(rest, divisor) if rest and (rest < 0) is not (divisor < 0) else rest


def square_root(value: Number) -> Number:
    if value < 0:
        raise NoValue("A negative number has no square root.")
    return whole(_computed(CONTEXT.sqrt, value))


def logarithm(value: Number) -> Number:
    if value <= 0:
        raise NoValue("Only positive numbers have a logarithm.")
    return whole(_computed(CONTEXT.ln, value))


def exponential(value: Number) -> Number:
    return whole(_computed(CONTEXT.exp, value))


def to_scale(value: Number, scale: int, rounding: str) -> Number:
    """Round to so many decimals; raises `NoValue` for more or fewer than there can be."""
    if not SMALLEST_SCALE <= scale <= LARGEST_SCALE:
        raise NoValue("A number has no {scale} decimals.", scale=scale)
    exact = Decimal(value)
    if -int(exact.as_tuple().exponent) <= scale:
        return value
    scale = max(scale, -exact.adjusted() - 1)
    scaled = exact.quantize(Decimal((0, (1,), -scale)), rounding, WIDE)
    return whole(scaled) if scale <= 0 else scaled


def negative(value: Number) -> Number:
    return -value if type(value) is int else CONTEXT.minus(value)


def fitting(value: int) -> Number:
    """Return a whole number, rounded if it has too many digits."""
    return value if -LARGEST < value < LARGEST else _computed(CONTEXT.plus, value)


def rounded(value: Decimal) -> Number:
    """Return a number from elsewhere with the digits of ours; raises `NoValue` if it is none."""
    if not value.is_finite():
        raise NoValue("Infinity and what is not a number have no value.")
    return _computed(CONTEXT.plus, value)


def whole(value: Number) -> Number:
    """Return as an int what is one, and has no more digits than are kept."""
    if isinstance(value, int) or value.adjusted() >= DIGITS:
        return value
    return int(value) if value == value.to_integral_value() else value


def integer(value: Number) -> int:
    """Return the number without its fraction; raises `NoValue` where it is too large for that."""
    if type(value) is Decimal and value.adjusted() >= DIGITS:
        raise NoValue("The number is too large.")
    return int(value)


def text(value: Number) -> str:
    """Write a number as people do: without an exponent where that is short, without needless zeros."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    value = value.normalize(CONTEXT)
    return f"{value:f}" if -DIGITS <= value.adjusted() <= DIGITS else str(value)


def _computed(operation: Callable[..., Decimal], *operands: Number) -> Decimal:
    try:
        return operation(*operands)
    except decimal.Overflow as error:
        raise NoValue("The number is too large.") from error
    except decimal.DecimalException as error:
        raise NoValue("There is no such number.") from error
