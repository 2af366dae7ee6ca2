"""Whether a text is as a pattern has it, within a time."""

from bpmn.feel import patterns
from bpmn.feel.budget import Budget


def matches(budget: Budget, text: str, pattern: str) -> bool:
    """
    Compare a whole text with a pattern.

    Raises `NoValue` for what is no pattern, `BudgetExceeded` when it takes too long.
    """
    patterns.found(budget, "", pattern, None)  # by itself: brackets around it could complete it
    return patterns.found(budget, text, f"^(?:{pattern})$", None)
