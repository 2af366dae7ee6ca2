"""A text that has a value, in Python's syntax."""

import ast

from bpmn import feel
from bpmn.feel import Limits, expressions
from bpmn.scripting.functions import LIBRARY
from bpmn.scripting.python import calls, literals, operators, syntax
from bpmn.scripting.python.reading import Readers, Reading

READERS: Readers = {
    ast.Attribute: literals.attribute,
    ast.BinOp: operators.binary,
    ast.BoolOp: operators.joined,
    ast.Call: calls.call,
    ast.Compare: operators.compared,
    ast.Constant: literals.constant,
    ast.Dict: literals.entries,
    ast.IfExp: operators.chosen,
    ast.JoinedStr: literals.text,
    ast.List: literals.items,
    ast.ListComp: literals.comprehension,
    ast.Name: literals.variable,
    ast.Subscript: literals.subscript,
    ast.Tuple: literals.items,
    ast.UnaryOp: operators.unary,
}
"""The syntax that an expression may use, all of it."""


def read(text: str, limits: Limits) -> feel.Expression:
    """Read an expression; raises `InvalidExpression` for what is not one, or not allowed."""
    node, source = syntax.expression(text, limits)
    reading = Reading(source, limits, READERS)
    return expressions.of_tree(reading.value(node), text, library=LIBRARY, limits=limits)
