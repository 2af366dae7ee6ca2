"""
What goes wrong with a script, told to the person who wrote it.

Reading and evaluating fail differently: what cannot be read is refused with the model, what cannot be
evaluated is an incident of one instance. Neither quotes the value of a variable, because messages
travel further than variables may.
"""

from bpmn.errors import BpmnError


class InvalidExpression(BpmnError):
    """The text is not an expression or a script, or uses what is not allowed in one."""

    def __init__(self, template: str, *, line: int, column: int, **values: object) -> None:
        super().__init__(template, **values)
        self.line = line
        """Counted from 1."""
        self.column = column
        """Counted from 1, in characters."""


class ExpressionFailed(BpmnError):
    """The expression was read, but has no value for these variables."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.line: int | None = None
        """Counted from 1; known as soon as the error leaves this room."""


class BudgetExceeded(ExpressionFailed):
    """The evaluation asks more of the machine than it may."""


class BpmnErrorThrown(BpmnError):
    """The script threw a BPMN error (§10.5.1), for a boundary event to catch."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__("The script threw the error '{code}': {text}", code=code, text=text)
        self.code = code
        self.text = text
