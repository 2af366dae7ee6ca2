"""
Calls of the functions and methods in the tables.

What is called is decided while reading, by its name alone. A variable that has the name of a function changes
nothing, and a value is never called.
"""

import ast

from bpmn.feel.functions import Invocable
from bpmn.feel.tree import Node
from bpmn.scripting import trees
from bpmn.scripting.errors import InvalidExpression
from bpmn.scripting.functions import METHODS, NAMED
from bpmn.scripting.python.reading import Reading

CHANGES = frozenset({"append", "extend"})
"""Statements of their own, which assign the variable they are written after."""


def call(reading: Reading, node: ast.Call) -> Node:
    if isinstance(node.func, ast.Name):
        return _function(reading, node, node.func)
    if isinstance(node.func, ast.Attribute):
        return _method(reading, node, node.func)
    raise reading.refused(node, "Only functions can be called, by their names.")


def arguments(reading: Reading, node: ast.Call, name: str, fewest: int, most: int) -> list[Node]:
    """Return the arguments of a call, as many as are taken."""
    if node.keywords:
        raise reading.refused(node, "{name}() takes its values without names.", name=name)
    if not fewest <= len(node.args) <= most:
        raise reading.refused(
            node, "{name}() takes {fewest} to {most} values.", name=name, fewest=fewest, most=most
        )
    return [reading.value(each) for each in node.args]


def _function(reading: Reading, node: ast.Call, called: ast.Name) -> Node:
    name = reading.name(called, called.id)
    if name not in NAMED:
        raise _unknown_function(reading, called)
    values = arguments(reading, node, name, *_counts(NAMED[name]))
    return trees.called(f"{name}()", *values, at=reading.at(node))


def _method(reading: Reading, node: ast.Call, called: ast.Attribute) -> Node:
    name = reading.name(called, called.attr)
    if name in CHANGES:
        raise reading.refused(
            node, "{name}() stands on a line of its own in a script, after a variable.", name=name
        )
    if name not in METHODS:
        raise reading.refused(
            node,
            "There is no method '{name}'; there are {known}.",
            name=name,
            known=", ".join(METHODS),
        )
    fewest, most = _counts(METHODS[name])
    whole = reading.value(called.value)
    values = arguments(reading, node, name, fewest - 1, most - 1)
    return trees.called(f".{name}()", whole, *values, at=reading.at(node))


MANY = 100


def _counts(function: Invocable) -> tuple[int, int]:
    """Return how few and how many values a function takes."""
    signature = function.signatures[0]
    fewest = sum(not each.optional for each in signature.parameters)
    return fewest, MANY if signature.rest else len(signature.parameters)


def _unknown_function(reading: Reading, called: ast.Name) -> InvalidExpression:
    if called.id == "error":
        return reading.refused(called, "error() stands on a line of its own in a script.")
    return reading.refused(
        called,
        "There is no function '{name}'; there are {known}.",
        name=called.id,
        known=", ".join(NAMED),
    )
