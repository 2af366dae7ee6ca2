"""
Which variables an expression asks for: the names in it that it does not define itself.

A name that is called is a function's; a variable may be called like a function and hides none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bpmn.feel import tree
from bpmn.feel.tree import Iteration, Node

Bound = frozenset[str]


def names(node: Node, bound: Bound = frozenset()) -> Iterator[str]:
    """Return the names that are not bound, as often as they stand there."""
    if isinstance(node, tree.Name):
        if node.name not in bound:
            yield node.name
        return
    scoped = SCOPED.get(type(node))
    if scoped is not None:
        yield from scoped(node, bound)
        return
    for part in tree.children(node):
        yield from names(part, bound)


def _call(node: tree.Call, bound: Bound) -> Iterator[str]:
    if not isinstance(node.function, tree.Name):
        yield from names(node.function, bound)
    for each in node.arguments:
        yield from names(each, bound)


def _filter(node: tree.Filter, bound: Bound) -> Iterator[str]:
    yield from names(node.source, bound)
    yield from names(node.predicate, bound | {"item"})


def _context(node: tree.ContextOf, bound: Bound) -> Iterator[str]:
    """An entry sees those before it, and a function also itself."""
    for name, entry in node.entries:
        itself = {name} if isinstance(entry, tree.FunctionOf) else set()
        yield from names(entry, bound | itself)
        bound |= {name}


def _function(node: tree.FunctionOf, bound: Bound) -> Iterator[str]:
    if node.body is not None:
        yield from names(node.body, bound | {name for name, _ in node.parameters})


def _for(node: tree.For, bound: Bound) -> Iterator[str]:
    yield from _within(node.iterations, node.body, bound | {"partial"})


def _quantified(node: tree.Quantified, bound: Bound) -> Iterator[str]:
    yield from _within(node.iterations, node.condition, bound)


def _within(iterations: Sequence[Iteration], body: Node, bound: Bound) -> Iterator[str]:
    for each in iterations:
        yield from names(each.source, bound)
        if each.end is not None:
            yield from names(each.end, bound)
        bound |= {each.name}
    yield from names(body, bound)


SCOPED: Mapping[type[Node], Callable[[Any, Bound], Iterator[str]]] = {
    tree.Call: _call,
    tree.ContextOf: _context,
    tree.Filter: _filter,
    tree.For: _for,
    tree.FunctionOf: _function,
    tree.Quantified: _quantified,
}
"""Nodes that define names for a part of themselves."""
