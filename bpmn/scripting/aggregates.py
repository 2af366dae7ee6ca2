"""Functions over many values at once: how many, how much, the largest, in order."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bpmn.scripting import arithmetic, comparison, kinds, numbers
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.run import Run


def length(_run: Run, value: Any) -> int:
    if type(value) in (str, bytes, list, dict):
        return len(value)
    raise ExpressionFailed("A value of the kind {kind} has no length.", kind=kinds.word(value))


def items(run: Run, value: Any) -> list[Any]:
    """Return what a loop goes over: the items of a list, the keys of a dict."""
    if type(value) is list:
        run.look(len(value))
        return value
    if type(value) is dict:
        run.look(len(value))
        return list(value)
    raise ExpressionFailed(
        "A list or a dict is expected here, not a value of the kind {kind}.",
        kind=kinds.word(value),
    )


def all_true(run: Run, values: Any) -> bool:
    return all(kinds.truth(value) for value in items(run, values))


def any_true(run: Run, values: Any) -> bool:
    return any(kinds.truth(value) for value in items(run, values))


def magnitude(run: Run, value: Any) -> Any:
    if type(value) in kinds.NUMBERS:
        return abs(numbers.checked(run, value))
    if type(value) is timedelta:
        return -value if value < timedelta(0) else value
    raise ExpressionFailed("abs() takes a number, not the kind {kind}.", kind=kinds.word(value))


def total(run: Run, values: Any) -> Any:
    result: Any = 0
    for value in items(run, values):
        if type(value) not in kinds.NUMBERS:
            raise ExpressionFailed(
                "sum() adds numbers, not values of the kind {kind}.", kind=kinds.word(value)
            )
        result = arithmetic.add(run, result, value)
    return result


def largest(run: Run, *values: Any) -> Any:
    first, *rest = _candidates(run, values)
    for value in rest:
        if comparison.greater(run, value, first):
            first = value
    return first


def smallest(run: Run, *values: Any) -> Any:
    first, *rest = _candidates(run, values)
    for value in rest:
        if comparison.less(run, value, first):
            first = value
    return first


def in_order(run: Run, values: Any) -> list[Any]:
    """Sort values of one kind; long ones are paid for as often as they may be compared."""
    values = items(run, values)
    orders = {kinds.ORDERS.get(type(value)) for value in values}
    if len(orders) > 1 or None in orders:
        raise ExpressionFailed("Only values of one kind that has an order can be sorted.")
    run.room_for_items(len(values))
    run.look(4 * len(values))
    run.read(sum(map(_weight, values)) * len(values).bit_length())
    try:
        return sorted(values)
    except (ArithmeticError, TypeError) as error:
        raise ExpressionFailed(
            "A time with a zone cannot be sorted among times without one, nor what is not a number."
        ) from error


def sequence(run: Run, *bounds: Any) -> list[int]:
    if not all(kinds.whole(bound) for bound in bounds):
        raise ExpressionFailed("range() takes integers.")
    for bound in bounds:
        numbers.checked(run, bound)
    if len(bounds) == 3 and bounds[2] == 0:
        raise ExpressionFailed("The step of range() may not be zero.")
    numbers_in_it = range(*bounds)
    if not numbers_in_it:
        return []
    run.room_for_items((numbers_in_it[-1] - numbers_in_it[0]) // numbers_in_it.step + 1)
    return list(numbers_in_it)


def _weight(value: Any) -> int:
    """Return how many characters a comparison may go through; few digits count as none."""
    if type(value) is str:
        return len(value)
    size = value.__sizeof__() if type(value) in (int, Decimal) else 0
    return size if size > numbers.BYTES_PER_STEP else 0


def _candidates(run: Run, values: tuple[Any, ...]) -> list[Any]:
    candidates = items(run, values[0]) if len(values) == 1 else list(values)
    if not candidates:
        raise ExpressionFailed("An empty list has no smallest and no largest value.")
    if kinds.ORDERS.get(type(candidates[0])) is None:
        raise ExpressionFailed(
            "A value of the kind {kind} is neither small nor large.",
            kind=kinds.word(candidates[0]),
        )
    return candidates
