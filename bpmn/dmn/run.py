"""
One evaluation while it goes on: what was given, what is known already, and what an audit will want to know.

A decision service is an evaluation within one: it knows what it was given and nothing else, but shares the trail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bpmn.dmn.outcome import TableUse, Warned
from bpmn.feel import (
    BudgetExceeded,
    Expression,
    ExpressionFailed,
    Function,
    Setting,
    UnaryTests,
)

Address = tuple[tuple[str, ...], str, str]
"""Of an element: the imports by which it was come to, the namespace of its file, its id."""


@dataclass(slots=True)
class Trail:
    """What happened, in its order."""

    tables: list[TableUse] = field(default_factory=list)
    inputs: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    warnings: list[Warned] = field(default_factory=list)
    violated: bool = False


@dataclass(slots=True)
class Run:
    setting: Setting
    variables: Mapping[str, Any]
    """As the caller named them."""
    trail: Trail = field(default_factory=Trail)
    known: dict[Address, Any] = field(default_factory=dict)
    """Results so far; of a decision service also what it was given."""
    pending: set[Address] = field(default_factory=set)
    """Decisions that are being made: one that asks for itself has no end."""

    def within(self, given: dict[Address, Any]) -> "Run":
        """Return the evaluation of a decision service."""
        return replace(self, variables={}, known=given, pending=set())

    def pay(self, steps: int = 1) -> None:
        """Pay for rounds; raises `BudgetExceeded` where it is too much for one decision."""
        if self.setting.budget is not None:
            self.setting.budget.pay(steps)

    def value(self, expression: Expression | None, variables: Mapping[str, Any]) -> Any:
        """Return the value of an expression; null where it has none, or could not be read."""
        if expression is None:
            return None
        try:
            return expression.evaluate(variables, self.setting)
        except BudgetExceeded:
            raise
        except ExpressionFailed as error:
            self.warn(error.template, **error.values)
            return None

    def holds(self, tests: UnaryTests | None, value: Any, variables: Mapping[str, Any]) -> bool:
        """Tell whether a value passes; tests that could not be read are passed by none."""
        if tests is None:
            return False
        try:
            return tests.holds(value, variables, self.setting) is True
        except BudgetExceeded:
            raise
        except ExpressionFailed as error:
            self.warn(error.template, **error.values)
            return False

    def call(self, function: Function, arguments: Sequence[Any]) -> Any:
        try:
            return function.call(arguments, self.setting)
        except BudgetExceeded:
            raise
        except ExpressionFailed as error:
            self.warn(error.template, **error.values)
            return None

    def warn(self, template: str, **values: object) -> None:
        self.trail.warnings.append(Warned(template, values))
