"""
The functions that a condition or script may call, all of them.

The table is the boundary. A function gets plain values and the run that pays for it, is done in time
proportional to what it pays, and calls nothing of its arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.scripting import aggregates, arithmetic, comparison, conversions


@dataclass(frozen=True, slots=True)
class Function:
    call: Callable[..., Any]
    """Called with the `Run` and the arguments."""
    fewest: int = 1
    most: int = 1

    def takes(self, count: int) -> bool:
        return self.fewest <= count <= self.most


MANY = 100

FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(aggregates.magnitude),
    "all": Function(aggregates.all_true),
    "any": Function(aggregates.any_true),
    "bool": Function(conversions.truth),
    "date": Function(conversions.day),
    "datetime": Function(conversions.moment),
    "float": Function(conversions.real),
    "int": Function(conversions.integer),
    "len": Function(aggregates.length),
    "max": Function(aggregates.largest, most=MANY),
    "min": Function(aggregates.smallest, most=MANY),
    "range": Function(aggregates.sequence, most=3),
    "round": Function(conversions.rounded, most=2),
    "remainder": Function(arithmetic.remainder, 2, 2),
    "same": Function(comparison.same, 2, 2),
    "shown": Function(conversions.shown),
    "sorted": Function(aggregates.in_order),
    "str": Function(conversions.text),
    "sum": Function(aggregates.total),
}
