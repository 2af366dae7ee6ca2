"""Values as they are written, the names of variables, and parts of values."""

import ast
import math
from decimal import Decimal

from bpmn.feel import tree
from bpmn.feel.numbers import DIGITS, LARGEST
from bpmn.feel.tree import Node
from bpmn.feel.types import ANY
from bpmn.scripting import trees
from bpmn.scripting.python import refusals
from bpmn.scripting.python.reading import CONSTANTS, Reading


def constant(reading: Reading, node: ast.Constant) -> Node:
    value, at = node.value, reading.at(node)
    if type(value) is int and value >= LARGEST:
        raise reading.refused(
            node, "A number may not have more than {limit} digits.", limit=DIGITS
        )
    if type(value) is float:
        if not math.isfinite(value):
            raise reading.refused(node, "The number is too large.")
        return tree.Literal(Decimal(repr(value)), at=at)
    if value is not None and type(value) not in {bool, int, str}:
        raise reading.refused(
            node, "Values are numbers, texts, True, False, None, lists and dicts."
        )
    return tree.Literal(value, at=at)


def variable(reading: Reading, node: ast.Name) -> Node:
    if node.id in CONSTANTS:
        return tree.Literal(CONSTANTS[node.id], at=reading.at(node))
    name = node.id if reading.is_bound(node.id) else reading.name(node, node.id)
    return tree.Name(name, at=reading.at(node))


def items(reading: Reading, node: ast.List | ast.Tuple) -> Node:
    return tree.ListOf(tuple(reading.value(each) for each in node.elts), at=reading.at(node))


def entries(reading: Reading, node: ast.Dict) -> Node:
    said: list[Node] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise reading.refused(node, refusals.sentence(node))
        said += [reading.value(key), reading.value(value)]
    return trees.called("{}", *said, at=reading.at(node))


def text(reading: Reading, node: ast.JoinedStr) -> Node:
    """Read a text with expressions in braces; without formats, which can ask for any width."""
    parts = []
    for each in node.values:
        if isinstance(each, ast.FormattedValue):
            if each.conversion != -1 or each.format_spec is not None:
                raise reading.refused(
                    node,
                    "In the braces of a text stands an expression alone; use round() or str().",
                )
            parts.append(reading.value(each.value))
        else:
            parts.append(reading.value(each))
    return trees.called("f''", *parts, at=reading.at(node))


def attribute(reading: Reading, node: ast.Attribute) -> Node:
    """Read `person.age`: the entry under the name "age". No value has attributes here."""
    name = reading.name(node, node.attr)
    return tree.Path(reading.value(node.value), name, at=reading.at(node))


def subscript(reading: Reading, node: ast.Subscript) -> Node:
    whole, key, at = reading.value(node.value), node.slice, reading.at(node)
    if isinstance(key, ast.Slice):
        nothing = tree.Literal(None, at=at)
        bounds = [
            reading.value(bound) if bound else nothing
            for bound in (key.lower, key.upper, key.step)
        ]
        return trees.called("[:]", whole, *bounds, at=at)
    return trees.entry(whole, reading.value(key), at=at)


def comprehension(reading: Reading, node: ast.ListComp) -> Node:
    """Read `[row.amount for row in rows if row.paid]`."""
    loop, *more = node.generators
    if more or loop.is_async:
        raise reading.refused(node, "A list is made by one loop; use 'for' in a script for more.")
    source, at = reading.value(loop.iter), reading.at(node)
    with reading.bound(loop.target) as names:
        tests = [trees.truth(reading.value(test), "is true") for test in loop.ifs]
        made: Node = tree.ListOf((reading.value(node.elt),), at=at)
    if tests:
        made = tree.If(trees.all_of(*tests), made, tree.ListOf(()), at=at)
    function = tree.FunctionOf(tuple((name, ANY) for name in names), made, at=at)
    return trees.called("each of", function, source, at=at)
