"""
FEEL, the language of DMN (§10.3, DMN 1.3 to 1.5): conditions, mappings and the cells of decision tables.

A text is read once into a tree (`parser`), the tree becomes closures once (`compiling`), and these are evaluated
often, on plain values, within a budget. Neither `eval` nor an attribute of a Python object is ever in reach of an
expression. Time comes from the `Setting` only.
"""

from bpmn.feel.budget import DEFAULT, Limits
from bpmn.feel.errors import BudgetExceeded, ExpressionFailed, InvalidExpression
from bpmn.feel.expressions import Expression, UnaryTests, read, read_tests
from bpmn.feel.invocation import Function, function
from bpmn.feel.setting import Setting, Warning  # noqa: A004  see there

__all__ = [
    "DEFAULT",
    "BudgetExceeded",
    "Expression",
    "ExpressionFailed",
    "Function",
    "InvalidExpression",
    "Limits",
    "Setting",
    "UnaryTests",
    "Warning",
    "function",
    "read",
    "read_tests",
]
