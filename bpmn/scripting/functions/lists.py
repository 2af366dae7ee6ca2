"""Functions of lists, and of several values."""

from typing import Any

from bpmn.feel import numbers, values
from bpmn.feel.builtins.lists import sort
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.invocation import invoke
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run
from bpmn.scripting.functions import signs
from bpmn.scripting.functions.paying import look


def items(run: Run, whole: Any) -> list[Any]:
    """Return what a loop goes over: the items of a list, or the names of a context."""
    if type(whole) not in {list, dict}:
        raise NoValue(
            "A list is expected here, not a value of type {kind}.", kind=values.kind(whole)
        )
    look(run, len(whole))
    return list(whole)


def each(run: Run, what: Invocable, whole: Any) -> list[Any]:
    """Return the items of the lists that a function returns for each item, in one list."""
    found: list[Any] = []
    for item in items(run, whole):
        run.budget.pay(1)
        given = [item] if len(what.parameters) == 1 else unpacked(item, len(what.parameters))
        found.extend(invoke(run, what, given))
    look(run, len(found))
    return found


def unpacked(value: Any, count: int) -> list[Any]:
    """Return a list that has so many items; raises `NoValue` for another."""
    if type(value) is not list or len(value) != count:
        raise NoValue("A list of {length} items is expected, one for each name.", length=count)
    return value


def length(_run: Run, whole: Any) -> int:
    if type(whole) not in {str, list, dict}:
        raise NoValue("A value of type {kind} has no length.", kind=values.kind(whole))
    return len(whole)


def smallest(run: Run, first: Any, more: list[Any]) -> Any:
    return _extreme(run, [first, *more], -1)


def largest(run: Run, first: Any, more: list[Any]) -> Any:
    return _extreme(run, [first, *more], 1)


def total(run: Run, whole: Any) -> Number:
    sum_: Number = 0
    for each in items(run, whole):
        if type(each) not in values.NUMBERS:
            raise NoValue("Only numbers are summed up.")
        sum_ = numbers.add(sum_, each)
    return sum_


def in_order(run: Run, whole: Any) -> list[Any]:
    return sort(run, items(run, whole))


def any_true(run: Run, whole: Any) -> bool:
    return any(signs.true(run, each) for each in items(run, whole))


def all_true(run: Run, whole: Any) -> bool:
    return all(signs.true(run, each) for each in items(run, whole))


def sequence(run: Run, *bounds: Number | None) -> list[int]:
    """Return whole numbers from, to but not with, and in steps of."""
    given = [each for each in bounds if each is not None]
    if not all(type(each) is int for each in given) or given[2:] == [0]:
        raise NoValue("range() takes whole numbers, and a step that is not zero.")
    sequence = range(*map(int, given))
    last = sequence[-1] - sequence[0] if sequence else 0
    look(run, last // sequence.step + 1)
    return list(sequence)


def _extreme(run: Run, given: list[Any], wanted: int) -> Any:
    found = items(run, given[0]) if len(given) == 1 else given
    if not found:
        raise NoValue("An empty list has no smallest and no largest value.")
    first = found[0]
    values.order(first, first)
    for each in found[1:]:
        if values.order(each, first) == wanted:
            first = each
    return first
