"""Names, literals and paths: where values come from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bpmn.feel import borders, iso, numbers, properties, tree
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.numbers import LARGEST
from bpmn.feel.run import Evaluate, Run, Scope
from bpmn.feel.tree import Position

LAST_EXPONENT = 6100
"""Numbers that are smaller do not overflow when they are rounded."""
PLAIN = frozenset({str, bool, type(None)})
"""What is inside as it is outside."""


def literal(compiler: Compiler, node: tree.Literal) -> Evaluate:  # noqa: ARG001
    value = node.value
    return lambda scope: value  # noqa: ARG005


def temporal(compiler: Compiler, node: tree.Temporal) -> Evaluate:  # noqa: ARG001
    try:
        value = iso.read(node.text)
    except NoValue as error:
        template, values = error.template, error.values
        return lambda scope: scope.run.null(node.at, template, **values)
    return lambda scope: value  # noqa: ARG005


def name(compiler: Compiler, node: tree.Name) -> Evaluate:
    name, at, function = node.name, node.at, compiler.library.get(node.name)

    def variable(scope: Scope, run: Run | None = None) -> Any:
        try:
            value = scope.names[name]
        except KeyError:
            return function or _unknown(run or scope.run, name, at)
        kind = type(value)
        if kind in PLAIN or (kind is int and -LARGEST < value < LARGEST):
            return value
        return _converted(scope, run or scope.run, name, at)

    if compiler.is_outermost:
        return variable

    def nearest(scope: Scope) -> Any:
        run = scope.run  # a function may be called in another than it was made in
        while scope.outer is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return variable(scope, run)

    return nearest


def path(compiler: Compiler, node: tree.Path) -> Evaluate:
    source, name, at = compiler.value(node.source), node.name, node.at

    def follow(scope: Scope) -> Any:
        value = source(scope)
        if type(value) is dict and name in value:
            return value[name]
        return _entry(scope, value, name, at)

    return follow


def _entry(scope: Scope, value: Any, name: str, at: Position) -> Any:
    if type(value) is list:
        scope.run.budget.pay(len(value))
        return [_entry(scope, each, name, at) for each in value]
    if type(value) is dict:
        if name in value:
            return value[name]
        return scope.run.null(at, "The context has no entry '{name}'.", name=name)
    try:
        return properties.of(value, name)
    except NoValue as error:
        return scope.run.null(at, error.template, **error.values)


def _unknown(run: Run, name: str, at: Position) -> Any:
    return run.null(at, "There is no variable '{name}'.", name=name)


def _converted(scope: Scope, run: Run, name: str, at: Position) -> Any:
    """Return a variable as one of our values; what takes longer it becomes once."""
    value = scope.names[name]
    if type(value) is Decimal and value.is_finite() and value.adjusted() < LAST_EXPONENT:
        return numbers.CONTEXT.plus(value)
    known = scope.converted
    if known is None:
        known = scope.converted = {}
    if name not in known:
        try:
            known[name] = borders.inward(value, run.budget)
        except NoValue as error:
            return run.null(at, error.template, **error.values)
    return known[name]


def nearest_function(
    scope: Scope, name: str, otherwise: Invocable | None, at: Position
) -> Invocable | None:
    """Return the nearest function that is called so: a variable that is no function hides none."""
    run = scope.run
    while scope.outer is not None:
        if isinstance(found := scope.names.get(name), Invocable):
            return found
        scope = scope.outer
    names: Mapping[str, Any] = scope.names
    if isinstance(found := names.get(name), Invocable):
        return found
    if otherwise is None:
        run.null(at, "There is no function '{name}'.", name=name)
    return otherwise
