"""Places on the left of `=`: a variable, an entry inside one, a row of these."""

import ast
from collections.abc import Callable
from typing import Any

from bpmn.feel import tree
from bpmn.feel.run import Evaluate, Scope
from bpmn.scripting.functions import entries, lists
from bpmn.scripting.python.reading import CONSTANTS, DEEPEST, Reading

Store = Callable[[Scope, dict[str, Any], Any], None]
"""Puts a value into the variables that a script has assigned."""


def target(reading: Reading, node: ast.expr) -> Store:
    if isinstance(node, ast.Name):
        return _variable(assignable(reading, node))
    if isinstance(node, ast.Attribute | ast.Subscript):
        with reading.inside(node):
            return _entry(reading, node)
    if isinstance(node, ast.Tuple | ast.List):
        with reading.inside(node):
            return _row([target(reading, each) for each in node.elts])
    raise reading.refused(node, "This cannot be assigned; a variable or an entry of one can.")


def assignable(reading: Reading, node: ast.Name) -> str:
    """Return the name of a variable that a script may assign."""
    if node.id in CONSTANTS:
        raise reading.refused(node, "'{name}' is a value, not a variable.", name=node.id)
    if reading.is_bound(node.id):
        raise reading.refused(
            node,
            "'{name}' belongs to the loop, and what is assigned to it would be lost; collect the"
            " new values in another variable.",
            name=node.id,
        )
    return reading.name(node, node.id)


def _variable(name: str) -> Store:
    def store(_scope: Scope, assigned: dict[str, Any], value: Any) -> None:
        assigned[name] = value

    return store


def _row(stores: list[Store]) -> Store:
    def store(scope: Scope, assigned: dict[str, Any], value: Any) -> None:
        for each, item in zip(stores, lists.unpacked(value, len(stores)), strict=True):
            each(scope, assigned, item)

    return store


def _entry(reading: Reading, node: ast.expr) -> Store:
    """Read `person["address"].city`: the keys from the outside in, after the variable."""
    keys: list[Evaluate] = []
    while isinstance(node, ast.Attribute | ast.Subscript):
        keys.insert(0, _key(reading, node))
        node = node.value
    if len(keys) > DEEPEST:
        raise reading.refused(node, "The text is nested more than {limit} deep.", limit=DEEPEST)
    if not isinstance(node, ast.Name):
        raise reading.refused(node, "Entries of variables can be assigned, not of other values.")
    name = assignable(reading, node)
    whole = reading.evaluated(node)

    def store(scope: Scope, assigned: dict[str, Any], value: Any) -> None:
        path = [key(scope) for key in keys]
        assigned[name] = entries.replaced(scope.run, whole(scope), path, value)

    return store


def _key(reading: Reading, node: ast.Attribute | ast.Subscript) -> Evaluate:
    if isinstance(node, ast.Attribute):
        return reading.compiled(tree.Literal(reading.name(node, node.attr)))
    if isinstance(node.slice, ast.Slice):
        raise reading.refused(node, "One entry is assigned at a time, without ':'.")
    return reading.evaluated(node.slice)
