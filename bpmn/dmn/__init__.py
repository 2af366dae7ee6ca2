"""
DMN: decisions as tables and expressions, and the graph of what they require (DMN 1.1 to 1.5).

A file is read into a description, put together with the files it imports, and made ready once; then it is
evaluated as often as asked. Every evaluation answers with all that an audit wants to know of it.
"""

from bpmn.dmn.checks.profile import check
from bpmn.dmn.decisions import Decisions, UnknownDecision
from bpmn.dmn.making import read
from bpmn.dmn.outcome import Outcome
from bpmn.feel import BudgetExceeded

__all__ = ["BudgetExceeded", "Decisions", "Outcome", "UnknownDecision", "check", "read"]
