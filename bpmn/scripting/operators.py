"""Signs and words between values: `+`, `<`, `in`, `and`, `not`, `if … else`."""

import ast
from collections.abc import Mapping
from typing import Any

from bpmn.scripting import arithmetic, comparison, refusals
from bpmn.scripting.arithmetic import Operation
from bpmn.scripting.kinds import truth
from bpmn.scripting.reading import CONSTANTS, Reading
from bpmn.scripting.run import Evaluate, Run

OPERATIONS: Mapping[type[ast.operator], Operation] = {
    ast.Add: arithmetic.add,
    ast.Sub: arithmetic.subtract,
    ast.Mult: arithmetic.multiply,
    ast.Div: arithmetic.divide,
    ast.FloorDiv: arithmetic.floor_divide,
    ast.Mod: arithmetic.modulo,
    ast.Pow: arithmetic.power,
}

COMPARISONS: Mapping[type[ast.cmpop], Operation] = {
    ast.Eq: comparison.equal,
    ast.NotEq: comparison.unequal,
    ast.Lt: comparison.less,
    ast.LtE: comparison.less_or_equal,
    ast.Gt: comparison.greater,
    ast.GtE: comparison.greater_or_equal,
    ast.In: comparison.contains,
    ast.NotIn: comparison.absent,
    ast.Is: lambda _, left, right: left is right,
    ast.IsNot: lambda _, left, right: left is not right,
}


def binary(reading: Reading, node: ast.BinOp) -> Evaluate:
    """Read `a + b + c` as one row, so that a long sum is not a deep one."""
    row: list[ast.BinOp] = []
    first: ast.expr = node
    while isinstance(first, ast.BinOp):
        row.append(first)
        first = first.left
    reading.operations += len(row) - 1
    evaluate = reading.value(first)
    steps = [(operation(reading, each), reading.value(each.right)) for each in reversed(row)]
    if len(steps) == 1:
        return _applied(evaluate, *steps[0])

    def apply(run: Run) -> Any:
        value = evaluate(run)
        for operate, operand in steps:
            value = operate(run, value, operand(run))
        return value

    return apply


def operation(reading: Reading, node: ast.BinOp | ast.AugAssign) -> Operation:
    operate = OPERATIONS.get(type(node.op))
    if operate is None:
        raise reading.refused(node, refusals.operator_sentence(node.op))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
        raise reading.refused(
            node, "Texts are not formatted with '%'; put them together with '+'."
        )
    return operate


def unary(reading: Reading, node: ast.UnaryOp) -> Evaluate:
    operand = reading.value(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda run: not truth(operand(run))
    if isinstance(node.op, ast.USub):
        return lambda run: arithmetic.negative(run, operand(run))
    if isinstance(node.op, ast.UAdd):
        return lambda run: arithmetic.positive(run, operand(run))
    raise reading.refused(node, refusals.operator_sentence(node.op))


def joined(reading: Reading, node: ast.BoolOp) -> Evaluate:
    """Read `and` and `or`, which return the value that decided, as in Python."""
    *operands, last = [reading.value(each) for each in node.values]
    decisive = isinstance(node.op, ast.Or)

    def decide(run: Run) -> Any:
        for operand in operands:
            value = operand(run)
            if truth(value) is decisive:
                return value
        return last(run)

    return decide


def compared(reading: Reading, node: ast.Compare) -> Evaluate:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, ast.Is | ast.IsNot) and not _is_none(right):
            raise reading.refused(
                right, "'is' asks for None only; other values are compared with '=='."
            )
    first = reading.value(node.left)
    steps = [
        (COMPARISONS[type(operator)], reading.value(right))
        for operator, right in zip(node.ops, node.comparators, strict=True)
    ]
    if len(steps) == 1:
        return _applied(first, *steps[0])

    def compare(run: Run) -> bool:
        left = first(run)
        for holds, operand in steps:
            right = operand(run)
            if not holds(run, left, right):
                return False
            left = right
        return True

    return compare


def chosen(reading: Reading, node: ast.IfExp) -> Evaluate:
    test, body, otherwise = map(reading.value, (node.test, node.body, node.orelse))
    return lambda run: body(run) if truth(test(run)) else otherwise(run)


def _applied(left: Evaluate, operate: Operation, right: Evaluate) -> Evaluate:
    return lambda run: operate(run, left(run), right(run))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _is_none(node: ast.expr) -> bool:
    if isinstance(node, ast.Name):
        return node.id in CONSTANTS and CONSTANTS[node.id] is None
    return isinstance(node, ast.Constant) and node.value is None
