"""One evaluation while it goes on: what it has left, what it warns of, and where names are found."""

from collections.abc import Callable, Mapping
from typing import Any

from bpmn.feel.budget import Budget
from bpmn.feel.errors import ExpressionFailed
from bpmn.feel.setting import Setting, Warning  # noqa: A004  see there
from bpmn.feel.tree import Position


class Run:
    __slots__ = ("budget", "setting")

    def __init__(self, setting: Setting, budget: Budget) -> None:
        self.setting = setting
        self.budget = budget

    def null(self, at: Position, template: str, **values: object) -> Any:
        """Say why there is no value; a strict evaluation ends here."""
        if self.setting.strict:
            raise ExpressionFailed(template, **values).at(*at)
        if len(self.setting.warnings) < self.budget.limits.warnings:
            self.setting.warnings.append(Warning(template, values, at.line, at.column))


class Scope:
    """Names within names; the outermost are the variables, which come from Python."""

    __slots__ = ("converted", "names", "outer", "run")

    def __init__(self, run: Run, names: Mapping[str, Any], outer: "Scope | None" = None) -> None:
        self.run = run
        self.names = names
        self.outer = outer
        self.converted: dict[str, Any] | None = None
        """Of the outermost: variables that are not inside what they are outside."""

    def within(self, names: Mapping[str, Any]) -> "Scope":
        return Scope(self.run, names, self)


Evaluate = Callable[[Scope], Any]
"""What an expression becomes."""
