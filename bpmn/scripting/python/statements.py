"""
The statements of a script, as closures that tell how they ended.

Each is paid before it is run, so that a loop cannot go round unpaid. The variable of a loop lives as long as the
loop: it would only litter the process.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NoReturn

from bpmn.feel.errors import ExpressionFailed, NoValue
from bpmn.feel.run import Scope
from bpmn.scripting import trees
from bpmn.scripting.errors import BpmnErrorThrown
from bpmn.scripting.functions import entries, lists
from bpmn.scripting.python import calls, operators, refusals, targets
from bpmn.scripting.python.reading import Reading

ROUND = 3
"""Steps of a round of a loop, and of a statement: what they take beside their expressions."""


class Jump(Enum):
    BREAK = auto()
    CONTINUE = auto()


Execute = Callable[[Scope, dict[str, Any]], Jump | None]
"""Runs in a scope, and assigns what is in the dict, which is a part of the scope."""


def block(reading: Reading, nodes: Sequence[ast.stmt]) -> Execute:
    """Read statements in their order."""
    statements = [_statement(reading, node) for node in nodes]

    def execute(scope: Scope, assigned: dict[str, Any]) -> Jump | None:
        for statement in statements:
            jump = statement(scope, assigned)
            if jump is not None:
                return jump
        return None

    return execute


def _statement(reading: Reading, node: ast.stmt) -> Execute:
    reader = READERS.get(type(node))
    if reader is None:
        raise reading.refused(node, refusals.sentence(node))
    at = reading.at(node)
    with reading.inside(node):
        execute = reader(reading, node)

    def paid(scope: Scope, assigned: dict[str, Any]) -> Jump | None:
        try:
            scope.run.budget.pay(ROUND)
            return execute(scope, assigned)
        except NoValue as error:
            raise ExpressionFailed(error.template, **error.values).at(*at) from error
        except ExpressionFailed as error:
            raise error.at(*at) from error.__cause__

    return paid


def _assign(reading: Reading, node: ast.Assign) -> Execute:
    evaluate = reading.evaluated(node.value)
    stores = [targets.target(reading, each) for each in node.targets]

    def assign(scope: Scope, assigned: dict[str, Any]) -> None:
        value = evaluate(scope)
        for store in stores:
            store(scope, assigned, value)

    return assign


def _change(reading: Reading, node: ast.AugAssign) -> Execute:
    store = targets.target(reading, node.target)
    old, value = reading.value(node.target), reading.value(node.value)
    evaluate = reading.compiled(operators.operation(reading, node, old, value))
    return lambda scope, assigned: store(scope, assigned, evaluate(scope))


def _branch(reading: Reading, node: ast.If) -> Execute:
    """Read `if`, `elif`, `else` as one row, so that many cases are not deep ones."""
    ways = [(_condition(reading, node), block(reading, node.body))]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        ways.append((_condition(reading, node), block(reading, node.body)))
    otherwise = block(reading, node.orelse)

    def branch(scope: Scope, assigned: dict[str, Any]) -> Jump | None:
        for holds, body in ways:
            if holds(scope):
                return body(scope, assigned)
        return otherwise(scope, assigned)

    return branch


def _condition(reading: Reading, node: ast.If) -> Callable[[Scope], Any]:
    return reading.compiled(trees.truth(reading.value(node.test), "is true"))


def _loop(reading: Reading, node: ast.For) -> Execute:
    if node.orelse:
        raise reading.refused(node.orelse[0], "A loop has no 'else'; use a variable and 'if'.")
    source = reading.evaluated(node.iter)
    with reading.bound(node.target) as names:
        body = block(reading, node.body)

    def loop(scope: Scope, assigned: dict[str, Any]) -> None:
        for item in lists.items(scope.run, source(scope)):
            scope.run.budget.pay(ROUND)
            values = [item] if len(names) == 1 else lists.unpacked(item, len(names))
            inner = scope.within(dict(zip(names, values, strict=True)))
            if body(inner, assigned) is Jump.BREAK:
                break

    return loop


def _jump(reading: Reading, node: ast.Break | ast.Continue) -> Execute:
    if not reading.looping:
        raise reading.refused(node, "'break' and 'continue' stand inside a loop.")
    jump = Jump.BREAK if isinstance(node, ast.Break) else Jump.CONTINUE
    return lambda _scope, _assigned: jump


def _pass(_reading: Reading, _node: ast.Pass) -> Execute:
    return lambda _scope, _assigned: None


def _alone(reading: Reading, node: ast.Expr) -> Execute:
    """Read a call on a line of its own."""
    call = node.value
    if not isinstance(call, ast.Call):
        raise reading.refused(
            node, "This line has no effect; assign the value, or begin a comment with '#'."
        )
    if isinstance(call.func, ast.Name) and call.func.id == "error":
        return _throw(reading, call)
    if isinstance(call.func, ast.Attribute) and call.func.attr in calls.CHANGES:
        return _longer(reading, call, call.func)
    evaluate = reading.evaluated(call)

    def drop(scope: Scope, _assigned: dict[str, Any]) -> None:
        evaluate(scope)

    return drop


def _throw(reading: Reading, call: ast.Call) -> Execute:
    values = [reading.compiled(each) for each in calls.arguments(reading, call, "error", 1, 2)]

    def throw(scope: Scope, _assigned: dict[str, Any]) -> NoReturn:
        code, text, *_ = [*(value(scope) for value in values), ""]
        if type(code) is not str or type(text) is not str or not code.strip():
            raise NoValue("error() takes a code and a message, both texts.")
        raise BpmnErrorThrown(code, text)

    return throw


def _longer(reading: Reading, call: ast.Call, called: ast.Attribute) -> Execute:
    name = called.attr
    if not isinstance(called.value, ast.Name):
        raise reading.refused(
            called,
            "{name}() stands after the name of a variable; assign 'rows + [row]' elsewhere.",
            name=name,
        )
    variable = targets.assignable(reading, called.value)
    old = reading.evaluated(called.value)
    (given,) = calls.arguments(reading, call, name, 1, 1)
    value, alone = reading.compiled(given), name == "append"

    def longer(scope: Scope, assigned: dict[str, Any]) -> None:
        more = value(scope)
        assigned[variable] = entries.longer(scope.run, old(scope), [more] if alone else more)

    return longer


READERS: Mapping[type[ast.stmt], Callable[[Reading, Any], Execute]] = {
    ast.Assign: _assign,
    ast.AugAssign: _change,
    ast.Break: _jump,
    ast.Continue: _jump,
    ast.Expr: _alone,
    ast.For: _loop,
    ast.If: _branch,
    ast.Pass: _pass,
}
"""The statements that a script may use, all of them."""
