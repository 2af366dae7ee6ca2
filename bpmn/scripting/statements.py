"""
The statements of a script, as closures that tell how they ended.

Each pays for the operations written in it before it is run, so that a loop cannot go round unpaid. The
variable of a loop lives as long as the loop: it would only litter the process.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NoReturn

from bpmn.scripting import aggregates, calls, methods, operators, refusals, targets
from bpmn.scripting.errors import BpmnErrorThrown, ExpressionFailed
from bpmn.scripting.functions import Function
from bpmn.scripting.kinds import truth
from bpmn.scripting.reading import Reading
from bpmn.scripting.run import Run


class Jump(Enum):
    BREAK = auto()
    CONTINUE = auto()


Execute = Callable[[Run], Jump | None]

ERROR = Function(lambda: None, fewest=1, most=2)


def block(reading: Reading, nodes: Sequence[ast.stmt]) -> Execute:
    """Read statements in their order; they are paid by themselves, not by what they stand in."""
    before = reading.operations
    statements = [_statement(reading, node) for node in nodes]
    reading.operations = before

    def execute(run: Run) -> Jump | None:
        for statement in statements:
            jump = statement(run)
            if jump is not None:
                return jump
        return None

    return execute


def _statement(reading: Reading, node: ast.stmt) -> Execute:
    handler = HANDLERS.get(type(node))
    if handler is None:
        raise reading.refused(node, refusals.sentence(node))
    before, line = reading.operations, node.lineno
    with reading.inside(node):
        execute = handler(reading, node)
    price = reading.operations - before + 1

    def paid(run: Run) -> Jump | None:
        try:
            run.burn(price)
            return execute(run)
        except ExpressionFailed as error:
            error.line = error.line or line
            raise

    return paid


def _assign(reading: Reading, node: ast.Assign) -> Execute:
    evaluate = reading.value(node.value)
    stores = [targets.target(reading, each) for each in node.targets]

    def assign(run: Run) -> None:
        value = evaluate(run)
        for store in stores:
            store(run, value)

    return assign


def _change(reading: Reading, node: ast.AugAssign) -> Execute:
    store = targets.target(reading, node.target)
    old, value = reading.value(node.target), reading.value(node.value)
    operate = operators.operation(reading, node)
    return lambda run: store(run, operate(run, old(run), value(run)))


def _branch(reading: Reading, node: ast.If) -> Execute:
    """Read `if`, `elif`, `else` as one row, so that many cases are not deep ones."""
    ways = [(reading.value(node.test), block(reading, node.body))]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        ways.append((reading.value(node.test), block(reading, node.body)))
    otherwise = block(reading, node.orelse)

    def branch(run: Run) -> Jump | None:
        for test, body in ways:
            if truth(test(run)):
                return body(run)
        return otherwise(run)

    return branch


def _loop(reading: Reading, node: ast.For) -> Execute:
    if node.orelse:
        raise reading.refused(node.orelse[0], "A loop has no 'else'; use a variable and 'if'.")
    source = reading.value(node.iter)
    with reading.bound(node.target) as store:
        body = block(reading, node.body)

    def loop(run: Run) -> None:
        for item in aggregates.items(run, source(run)):
            run.burn(1)
            store(run, item)
            if body(run) is Jump.BREAK:
                break

    return loop


def _jump(reading: Reading, node: ast.Break | ast.Continue) -> Execute:
    if not reading.looping:
        raise reading.refused(node, "'break' and 'continue' stand inside a loop.")
    jump = Jump.BREAK if isinstance(node, ast.Break) else Jump.CONTINUE
    return lambda _: jump


def _pass(_reading: Reading, _node: ast.Pass) -> Execute:
    return lambda _: None


def _alone(reading: Reading, node: ast.Expr) -> Execute:
    """Read a call on a line of its own."""
    call = node.value
    if not isinstance(call, ast.Call):
        raise reading.refused(
            node, "This line has no effect; assign the value, or begin a comment with '#'."
        )
    if isinstance(call.func, ast.Name) and call.func.id == "error":
        return _throw(reading, call)
    if isinstance(call.func, ast.Attribute) and call.func.attr in methods.CHANGES:
        return _longer(reading, call, call.func)
    evaluate = reading.value(call)

    def drop(run: Run) -> None:
        evaluate(run)

    return drop


def _throw(reading: Reading, call: ast.Call) -> Execute:
    values = calls.arguments(reading, call, "error", ERROR)

    def throw(run: Run) -> NoReturn:
        code, text, *_ = [*(value(run) for value in values), ""]
        if type(code) is not str or type(text) is not str or not code.strip():
            raise ExpressionFailed("error() takes a code and a message, both texts.")
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
    old = reading.value(called.value)
    function = methods.CHANGES[name]
    (value,) = calls.arguments(reading, call, name, function)

    def longer(run: Run) -> None:
        run.assigned[variable] = function.call(run, old(run), value(run))

    return longer


HANDLERS: Mapping[type[ast.stmt], Callable[[Reading, Any], Execute]] = {
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
