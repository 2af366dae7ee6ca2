"""
What goes wrong with an expression, told to the person who wrote it.

What cannot be read is refused before it is used; what has no value fails where it is evaluated. No
other exception leaves this room.
"""

from typing import Self

from bpmn.errors import BpmnError


class InvalidExpression(BpmnError):
    """The text is not FEEL."""

    def __init__(self, template: str, *, line: int, column: int, **values: object) -> None:
        super().__init__(template, **values)
        self.line = line
        """Counted from 1."""
        self.column = column
        """Counted from 1, in characters."""


class ExpressionFailed(BpmnError):
    """The expression has no value for these variables."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.line: int | None = None
        """Counted from 1; known as soon as the error leaves this room."""
        self.column: int | None = None
        """Counted from 1, in characters."""

    def at(self, line: int, column: int) -> Self:
        """Say where it happened, unless it is known more exactly."""
        if self.line is None:
            self.line, self.column = line, column
        return self


class BudgetExceeded(ExpressionFailed):
    """The evaluation asks more of the machine than it may."""


class NoValue(BpmnError):
    """A function or an operator has no value for what it was given; it never leaves this room."""
