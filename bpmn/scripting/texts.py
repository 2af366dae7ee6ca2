"""The texts of a model that have a value: conditions, times, names; each in the language that it is marked for."""

from dataclasses import dataclass
from typing import Any, Protocol

from bpmn import feel
from bpmn.feel import DEFAULT, Limits, expressions
from bpmn.scripting import kept, marks, python
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.functions import LIBRARY
from bpmn.scripting.seen import Seen

UNKNOWN = "There is no variable '{name}'."
"""What FEEL says of a name that nobody has set; its value would be null."""

GIVEN = ("working days between",)
"""
Functions that whoever executes a process may give to it and whose names hold a keyword: only a name that is known
may (§10.3.1.4).
"""


class Expression(Protocol):
    @property
    def names(self) -> frozenset[str]:
        """Return the variables that it asks for."""

    def evaluate(self, names: Seen) -> Any:
        """Return the value for these variables. Raises `ExpressionFailed`."""


@dataclass(frozen=True, slots=True)
class Feel:
    """
    An expression in FEEL.

    A variable that nobody has set is a mistake in the model, so it fails; what else has no value is null.
    """

    inside: feel.Expression

    @property
    def names(self) -> frozenset[str]:
        return self.inside.names

    def evaluate(self, names: Seen) -> Any:
        setting = feel.Setting(names.now, names.zone)
        value = self.inside.evaluate(names, setting)
        for warning in setting.warnings:
            if warning.template == UNKNOWN:
                raise ExpressionFailed(warning.template, **warning.values)
        return kept.kept(value)


@dataclass(frozen=True, slots=True)
class Translated:
    """An expression in another syntax, where what has no value fails."""

    inside: feel.Expression

    @property
    def names(self) -> frozenset[str]:
        return self.inside.names

    def evaluate(self, names: Seen) -> Any:
        setting = feel.Setting(names.now, names.zone, strict=True)
        return kept.kept(self.inside.evaluate(names, setting))


def expression(text: str, limits: Limits = DEFAULT) -> Expression:
    """Read a text that is an expression, marked or not. Raises `InvalidExpression`."""
    return marked(text, limits) or Translated(python.read(text, limits))


def marked(text: str, limits: Limits = DEFAULT) -> Expression | None:
    """Read a text that may be an expression; None where it is just a text. Raises `InvalidExpression`."""
    if text.lstrip().startswith("="):
        return Feel(feel.read(text.replace("=", " ", 1), GIVEN, limits=limits))
    node = marks.read(text, limits)
    if node is None:
        return None
    return Translated(expressions.of_tree(node, text, library=LIBRARY, limits=limits))
