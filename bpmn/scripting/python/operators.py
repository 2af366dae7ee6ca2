"""Signs and words between values: `+`, `<`, `in`, `and`, `not`, `if … else`."""

import ast
from collections.abc import Mapping, Sequence

from bpmn.feel import tree
from bpmn.feel.tree import Node
from bpmn.scripting import trees
from bpmn.scripting.python import refusals
from bpmn.scripting.python.reading import Reading

ARITHMETIC: Mapping[type[ast.operator], str] = {
    ast.Sub: "-",
    ast.Div: "/",
    ast.Pow: "**",
}
CALLED: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Mult: "*",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
"""Operators that do something else than FEEL's."""

ORDER: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "=",
    ast.IsNot: "!=",
}
EQUALITY: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "is in",
    ast.NotIn: "is not in",
}


def binary(reading: Reading, node: ast.BinOp) -> Node:
    """Read `a + b - c` as one row, so that a long sum is not a deep one."""
    row: list[ast.BinOp] = []
    first: ast.expr = node
    while isinstance(first, ast.BinOp):
        row.append(first)
        first = first.left
    value = reading.value(first)
    row.reverse()
    while row:
        alike = [row.pop(0)]
        while row and _kind(row[0]) == _kind(alike[0]):
            alike.append(row.pop(0))
        value = _operated(reading, value, alike)
    return value


def operation(reading: Reading, node: ast.BinOp | ast.AugAssign, left: Node, right: Node) -> Node:
    """Return a node for one operator between two values."""
    at, kind = reading.at(node), type(node.op)
    if kind in ARITHMETIC:
        return tree.Arithmetic(left, ((ARITHMETIC[kind], right),), at=at)
    if kind not in CALLED:
        raise reading.refused(node, refusals.operator_sentence(node.op))
    return trees.called(CALLED[kind], left, right, at=at)


def unary(reading: Reading, node: ast.UnaryOp) -> Node:
    operand, at = reading.value(node.operand), reading.at(node)
    if isinstance(node.op, ast.Not):
        return trees.called("is not true", operand, at=at)
    if isinstance(node.op, ast.USub):
        return tree.Negation(operand, at=at)
    if isinstance(node.op, ast.UAdd):
        return tree.Negation(tree.Negation(operand, at=at), at=at)
    raise reading.refused(node, refusals.operator_sentence(node.op))


def joined(reading: Reading, node: ast.BoolOp) -> Node:
    """Read `and` and `or`, which return the value that decided, as in Python."""
    decisive = isinstance(node.op, ast.Or)
    operands = [reading.value(each) for each in node.values]
    if all(map(trees.is_truth, operands)):
        return tree.Junction(decisive, tuple(operands), at=reading.at(node))
    *others, value = operands
    for operand in reversed(others):
        value = _decided(reading, operand, value, decisive=decisive)
    return value


def compared(reading: Reading, node: ast.Compare) -> Node:
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(operator, ast.Is | ast.IsNot) and not _is_none(right):
            raise reading.refused(
                right, "'is' asks for None only; other values are compared with '=='."
            )
    rights = [reading.value(each) for each in node.comparators]
    return _chain(reading, node, reading.value(node.left), node.ops, rights)


def chosen(reading: Reading, node: ast.IfExp) -> Node:
    test, body, otherwise = map(reading.value, (node.test, node.body, node.orelse))
    return tree.If(trees.truth(test, "is true"), body, otherwise, at=reading.at(node))


def _operated(reading: Reading, first: Node, row: Sequence[ast.BinOp]) -> Node:
    """Return a row of sums, or of differences, or one other operator."""
    at, sign = reading.at(row[0]), _kind(row[0])
    for each in row:
        if isinstance(each.op, ast.Mod) and _is_text(each.left):
            raise reading.refused(
                each, "Texts are not formatted with '%'; put them together with '+'."
            )
    operands = [reading.value(each.right) for each in row]
    if sign in {ast.Add, ast.Mult}:
        return trees.called(CALLED[sign], first, *operands, at=at)
    if sign in {ast.Sub, ast.Div}:
        return tree.Arithmetic(first, tuple((ARITHMETIC[sign], each) for each in operands), at=at)
    for each, operand in zip(row, operands, strict=True):
        first = operation(reading, each, first, operand)
    return first


def _kind(node: ast.BinOp) -> type[ast.operator]:
    return type(node.op)


def _decided(reading: Reading, left: Node, right: Node, *, decisive: bool) -> Node:
    """Return `left or right` (or `and`): the left value, if it counts as what decides."""
    if isinstance(left, tree.Name | tree.Literal):
        return _choice(left, left, right, decisive=decisive)
    name = reading.held()
    held = tree.Name(name, at=left.at)
    return trees.held(name, left, _choice(held, held, right, decisive=decisive))


def _choice(test: Node, left: Node, right: Node, *, decisive: bool) -> Node:
    ways = (left, right) if decisive else (right, left)
    return tree.If(trees.truth(test, "is true"), *ways, at=test.at)


def _chain(
    reading: Reading,
    node: ast.Compare,
    left: Node,
    operators: Sequence[ast.cmpop],
    rights: Sequence[Node],
) -> Node:
    """Return `left < right < …`, where each value is worked out once."""
    (operator, *others), (right, *more) = operators, rights
    if not others:
        return _comparison(reading, node, left, operator, right)
    if isinstance(right, tree.Name | tree.Literal):
        first = _comparison(reading, node, left, operator, right)
        rest = _chain(reading, node, right, others, more)
        return trees.all_of(first, rest)
    name = reading.held()
    held = tree.Name(name, at=right.at)
    first = _comparison(reading, node, left, operator, held)
    rest = _chain(reading, node, held, others, more)
    return trees.held(name, right, trees.all_of(first, rest))


def _comparison(
    reading: Reading, node: ast.Compare, left: Node, operator: ast.cmpop, right: Node
) -> Node:
    at = reading.at(node)
    if type(operator) in ORDER:
        return tree.Comparison(ORDER[type(operator)], left, right, at=at)
    return trees.called(EQUALITY[type(operator)], left, right, at=at)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _is_none(node: ast.expr) -> bool:
    return (isinstance(node, ast.Constant) and node.value is None) or (
        isinstance(node, ast.Name) and node.id == "null"
    )
