"""Scripts of a model, as functions from the variables they see to those they set."""

from collections.abc import Callable
from typing import Any

from bpmn.description import Script
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.scripting import marks, python, texts
from bpmn.scripting.seen import Seen

Computed = Callable[[Seen], dict[str, Any]]
"""Raises `ExpressionFailed` and `BpmnErrorThrown`."""


def read(script: Script, limits: Limits) -> Computed:
    """Raises `InvalidExpression`."""
    if not script.text.strip():
        return lambda _: {}  # without a script the task is an abstract one (§10.3.3)
    if script.is_expression:
        return _value(script, limits)
    return python.read_script(script.text, limits.expressions).run


def _value(script: Script, limits: Limits) -> Computed:
    """Read a script that is one expression; without a variable for it, it gives them by their names."""
    is_feel = script.language == "feel" and not marks.is_marked(script.text)
    text = f"={script.text}" if is_feel else script.text
    expression = texts.expression(text, limits.expressions)

    def run(names: Seen) -> dict[str, Any]:
        value = expression.evaluate(names)
        if script.result:
            return {script.result: value}
        if isinstance(value, dict):
            return value
        raise BpmnError("The script gives a value, but names no variable to keep it in.")

    return run
