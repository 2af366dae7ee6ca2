"""What functions pay for values that are there already."""

from bpmn.feel.errors import BudgetExceeded
from bpmn.feel.run import Run

TOGETHER = 20
"""Items that are looked at, or copied, in a step."""


def look(run: Run, length: int) -> None:
    """Pay for going through so many items, or for a list of them."""
    if length > run.budget.limits.items:
        raise BudgetExceeded(
            "A list would have more than {limit} items.", limit=run.budget.limits.items
        )
    run.budget.pay(1 + length // TOGETHER)
