"""`in` and unary tests: whether a value passes (§7.3.17, §10.3.2.5 and table 55)."""

from collections.abc import Callable, Sequence
from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.closures.comparisons import both, comparing
from bpmn.feel.compiling import Compiler
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Node, Position
from bpmn.feel.values import Range

VALUE = "?"
"""The name of the value that is tested."""

Test = Callable[[Scope, Any], bool | None]


def contained(compiler: Compiler, node: tree.In) -> Evaluate:
    value = compiler.value(node.value)
    if any(asks_for_value(each) for each in node.tests):
        with compiler.inside():
            tests = [_test(compiler, each) for each in node.tests]
        passes = _any_of(tests)

        def contains_named(scope: Scope) -> bool | None:
            tested = value(scope)
            return passes(scope.within({VALUE: tested}), tested)

        return contains_named
    passes = _any_of([_test(compiler, each) for each in node.tests])
    return lambda scope: passes(scope, value(scope))


def unary_tests(compiler: Compiler, node: tree.Tests) -> Evaluate:
    passes = _any_of([_test(compiler, each) for each in node.tests])

    def test(scope: Scope) -> bool | None:
        return passes(scope, scope.names[VALUE])

    if not node.negated:
        return test

    def test_negated(scope: Scope) -> bool | None:
        passed = test(scope)
        return None if passed is None else not passed

    return test_negated


def any_value(compiler: Compiler, node: tree.AnyValue) -> Evaluate:  # noqa: ARG001
    return lambda scope: True  # noqa: ARG005


def unary_range(compiler: Compiler, node: tree.Unary) -> Evaluate:
    """Make a range of `< 5` where it is no test but a value."""
    endpoint, sign, at = compiler.value(node.endpoint), node.sign, node.at

    def make(scope: Scope) -> Any:
        end = endpoint(scope)
        if end is None or sign == "!=":
            return scope.run.null(at, "There is no range of these ends.")
        if sign == "=":
            return Range(end, end)
        if sign in ("<", "<="):
            return Range(None, end, False, sign == "<=", open_ended=True)  # noqa: FBT003
        return Range(end, None, sign == ">=", False, open_ended=True)  # noqa: FBT003

    return make


def range_(compiler: Compiler, node: tree.RangeOf) -> Evaluate:
    start, end, at = compiler.value(node.start), compiler.value(node.end), node.at

    def make(scope: Scope) -> Any:
        low, high = start(scope), end(scope)
        order = values.compare(low, high)
        if order is None or order > 0:
            return scope.run.null(at, "There is no range of these ends.")
        return Range(low, high, node.start_included, node.end_included)

    return make


def passes_value(scope: Scope, tested: Any, given: Any) -> bool | None:
    """Tell whether a value is another, or lies in a list or range."""
    same = values.equal(tested, given, scope.run.budget)
    if same is True:
        return True
    if type(given) is Range:
        return given.holds(tested)
    if type(given) is list:
        scope.run.budget.pay(len(given))
        return any(_passes_item(scope, tested, each) for each in given)
    return same


def asks_for_value(node: Node) -> bool:
    """Tell whether `?` stands somewhere in an expression."""
    return any(isinstance(each, tree.Name) and each.name == VALUE for each in tree.parts(node))


def _passes_item(scope: Scope, tested: Any, item: Any) -> bool:
    if type(item) is Range and type(tested) is not Range:
        return item.holds(tested) is True
    return values.equal(tested, item, scope.run.budget) is True


def _any_of(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]

    def passes(scope: Scope, tested: Any) -> bool | None:
        result: bool | None = False
        for test in tests:
            passed = test(scope, tested)
            if passed:
                return True
            if passed is None:
                result = None
        return result

    return passes


def _test(compiler: Compiler, node: Node) -> Test:
    if isinstance(node, tree.Unary):
        return _compared(compiler, node.sign, node.endpoint, node.at)
    if isinstance(node, tree.RangeOf):
        return _within(compiler, node)
    given, asked, at = compiler.value(node), asks_for_value(node), node.at

    def passes(scope: Scope, tested: Any) -> bool | None:
        value = given(scope)
        if asked and (value is None or type(value) is bool):
            return value
        if value is True and type(tested) is not bool:
            return True
        return _known(scope, at, tested, value)

    return passes


def _known(scope: Scope, at: Position, tested: Any, value: Any) -> bool | None:
    passed = passes_value(scope, tested, value)
    if passed is None:
        scope.run.null(
            at,
            "A value of type {left} is not tested with one of type {right}.",
            left=values.kind(tested),
            right=values.kind(value),
        )
    return passed


def _compared(compiler: Compiler, sign: str, endpoint: Node, at: Position) -> Test:
    limit, compare = compiler.value(endpoint), comparing(sign, at)
    return lambda scope, tested: compare(scope, tested, limit(scope))


def _within(compiler: Compiler, node: tree.RangeOf) -> Test:
    above = _compared(compiler, ">=" if node.start_included else ">", node.start, node.at)
    below = _compared(compiler, "<=" if node.end_included else "<", node.end, node.at)

    def passes(scope: Scope, tested: Any) -> bool | None:
        return both(above(scope, tested), below(scope, tested))

    return passes
