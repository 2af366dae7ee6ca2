"""
What goes wrong with a script, told to the person who wrote it.

Reading and evaluating fail differently: what cannot be read is refused with the model, what cannot be
evaluated is an incident of one instance. Neither quotes the value of a variable, because messages
travel further than variables may.
"""

from bpmn.errors import BpmnError
from bpmn.feel.errors import BudgetExceeded, ExpressionFailed, InvalidExpression

__all__ = ["BpmnErrorThrown", "BudgetExceeded", "ExpressionFailed", "InvalidExpression"]


class BpmnErrorThrown(BpmnError):
    """The script threw a BPMN error (§10.5.1), for a boundary event to catch."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__("The script threw the error '{code}': {text}", code=code, text=text)
        self.code = code
        self.text = text
