"""
Calls of the functions and methods in the tables.

What is called is decided while reading, by its name alone. A variable that has the name of a function
changes nothing, and a value that could be called is never called.
"""

import ast
from typing import Any

from bpmn.scripting import methods
from bpmn.scripting.errors import InvalidExpression
from bpmn.scripting.functions import FUNCTIONS, Function
from bpmn.scripting.reading import Reading
from bpmn.scripting.run import Evaluate, Run


def call(reading: Reading, node: ast.Call) -> Evaluate:
    if isinstance(node.func, ast.Name):
        return _function(reading, node, node.func)
    if isinstance(node.func, ast.Attribute):
        return _method(reading, node, node.func)
    raise reading.refused(node, "Only functions can be called, by their names.")


def arguments(reading: Reading, node: ast.Call, name: str, function: Function) -> list[Evaluate]:
    """Return the arguments of a call, as many as the function takes."""
    if node.keywords:
        raise reading.refused(node, "{name}() takes its values without names.", name=name)
    if not function.takes(len(node.args)):
        raise reading.refused(
            node,
            "{name}() takes {fewest} to {most} values.",
            name=name,
            fewest=function.fewest,
            most=function.most,
        )
    return [reading.value(each) for each in node.args]


def _function(reading: Reading, node: ast.Call, called: ast.Name) -> Evaluate:
    name = reading.name(called, called.id)
    function = FUNCTIONS.get(name)
    if function is None:
        raise _unknown_function(reading, called)
    values = arguments(reading, node, name, function)
    call = function.call
    if len(values) == 1:
        value = values[0]
        return lambda run: call(run, value(run))
    return lambda run: call(run, *[value(run) for value in values])


def _method(reading: Reading, node: ast.Call, called: ast.Attribute) -> Evaluate:
    name = reading.name(called, called.attr)
    if name in methods.CHANGES:
        raise reading.refused(
            node, "{name}() stands on a line of its own in a script, after a variable.", name=name
        )
    if name not in methods.METHODS:
        raise reading.refused(
            node,
            "There is no method '{name}'; there are {known}.",
            name=name,
            known=", ".join(methods.METHODS),
        )
    whole = reading.value(called.value)
    values = arguments(reading, node, name, methods.METHODS[name][1])

    def evaluate(run: Run) -> Any:
        return methods.call(run, name, whole(run), [value(run) for value in values])

    return evaluate


def _unknown_function(reading: Reading, called: ast.Name) -> InvalidExpression:
    if called.id == "error":
        return reading.refused(called, "error() stands on a line of its own in a script.")
    return reading.refused(
        called,
        "There is no function '{name}'; there are {known}.",
        name=called.id,
        known=", ".join(FUNCTIONS),
    )
