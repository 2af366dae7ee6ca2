"""`list[…]`: the item at a place, or those for which something is true (§10.3.2.5, table 55)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from bpmn.feel import numbers, tree, values
from bpmn.feel.compiling import Compiler
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Node, Position

ITEM = "item"
DECIDING = (
    tree.Comparison,
    tree.Junction,
    tree.Between,
    tree.In,
    tree.InstanceOf,
    tree.Quantified,
)
"""What is never a number, so that it is no place in a list."""


def filter_(compiler: Compiler, node: tree.Filter) -> Evaluate:
    if isinstance(node.predicate, tree.Literal) and type(node.predicate.value) in values.NUMBERS:
        return _at_known_place(compiler, node, node.predicate.value)
    source, at = compiler.value(node.source), node.at
    predicate, price = compiler.repeated(node.predicate)
    may_be_place = not isinstance(node.predicate, DECIDING)
    scoped = _scope_with_item if _asks_for_item(node.predicate) else _scope_of_entries

    def select(scope: Scope) -> Any:
        items = _listed(source(scope))
        if items is None:
            return None
        scope.run.budget.pay(price * (len(items) + 1))
        outcomes: Iterator[Any] = (predicate(scoped(scope, each)) for each in items or [None])
        if may_be_place:
            first = next(outcomes)
            if type(first) in values.NUMBERS:
                return _at_place(scope, at, items, first)
            outcomes = chain([first], outcomes)
        return _selected(scope, at, items, outcomes)

    return select


def _selected(
    scope: Scope, at: Position, items: list[Any], outcomes: Iterable[Any]
) -> list[Any] | None:
    selected = []
    for item, passed in zip(items, outcomes, strict=False):
        if passed is True:
            selected.append(item)
        elif passed is not None and passed is not False:
            scope.run.null(
                at,
                "A filter is true, false or a number for each item, not a {kind}.",
                kind=values.kind(passed),
            )
            return None
    return selected


def _at_known_place(compiler: Compiler, node: tree.Filter, place: Any) -> Evaluate:
    source, at = compiler.value(node.source), node.at

    def find(scope: Scope) -> Any:
        items = _listed(source(scope))
        return None if items is None else _at_place(scope, at, items, place)

    return find


def _asks_for_item(node: Node) -> bool:
    return any(isinstance(each, tree.Name) and each.name == ITEM for each in tree.parts(node))


def _scope_with_item(scope: Scope, item: Any) -> Scope:
    names = {ITEM: item, **item} if type(item) is dict else {ITEM: item}
    return Scope(scope.run, names, scope)


def _scope_of_entries(scope: Scope, item: Any) -> Scope:
    return Scope(scope.run, item if type(item) is dict else {}, scope)


def _listed(value: Any) -> list[Any] | None:
    """Return a list as it is, and of another value a list of one."""
    return value if value is None or type(value) is list else [value]


def _at_place(scope: Scope, at: Position, items: Sequence[Any], place: Any) -> Any:
    """Return an item, counted from 1 or, where the place is negative, from the end."""
    number = numbers.whole(place)
    if not isinstance(number, int):
        return scope.run.null(at, "An item is found by a whole number.")
    if 1 <= number <= len(items):
        return items[number - 1]
    if 1 <= -number <= len(items):
        return items[number]
    return scope.run.null(at, "The list has no item {number}.", number=number)
