"""
Days, moments and durations that a cell of a table writes out, each as a point on the line of its kind.

The line is one of whole numbers, so that it can be cut as that of the numbers of FEEL is: days, nanoseconds since
1970, and for durations nanoseconds or months. Times of the day are left out: their line has two ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.errors import BpmnError
from bpmn.feel import Setting, borders, tree
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.expressions import of_tree
from bpmn.feel.temporal import Date, DateTime, Duration, YearsMonths

DAY = "date"
MOMENT = "date and time"
LOCAL = "date and time without a zone"
CALENDAR = frozenset({DAY, MOMENT, LOCAL})
"""Kinds of which each can be compared with the others, but only by FEEL."""
KINDS = (DAY, MOMENT, LOCAL, "days and time duration", "years and months duration")
WRITING = frozenset({"date", "date and time", "duration"})
"""The functions that write one."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Point:
    kind: str
    at: int | Decimal
    """No whole number where it stands for what is between two points."""
    text: str = field(default="", compare=False)
    """As it was written."""


def read(node: tree.Node) -> Point | None:
    """Return the point that a node writes out, if it does: `date("2024-01-01")` or `@"2024-01-01"`."""
    text = _text(node)
    value = _value(node, text) if text else None
    place = PLACES.get(type(value))
    return Point(*place(value), text or "") if place else None


def are_compared_by_feel(one: str, other: str) -> bool:
    """Tell whether values of two kinds have an order that their points do not show."""
    return one != other and {one, other} <= CALENDAR


def follow_on_each_other(kind: str, type_: str) -> bool:
    """Tell whether nothing is between a point and the next, where values are of a type of this name."""
    return kind != DAY or type_ == DAY


def _text(node: tree.Node) -> str | None:
    if isinstance(node, tree.Temporal):
        return f'@"{node.text}"'
    if not isinstance(node, tree.Call) or not isinstance(node.function, tree.Name):
        return None
    arguments = [each.value for each in node.arguments if isinstance(each, tree.Literal)]
    is_literal = len(arguments) == len(node.arguments) and node.names is None
    if node.function.name not in WRITING or not is_literal:
        return None
    written = (f'"{each}"' if isinstance(each, str) else str(each) for each in arguments)
    return f"{node.function.name}({', '.join(written)})"


def _value(node: tree.Node, text: str) -> Any:
    try:
        found = of_tree(node, text).evaluate({}, Setting(_EPOCH, ZoneInfo("UTC")))
        return borders.inward(found, Budget(DEFAULT))
    except BpmnError:
        return None


def _moment(value: DateTime) -> tuple[str, int]:
    return (LOCAL if value.zone is None else MOMENT, value.instant)


PLACES: Mapping[type, Callable[[Any], tuple[str, int]]] = MappingProxyType(
    {
        Date: lambda value: (DAY, value.number),
        DateTime: _moment,
        Duration: lambda value: ("days and time duration", value.nanos),
        YearsMonths: lambda value: ("years and months duration", value.months),
    }
)
