"""Lists, contexts and functions that an expression makes, and filters."""

from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Parameter, Signature
from bpmn.feel.invocation import Function
from bpmn.feel.run import Evaluate, Run, Scope
from bpmn.feel.tree import Position
from bpmn.feel.types import ANY

ITEM = "item"
DECIDING = (tree.Comparison, tree.Junction, tree.Between, tree.In, tree.InstanceOf, tree.Quantified)
"""What is never a number, so that it is no index."""


def list_(compiler: Compiler, node: tree.ListOf) -> Evaluate:
    items = [compiler.value(each) for each in node.items]
    return lambda scope: [item(scope) for item in items]


def context(compiler: Compiler, node: tree.ContextOf) -> Evaluate:
    with compiler.inside():
        entries = [(name, compiler.value(each)) for name, each in node.entries]

    def make(scope: Scope) -> dict[str, Any]:
        made: dict[str, Any] = {}
        inner = scope.within(made)
        for name, entry in entries:
            made[name] = entry(inner)
        return made

    return make


def function(compiler: Compiler, node: tree.FunctionOf) -> Evaluate:
    parameters = tuple(
        Parameter(name, None if each == ANY else each) for name, each in node.parameters
    )
    names = [each.name for each in parameters]
    if node.body is None:
        external = Signature(parameters, _not_called)
        return lambda scope: Function("function", (external,))  # noqa: ARG005
    body, price = compiler.repeated(node.body)

    def make(scope: Scope) -> Function:
        def invoke(run: Run, *arguments: Any) -> Any:
            budget = run.budget
            budget.enter()
            budget.pay(price)
            result = body(Scope(run, dict(zip(names, arguments, strict=True)), scope))
            budget.leave()
            return result

        return Function("function", (Signature(parameters, invoke),))

    return make


def filter_(compiler: Compiler, node: tree.Filter) -> Evaluate:
    source, at = compiler.value(node.source), node.at
    if isinstance(node.predicate, tree.Literal) and type(node.predicate.value) in values.NUMBERS:
        index = node.predicate.value
        return lambda scope: _at_index(scope, at, _listed(source(scope)), index)
    predicate, price = compiler.repeated(node.predicate)
    may_be_index = not isinstance(node.predicate, DECIDING)

    def select(scope: Scope) -> Any:
        items = _listed(source(scope))
        if items is None:
            return None
        selected = []
        scope.run.budget.pay(price * (len(items) + 1))
        if not items and may_be_index:
            return _of_nothing(scope, at, predicate(_item_scope(scope, None)))
        for number, item in enumerate(items):
            passed = predicate(_item_scope(scope, item))
            if passed is True:
                selected.append(item)
            elif passed is not None and passed is not False:
                if number == 0 and type(passed) in values.NUMBERS:
                    return _at_index(scope, at, items, passed)
                return _no_condition(scope, at, passed)
        return selected

    return select


def _listed(value: Any) -> list[Any] | None:
    """Return a list as it is, and of another value a list of one."""
    if value is None or type(value) is list:
        return value
    return [value]


def _item_scope(scope: Scope, item: Any) -> Scope:
    inner = scope.within({ITEM: item})
    return inner.within(item) if type(item) is dict else inner


def _at_index(scope: Scope, at: Position, items: list[Any] | None, index: Any) -> Any:
    if items is None:
        return None
    if index != int(index):
        return scope.run.null(at, "An item is found by a whole number.")
    place = int(index)
    if 1 <= place <= len(items):
        return items[place - 1]
    if 1 <= -place <= len(items):
        return items[place]
    return scope.run.null(at, "The list has no item {number}.", number=place)


def _of_nothing(scope: Scope, at: Position, passed: Any) -> Any:
    return _at_index(scope, at, [], passed) if type(passed) in values.NUMBERS else []


def _no_condition(scope: Scope, at: Position, passed: Any) -> None:
    scope.run.null(
        at,
        "A filter is true, false or a number for each item, not a {kind}.",
        kind=values.kind(passed),
    )


def _not_called(run: Run, *arguments: Any) -> Any:  # noqa: ARG001
    raise NoValue("A function that is written in another language is not called.")


