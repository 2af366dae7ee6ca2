"""Values as they are written, and the names of variables."""

import ast
import math
from typing import Any

from bpmn.scripting import conversions, refusals
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.functions import FUNCTIONS
from bpmn.scripting.reading import CONSTANTS, Reading
from bpmn.scripting.run import Evaluate, Run


def constant(reading: Reading, node: ast.Constant) -> Evaluate:
    value = node.value
    if type(value) is int and value >= reading.limits.largest:
        raise reading.refused(
            node, "A number may not have more than {limit} digits.", limit=reading.limits.digits
        )
    if type(value) is float and not math.isfinite(value):
        raise reading.refused(node, "The number is too large.")
    if value is not None and type(value) not in (bool, int, float, str):
        raise reading.refused(
            node, "Values are numbers, texts, True, False, None, lists and dicts."
        )
    return _always(value)


def variable(reading: Reading, node: ast.Name) -> Evaluate:
    name = node.id
    if name in CONSTANTS:
        return _always(CONSTANTS[name])
    slot = reading.slot(name)
    if slot is not None:
        return lambda run: run.slots[slot]
    reading.free.add(reading.name(node, name))

    def look_up(run: Run) -> Any:
        try:
            return run.names[name]
        except KeyError:
            raise _unknown(name) from None

    return look_up


def items(reading: Reading, node: ast.List | ast.Tuple) -> Evaluate:
    _check_length(reading, node, len(node.elts))
    parts = [reading.value(each) for each in node.elts]
    return lambda run: [part(run) for part in parts]


def entries(reading: Reading, node: ast.Dict) -> Evaluate:
    _check_length(reading, node, len(node.values))
    parts = []
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise reading.refused(node, refusals.sentence(node))
        parts.append((reading.value(key), reading.value(value)))

    def build(run: Run) -> dict[str, Any]:
        built = {}
        for read_key, read_value in parts:
            key = read_key(run)
            if type(key) is not str:
                raise ExpressionFailed("The keys of a dict are texts.")
            built[key] = read_value(run)
        return built

    return build


def text(reading: Reading, node: ast.JoinedStr) -> Evaluate:
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

    def build(run: Run) -> str:
        written = [conversions.text(run, part(run)) for part in parts]
        run.room_for_text(sum(map(len, written)))
        return "".join(written)

    return build


def _always(value: Any) -> Evaluate:
    return lambda _: value


def _check_length(reading: Reading, node: ast.expr, length: int) -> None:
    if length > reading.limits.items:
        raise reading.refused(
            node, "A list may not hold more than {limit} items.", limit=reading.limits.items
        )


def _unknown(name: str) -> ExpressionFailed:
    if name in FUNCTIONS:
        return ExpressionFailed(
            "'{name}' is a function, called with brackets; there is no variable of that name.",
            name=name,
        )
    return ExpressionFailed("There is no variable named '{name}'.", name=name)
