"""The texts of a model that have a value: conditions, times, names; each in the language that it is marked for."""

from typing import Any, Protocol

from bpmn.scripting import expressions, marks
from bpmn.scripting.limits import DEFAULT, Limits
from bpmn.scripting.seen import Seen


class Expression(Protocol):
    @property
    def names(self) -> frozenset[str]:
        """Return the variables that it asks for."""

    def evaluate(self, names: Seen) -> Any:
        """Return the value for these variables. Raises `ExpressionFailed`."""


def expression(text: str, limits: Limits = DEFAULT) -> Expression:
    """Read a text that is an expression, marked or not. Raises `InvalidExpression`."""
    return marked(text, limits) or expressions.read(text.strip(), limits)


def marked(text: str, limits: Limits = DEFAULT) -> Expression | None:
    """Read a text that may be an expression; None where it is just a text. Raises `InvalidExpression`."""
    inside = marks.expression_in(text)
    return None if inside is None else expressions.read(inside, limits)
