"""Parts of values: `person.age`, `rows[0]`, `text[2:5]`."""

import ast
from typing import Any

from bpmn.scripting import entries
from bpmn.scripting.reading import Reading
from bpmn.scripting.run import Evaluate, Run


def attribute(reading: Reading, node: ast.Attribute) -> Evaluate:
    """Read `person.age`: the entry under the key "age". No value has attributes here."""
    key = reading.name(node, node.attr)
    whole = reading.value(node.value)
    return lambda run: entries.attribute(whole(run), key)


def subscript(reading: Reading, node: ast.Subscript) -> Evaluate:
    whole = reading.value(node.value)
    if isinstance(node.slice, ast.Slice):
        return _part(reading, whole, node.slice)
    key = reading.value(node.slice)
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        name = node.slice.value
        return lambda run: entries.item(whole(run), name, shown=name)
    return lambda run: entries.item(whole(run), key(run))


def _part(reading: Reading, whole: Evaluate, node: ast.Slice) -> Evaluate:
    lower, upper, step = (
        reading.value(bound) if bound else None for bound in (node.lower, node.upper, node.step)
    )

    def cut(run: Run) -> Any:
        value = whole(run)
        bounds = [bound(run) if bound else None for bound in (lower, upper, step)]
        return entries.part(run, value, bounds)

    return cut
