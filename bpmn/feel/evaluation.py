"""The edge of an evaluation: it begins with a budget, and nothing but a value or our own errors comes out."""

from collections.abc import Iterator
from contextlib import contextmanager

from bpmn.feel.budget import Budget, Limits
from bpmn.feel.errors import BudgetExceeded, ExpressionFailed, NoValue
from bpmn.feel.run import Run
from bpmn.feel.setting import Setting
from bpmn.feel.tree import START

INSIDE = (NoValue, ExpressionFailed, RecursionError, MemoryError)
"""What may come up inside, and is told as an error of ours."""


@contextmanager
def going_on(setting: Setting, limits: Limits) -> Iterator[Run]:
    """Evaluate something within the budget of what goes on already, or of its own."""
    within = setting.budget
    budget = setting.budget = within or Budget(limits)
    try:
        yield Run(setting, budget)
    except INSIDE as error:
        raise told(error) from error.__cause__
    finally:
        setting.budget = within


def told(error: BaseException) -> ExpressionFailed:
    """Return the error that leaves this room, which says where it happened."""
    if isinstance(error, ExpressionFailed):
        return error.at(*START)
    if isinstance(error, NoValue):
        return ExpressionFailed(error.template, **error.values).at(*START)
    return BudgetExceeded("This takes more memory than there is.").at(*START)
