"""`=`, `<`, `between`: comparing, mostly numbers with numbers and texts with texts."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.compiling import Compiler
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Position

Compare = Callable[[Scope, Any, Any], bool | None]

PYTHON: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
DIRECT = frozenset(
    {(one, other) for one in values.NUMBERS for other in values.NUMBERS} | {(str, str)}
)
"""Kinds that Python compares as FEEL does."""


def comparison(compiler: Compiler, node: tree.Comparison) -> Evaluate:
    left, right = compiler.value(node.left), compiler.value(node.right)
    python, otherwise = PYTHON[node.sign], comparing(node.sign, node.at)

    if isinstance(node.right, tree.Literal):
        constant = node.right.value
        kinds = {one for one, other in DIRECT if other is type(constant)}

        def compare_with_constant(scope: Scope) -> bool | None:
            value = left(scope)
            if type(value) in kinds:
                return python(value, constant)
            return otherwise(scope, value, constant)

        return compare_with_constant

    def compare(scope: Scope) -> bool | None:
        one, other = left(scope), right(scope)
        if (type(one), type(other)) in DIRECT:
            return python(one, other)
        return otherwise(scope, one, other)

    return compare


def between(compiler: Compiler, node: tree.Between) -> Evaluate:
    value, low, high = map(compiler.value, (node.value, node.low, node.high))
    above, below = comparing(">=", node.at), comparing("<=", node.at)

    def lies_between(scope: Scope) -> bool | None:
        compared = value(scope)
        return both(above(scope, compared, low(scope)), below(scope, compared, high(scope)))

    return lies_between


def both(*conditions: bool | None) -> bool | None:
    """Return `one and other` with three values."""
    if False in conditions:
        return False
    return None if None in conditions else True


def comparing(sign: str, at: Position) -> Compare:
    """Return what compares any two values."""
    if sign in ("=", "!="):
        return _equality(at, wanted=sign == "=")
    python = PYTHON[sign]

    def compare(scope: Scope, left: Any, right: Any) -> Any:
        order = values.compare(left, right)
        return _incomparable(scope, at, sign, left, right) if order is None else python(order, 0)

    return compare


def _equality(at: Position, *, wanted: bool) -> Compare:
    def compare(scope: Scope, left: Any, right: Any) -> Any:
        same = values.equal(left, right, scope.run.budget)
        if same is None:
            return _incomparable(scope, at, "=" if wanted else "!=", left, right)
        return same is wanted

    return compare


def _incomparable(scope: Scope, at: Position, sign: str, left: Any, right: Any) -> Any:
    return scope.run.null(
        at,
        "'{sign}' does not work between values of the types {left} and {right}.",
        sign=sign,
        left=values.kind(left),
        right=values.kind(right),
    )
