"""
Conditions, mappings, assignments: a text with a value.

Read once, when a model is deployed or loaded; evaluated often, from any thread.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bpmn.scripting import access, calls, comprehensions, literals, operators, results, syntax
from bpmn.scripting.errors import BudgetExceeded, ExpressionFailed
from bpmn.scripting.limits import DEFAULT, Limits
from bpmn.scripting.reading import Handlers, Reading
from bpmn.scripting.run import Evaluate, Run

HANDLERS: Handlers = {
    ast.Attribute: access.attribute,
    ast.BinOp: operators.binary,
    ast.BoolOp: operators.joined,
    ast.Call: calls.call,
    ast.Compare: operators.compared,
    ast.Constant: literals.constant,
    ast.Dict: literals.entries,
    ast.IfExp: operators.chosen,
    ast.JoinedStr: literals.text,
    ast.List: literals.items,
    ast.ListComp: comprehensions.comprehension,
    ast.Name: literals.variable,
    ast.Subscript: access.subscript,
    ast.Tuple: literals.items,
    ast.UnaryOp: operators.unary,
}
"""The syntax that an expression may use, all of it."""


@dataclass(frozen=True, slots=True)
class Expression:
    text: str
    limits: Limits
    names: frozenset[str] = field(compare=False, repr=False)
    """Variables that it asks for."""
    _price: int = field(compare=False, repr=False)
    _evaluate: Evaluate = field(compare=False, repr=False)

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        """
        Return the value for these variables, which shares no list or dict with them.

        Raises `ExpressionFailed`.
        """
        run = Run(names, self.limits)
        try:
            run.burn(self._price)
            return results.handed_back(self._evaluate(run), self.limits)
        except ExpressionFailed as error:
            error.line = error.line or 1
            raise
        except (RecursionError, MemoryError) as error:
            raise too_much() from error


def read(text: str, limits: Limits = DEFAULT) -> Expression:
    """Read an expression; raises `InvalidExpression` for what is not one, or not allowed."""
    node, source = syntax.expression(text, limits)
    reading = Reading(source, limits, HANDLERS)
    evaluate = reading.value(node)
    if reading.operations > limits.steps:
        raise reading.refused(node, "This takes more than {limit} steps.", limit=limits.steps)
    return Expression(text, limits, frozenset(reading.free), reading.operations, evaluate)


def too_much() -> BudgetExceeded:
    error = BudgetExceeded("This takes more memory than there is.")
    error.line = 1
    return error
