"""
Whether values are equal, smaller, or within one another.

Python compares lists in lists by calling itself, and a short script can build two values that share
their parts and take longer to compare than the universe lasts. So lists and dicts are walked here,
where each step is paid and the depth is known. Unlike values are unequal; which of them is smaller
is not a question.
"""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bpmn.scripting import conversions, kinds, numbers
from bpmn.scripting.errors import BudgetExceeded, ExpressionFailed
from bpmn.scripting.run import Run


def equal(run: Run, left: Any, right: Any) -> bool:
    kind, other = type(left), type(right)
    if kind not in kinds.PLAIN or other not in kinds.PLAIN:
        raise kinds.stranger()
    if kind in kinds.NUMBERS and other in kinds.NUMBERS:
        return _equal_numbers(run, left, right)
    if kind is not other:
        return False
    if kind is list or kind is dict:
        return _equal_inside(run, left, right, run.limits.depth)
    if kind is str or kind is bytes:
        run.read(len(left))
    return bool(left == right)


def unequal(run: Run, left: Any, right: Any) -> bool:
    return not equal(run, left, right)


def same(run: Run, left: Any, right: Any) -> bool:
    """Tell whether values are equal as JUEL compares them: a text beside a number or a truth is read as one."""
    if type(right) is str and type(left) is not str:
        left, right = right, left
    if type(left) is str and type(right) is bool:
        return (left.strip().lower() == "true") is right
    if type(left) is str and type(right) in kinds.NUMBERS:
        return equal(run, conversions.real(run, left) if left.strip() else 0, right)
    return equal(run, left, right)


def contains(run: Run, value: Any, whole: Any) -> bool:
    """Tell whether a text is part of a text, a value an item of a list, or a text a key of a dict."""
    kind = type(whole)
    if kind is list:
        run.look(len(whole))
        for item in whole:  # noqa: SIM110  a generator costs more than most lists
            if equal(run, value, item):
                return True
        return False
    if kind is dict and type(value) is str:
        return value in whole
    if kind is str and type(value) is str:
        run.read(len(whole) + len(value))
        return value in whole
    raise _unlike("in", value, whole)


def absent(run: Run, value: Any, whole: Any) -> bool:
    return not contains(run, value, whole)


def less(run: Run, left: Any, right: Any) -> bool:
    return _ordered(run, "<", operator.lt, left, right)


def less_or_equal(run: Run, left: Any, right: Any) -> bool:
    return _ordered(run, "<=", operator.le, left, right)


def greater(run: Run, left: Any, right: Any) -> bool:
    return _ordered(run, ">", operator.gt, left, right)


def greater_or_equal(run: Run, left: Any, right: Any) -> bool:
    return _ordered(run, ">=", operator.ge, left, right)


def _ordered(
    run: Run, sign: str, compare: Callable[[Any, Any], bool], left: Any, right: Any
) -> bool:
    order = kinds.ORDERS.get(type(left))
    if order is None or kinds.ORDERS.get(type(right)) != order:
        raise _unlike(sign, left, right)
    if order == "text":
        run.read(len(left))
    elif type(left) is not type(right):
        left, right = numbers.alike(run, left, right)
    try:
        return compare(left, right)
    except (
        ArithmeticError,
        TypeError,
    ) as error:  # not a number; a time with a zone and one without
        raise _unlike(sign, left, right) from error


def _equal_numbers(run: Run, left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        left, right = numbers.alike(run, left, right)
    if (type(left) is Decimal and left.is_snan()) or (type(right) is Decimal and right.is_snan()):
        return False
    return bool(left == right)


def _equal_inside(run: Run, left: Any, right: Any, depth: int) -> bool:
    if depth < 0:
        raise BudgetExceeded(
            "Values may not be nested more than {limit} deep.", limit=run.limits.depth
        )
    if len(left) != len(right):
        return False
    run.look(len(left))
    if type(left) is dict:
        if left.keys() != right.keys():
            return False
        pairs = [(value, right[key]) for key, value in left.items()]
    else:
        pairs = list(zip(left, right, strict=True))
    return all(_equal_part(run, one, other, depth - 1) for one, other in pairs)


def _equal_part(run: Run, left: Any, right: Any, depth: int) -> bool:
    if type(left) is type(right) and type(left) in (list, dict):
        return _equal_inside(run, left, right, depth)
    return equal(run, left, right)


def _unlike(sign: str, left: Any, right: Any) -> ExpressionFailed:
    return ExpressionFailed(
        "'{sign}' does not work between the kinds {left} and {right}.",
        sign=sign,
        left=kinds.word(left),
        right=kinds.word(right),
    )
