"""What signs mean between values in languages that are not FEEL: equality, truth, `in`, sums of lists."""

from decimal import Decimal
from typing import Any

from bpmn.feel import arithmetic, numbers, values
from bpmn.feel.errors import NoValue
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run
from bpmn.scripting.functions.paying import look

REPEATED = frozenset({str, list})


def equal(run: Run, left: Any, right: Any) -> bool:
    """Tell whether values are equal as Python has it: unlike ones are not, and true is one."""
    if type(left) is bool and type(right) in values.NUMBERS:
        left = int(left)
    elif type(right) is bool and type(left) in values.NUMBERS:
        right = int(right)
    return values.equal(left, right, run.budget) is True


def unequal(run: Run, left: Any, right: Any) -> bool:
    return not equal(run, left, right)


def alike(run: Run, left: Any, right: Any) -> bool:
    """Tell whether values are equal as JUEL has it: a text beside a number or a truth is read as one."""
    if type(right) is str and type(left) is not str:
        left, right = right, left
    if type(left) is str and type(right) is bool:
        return believed(run, left) is right
    if type(left) is str and type(right) in values.NUMBERS:
        return equal(run, _read(left), right)
    return equal(run, left, right)


def unlike(run: Run, left: Any, right: Any) -> bool:
    return not alike(run, left, right)


def true(_run: Run, value: Any) -> bool:
    """Tell whether a value counts as true in Python: neither nothing, nor zero, nor empty."""
    return value is not None and value is not False and value not in (0, "", [], {})


def untrue(run: Run, value: Any) -> bool:
    return not true(run, value)


def believed(_run: Run, value: Any) -> bool:
    """Tell whether a value counts as true in JUEL: nothing does not, and of texts only "true" does."""
    if value is None or type(value) is bool:
        return bool(value)
    if type(value) is str:
        return value.strip().lower() == "true"
    raise NoValue("A value of type {kind} is neither true nor false.", kind=values.kind(value))


def denied(run: Run, value: Any) -> bool:
    return not believed(run, value)


def empty(_run: Run, value: Any) -> bool:
    """Tell whether a value is nothing, or holds nothing."""
    return value is None or (type(value) in {str, list, dict} and not value)


def contains(run: Run, value: Any, whole: Any) -> bool:
    """Tell whether a value is an item of a list, a text an entry of a context or a part of a text."""
    if type(whole) is list:
        look(run, len(whole))
        return any(equal(run, value, each) for each in whole)
    if type(value) is str and type(whole) in {str, dict}:
        run.budget.characters(len(whole))
        return value in whole
    raise NoValue(
        "'{sign}' does not work between values of the types {left} and {right}.",
        sign="in",
        left=values.kind(value),
        right=values.kind(whole),
    )


def holds(run: Run, whole: Any, value: Any) -> bool:
    return contains(run, value, whole)


def absent(run: Run, value: Any, whole: Any) -> bool:
    return not contains(run, value, whole)


def added(run: Run, first: Any, more: list[Any]) -> Any:
    """Add values from the left on; lists become one."""
    for each in more:
        if type(first) is list and type(each) is list:
            look(run, len(first) + len(each))
            first = first + each
        else:
            first = arithmetic.operate("+", first, each, run.budget)
    return first


def multiplied(run: Run, first: Any, more: list[Any]) -> Any:
    """Multiply values from the left on; a text or list beside a whole number is repeated."""
    for each in more:
        if type(first) is int and type(each) in REPEATED:
            first = _repeated(run, each, first)
        elif type(first) in REPEATED and type(each) is int:
            first = _repeated(run, first, each)
        else:
            first = arithmetic.operate("*", first, each, run.budget)
    return first


def quotient(_run: Run, left: Number, right: Number) -> Number:
    """Divide, and round down."""
    if type(left) is int and type(right) is int and right:
        return left // right
    return numbers.to_scale(numbers.divide(left, right), 0, "ROUND_FLOOR")


def modulo(_run: Run, left: Number, right: Number) -> Number:
    return numbers.modulo(left, right)


def remainder(_run: Run, left: Number, right: Number) -> Number:
    """Return what is left of a division as JUEL has it: with the sign of what is divided."""
    found = numbers.modulo(_size(left), _size(right))
    return numbers.negative(found) if left < 0 else found


def _repeated(run: Run, whole: Any, times: int) -> Any:
    length = len(whole) * max(times, 0)
    if type(whole) is str:
        run.budget.characters(length)
    else:
        look(run, length)
    return whole * times if length else whole[:0]


def _size(value: Number) -> Number:
    return numbers.negative(value) if value < 0 else value


def _read(said: str) -> Number:
    """Return a text as a number; an empty one is zero (JSP 2.1 EL §1.18)."""
    return number(said.strip() or "0")


def number(said: str) -> Number:
    """Raises `NoValue`."""
    try:
        return numbers.whole(numbers.rounded(Decimal(said if len(said) < SHORT else "")))
    except ArithmeticError as error:
        raise NoValue("The text is not a number.") from error


SHORT = 1_000
"""Characters of a text that may be a number."""
