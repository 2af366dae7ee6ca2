"""The edge of an evaluation: it begins with a budget, and nothing but a value or our own errors comes out."""

from collections.abc import Iterator
from contextlib import contextmanager

from bpmn.feel.budget import Budget, Limits
from bpmn.feel.errors import BudgetExceeded, ExpressionFailed, NoValue
from bpmn.feel.run import Run
from bpmn.feel.setting import Setting


@contextmanager
def going_on(setting: Setting, limits: Limits) -> Iterator[Run]:
    """Evaluate something within the budget of what goes on already, or of its own."""
    outermost = setting.budget is None
    budget = setting.budget or Budget(limits)
    setting.budget = budget
    try:
        yield Run(setting, budget)
    except NoValue as error:
        raise ExpressionFailed(error.template, **error.values) from error
    except (RecursionError, MemoryError) as error:
        raise too_much() from error
    finally:
        if outermost:
            setting.budget = None


def too_much() -> BudgetExceeded:
    return BudgetExceeded("This takes more memory than there is.")
