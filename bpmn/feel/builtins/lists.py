"""Lists made of lists (§10.3.4.4). Positions count from 1, or from the end where they are negative."""

from collections.abc import Sequence
from typing import Any

from bpmn.feel import numbers, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import BudgetExceeded, NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.invocation import invoke
from bpmn.feel.numbers import Number
from bpmn.feel.run import Run


def list_contains(run: Run, items: list[Any], element: Any) -> bool:
    run.budget.pay(len(items))
    return any(values.equal(each, element, run.budget) for each in items)


def count(run: Run, items: list[Any]) -> int:  # noqa: ARG001
    return len(items)


def sublist(run: Run, items: list[Any], start: Number, length: Number | None = None) -> list[Any]:
    run.budget.items(len(items))
    place = numbers.integer(start)
    if place == 0 or abs(place) > len(items):
        raise _no_item(place)
    first = place - 1 if place > 0 else len(items) + place
    if length is None:
        return items[first:]
    taken = numbers.integer(length)
    if taken < 0 or first + taken > len(items):
        raise NoValue("The list has no {number} items from there on.", number=taken)
    return items[first : first + taken]


def append(run: Run, items: list[Any], new: list[Any]) -> list[Any]:
    run.budget.items(len(items) + len(new))
    return [*items, *new]


def concatenate(run: Run, lists: Sequence[list[Any]]) -> list[Any]:
    run.budget.items(sum(map(len, lists)))
    return [each for items in lists for each in items]


def insert_before(run: Run, items: list[Any], position: Number, new: Any) -> list[Any]:
    run.budget.items(len(items) + 1)
    place = _place(items, position)
    return [*items[:place], new, *items[place:]]


def remove(run: Run, items: list[Any], position: Number) -> list[Any]:
    run.budget.items(len(items))
    place = _place(items, position)
    return [*items[:place], *items[place + 1 :]]


def list_replace_at(run: Run, items: list[Any], position: Any, new: Any) -> list[Any]:
    """Replace the item at a position, or those for which a function of the item and the new one is true."""
    run.budget.items(len(items))
    if isinstance(position, Invocable):
        return [_replaced(run, position, each, new) for each in items]
    if type(position) not in values.NUMBERS:
        raise NoValue("An item is replaced at a position, or where a function is true.")
    place = _place(items, position)
    return [*items[:place], new, *items[place + 1 :]]


def reverse(run: Run, items: list[Any]) -> list[Any]:
    run.budget.items(len(items))
    return items[::-1]


def index_of(run: Run, items: list[Any], match: Any) -> list[int]:
    run.budget.items(len(items))
    return [
        number
        for number, each in enumerate(items, 1)
        if values.equal(each, match, run.budget) is True
    ]


def union(run: Run, lists: Sequence[list[Any]]) -> list[Any]:
    return distinct_values(run, concatenate(run, lists))


def distinct_values(run: Run, items: list[Any]) -> list[Any]:
    run.budget.items(len(items))
    seen = _Seen(run)
    return [each for each in items if seen.is_new(each)]


def duplicate_values(run: Run, items: list[Any]) -> list[Any]:
    run.budget.items(len(items))
    once, twice = _Seen(run), _Seen(run)
    return [each for each in items if not once.is_new(each) and twice.is_new(each)]


def flatten(run: Run, items: list[Any]) -> list[Any]:
    flat: list[Any] = []
    _flatten(run, items, flat, run.budget.limits.nesting)
    return flat


def sort(run: Run, items: list[Any], precedes: Invocable | None = None) -> list[Any]:
    """Sort by a function that tells whether one item precedes another, or by the order of the values."""
    run.budget.items(len(items))
    if len(items) < 2:
        return items[:]
    middle = len(items) // 2
    left, right = sort(run, items[:middle], precedes), sort(run, items[middle:], precedes)
    merged: list[Any] = []
    one = other = 0
    while one < len(left) and other < len(right):
        run.budget.pay(1)
        if _precedes(run, precedes, right[other], left[one]):
            merged.append(right[other])
            other += 1
        else:
            merged.append(left[one])
            one += 1
    return [*merged, *left[one:], *right[other:]]


class _Seen:
    """Values met so far; those that Python can look up are found at once, others are gone through."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._quick: set[tuple[str, Any]] = set()
        self._slow: list[Any] = []

    def is_new(self, value: Any) -> bool:
        kind = values.kind(value)
        if kind in ("null", "boolean", "number", "string", "date"):
            length = len(self._quick)
            self._quick.add((kind, value))
            return len(self._quick) > length
        self._run.budget.pay(len(self._slow))
        if any(values.equal(each, value, self._run.budget) for each in self._slow):
            return False
        self._slow.append(value)
        return True


def _precedes(run: Run, precedes: Invocable | None, left: Any, right: Any) -> bool:
    if precedes is not None:
        return invoke(run, precedes, [left, right]) is True
    run.budget.pay(values.price(left))
    return values.order(left, right) < 0


def _replaced(run: Run, match: Invocable, item: Any, new: Any) -> Any:
    replaces = invoke(run, match, [item, new])
    if type(replaces) is not bool:
        raise NoValue("A function that chooses items returns {kind}.", kind=values.kind(replaces))
    return new if replaces else item


def _flatten(run: Run, items: list[Any], flat: list[Any], depth: int) -> None:
    if depth == 0:
        raise BudgetExceeded(
            "Values may not be nested more than {limit} deep.", limit=run.budget.limits.nesting
        )
    run.budget.items(len(flat) + len(items))
    for each in items:
        if type(each) is list:
            _flatten(run, each, flat, depth - 1)
        else:
            flat.append(each)


def _place(items: list[Any], position: Number) -> int:
    place = numbers.integer(position)
    if place == 0 or abs(place) > len(items):
        raise _no_item(place)
    return place - 1 if place > 0 else len(items) + place


def _no_item(place: int) -> NoValue:
    return NoValue("The list has no item {number}.", number=place)


FUNCTIONS: tuple[Invocable, ...] = (
    builtin("list contains", ("list: list, element: any", list_contains)),
    builtin("count", ("list: list", count)),
    builtin("sublist", ("list: list, start position: number, length?: number", sublist)),
    builtin("append", ("list: list, item: any...", append)),
    builtin("concatenate", ("list: list...", concatenate)),
    builtin("insert before", ("list: list, position: number, newItem: any", insert_before)),
    builtin("remove", ("list: list, position: number", remove)),
    builtin(
        "list replace",
        ("list: list, position: some, newItem: any", list_replace_at),
        ("list: list, match: function, newItem: any", list_replace_at),
    ),
    builtin("reverse", ("list: list", reverse)),
    builtin("index of", ("list: list, match: any", index_of)),
    builtin("union", ("list: list...", union)),
    builtin("distinct values", ("list: list", distinct_values)),
    builtin("duplicate values", ("list: list", duplicate_values)),
    builtin("flatten", ("list: list", flatten)),
    builtin("sort", ("list: list, precedes?: function", sort)),
)
