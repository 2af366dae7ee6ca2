"""Numbers (§10.3.4.5)."""

import decimal
from collections.abc import Callable
from typing import Any

from bpmn.feel import arithmetic, numbers, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run
from bpmn.feel.temporal import Duration, YearsMonths

LOGARITHM, EXPONENTIAL = 40, 20
"""Steps; they take that much longer than a sum."""


def rounding(mode: str) -> Callable[..., Number]:
    """Return what rounds to so many decimals."""

    def round_(run: Run, n: Number, scale: Number | None = None) -> Number:  # noqa: ARG001
        return numbers.to_scale(n, numbers.integer(scale or 0), mode)

    return round_


def abs_(run: Run, n: Any) -> Any:  # noqa: ARG001
    if type(n) is Duration:
        return Duration(abs(n.nanos))
    if type(n) is YearsMonths:
        return YearsMonths(abs(n.months))
    return arithmetic.negative(n) if _number(n) < 0 else n


def modulo(run: Run, dividend: Number, divisor: Number) -> Number:  # noqa: ARG001
    return numbers.modulo(dividend, divisor)


def sqrt(run: Run, number: Number) -> Number:  # noqa: ARG001
    return numbers.square_root(number)


def log(run: Run, number: Number) -> Number:
    run.budget.pay(LOGARITHM)
    return numbers.logarithm(number)


def exp(run: Run, number: Number) -> Number:
    run.budget.pay(EXPONENTIAL)
    return numbers.exponential(number)


def odd(run: Run, number: Number) -> bool:  # noqa: ARG001
    return _whole(number) % 2 == 1


def even(run: Run, number: Number) -> bool:  # noqa: ARG001
    return _whole(number) % 2 == 0


def _whole(number: Number) -> int:
    if number != numbers.integer(number):
        raise NoValue("The number is not whole.")
    return int(number)


def _number(value: Any) -> Number:
    if type(value) not in values.NUMBERS:
        raise NoValue("A value of type {kind} is not a number.", kind=values.kind(value))
    return value  # type: ignore[no-any-return]


SCALED = "n: number, scale: number"

FUNCTIONS: tuple[Invocable, ...] = (
    builtin("decimal", (SCALED, rounding(decimal.ROUND_HALF_EVEN))),
    builtin("floor", ("n: number, scale?: number", rounding(decimal.ROUND_FLOOR))),
    builtin("ceiling", ("n: number, scale?: number", rounding(decimal.ROUND_CEILING))),
    builtin("round up", (SCALED, rounding(decimal.ROUND_UP))),
    builtin("round down", (SCALED, rounding(decimal.ROUND_DOWN))),
    builtin("round half up", (SCALED, rounding(decimal.ROUND_HALF_UP))),
    builtin("round half down", (SCALED, rounding(decimal.ROUND_HALF_DOWN))),
    builtin("abs", ("n: some", abs_)),
    builtin("modulo", ("dividend: number, divisor: number", modulo)),
    builtin("sqrt", ("number: number", sqrt)),
    builtin("log", ("number: number", log)),
    builtin("exp", ("number: number", exp)),
    builtin("odd", ("number: number", odd)),
    builtin("even", ("number: number", even)),
)
