"""Places on the left of `=`: a variable, an entry inside one, a row of these."""

import ast
from typing import Any

from bpmn.scripting import entries
from bpmn.scripting.reading import CONSTANTS, Reading, unpacked
from bpmn.scripting.run import Evaluate, Run, Store


def target(reading: Reading, node: ast.expr) -> Store:
    if isinstance(node, ast.Name):
        return _variable(assignable(reading, node))
    if isinstance(node, ast.Attribute | ast.Subscript):
        with reading.inside(node):
            return _entry(reading, node)
    if isinstance(node, ast.Tuple | ast.List):
        with reading.inside(node):
            return unpacked([target(reading, each) for each in node.elts])
    raise reading.refused(node, "This cannot be assigned; a variable or an entry of one can.")


def assignable(reading: Reading, node: ast.Name) -> str:
    """Return the name of a variable that a script may assign."""
    if node.id in CONSTANTS:
        raise reading.refused(node, "'{name}' is a value, not a variable.", name=node.id)
    if reading.slot(node.id) is not None:
        raise reading.refused(
            node,
            "'{name}' belongs to the loop, and what is assigned to it would be lost; collect the"
            " new values in another variable.",
            name=node.id,
        )
    return reading.name(node, node.id)


def _variable(name: str) -> Store:
    def store(run: Run, value: Any) -> None:
        run.assigned[name] = value

    return store


def _entry(reading: Reading, node: ast.expr) -> Store:
    """Read `person["address"].city`: the keys from the outside in, after the variable."""
    keys: list[Evaluate] = []
    while isinstance(node, ast.Attribute | ast.Subscript):
        keys.insert(0, _key(reading, node))
        node = node.value
    if len(keys) > reading.limits.depth:
        raise reading.refused(
            node, "The text is nested more than {limit} deep.", limit=reading.limits.depth
        )
    if not isinstance(node, ast.Name):
        raise reading.refused(node, "Entries of variables can be assigned, not of other values.")
    name = assignable(reading, node)
    whole = reading.value(node)

    def store(run: Run, value: Any) -> None:
        path = [key(run) for key in keys]
        run.assigned[name] = entries.replaced(run, whole(run), path, value)

    return store


def _key(reading: Reading, node: ast.Attribute | ast.Subscript) -> Evaluate:
    if isinstance(node, ast.Attribute):
        key = reading.name(node, node.attr)
        return lambda _: key
    if isinstance(node.slice, ast.Slice):
        raise reading.refused(node, "One entry is assigned at a time, without ':'.")
    return reading.value(node.slice)
