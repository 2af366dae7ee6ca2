"""
Unary tests that are no more than literals: comparisons, ranges, lists of values, `not(…)` and `-`.

Most cells of most tables are. They answer without evaluating anything, so that a table can be put in order by them
and examined for gaps and overlaps. Days, moments and durations that are written out are examined, too; when a
table is asked, FEEL evaluates them, as it does every other cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from bpmn.dmn import points
from bpmn.dmn.points import Point
from bpmn.feel import parser, tree
from bpmn.feel.budget import DEFAULT
from bpmn.feel.builtins import VOCABULARY
from bpmn.feel.errors import InvalidExpression

Value = str | int | Decimal | bool | Point
"""What a literal is. A boolean is no number, though Python says so."""
Bound = int | Decimal | Point


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers, or points of one kind, between two bounds; a bound that is None is without end."""

    low: Bound | None
    high: Bound | None
    low_included: bool = False
    high_included: bool = False

    @property
    def bounds(self) -> tuple[Bound, ...]:
        return tuple(each for each in (self.low, self.high) if each is not None)

    @property
    def kind(self) -> str:
        return kind(self.bounds[0])

    def holds(self, value: Value) -> bool:
        if isinstance(value, str | bool) or kind(value) != self.kind:
            return False
        return self._is_above(place(value)) and self._is_below(place(value))

    def _is_above(self, at: int | Decimal) -> bool:
        if self.low is None:
            return True
        low = place(self.low)
        return at > low or (self.low_included and at == low)

    def _is_below(self, at: int | Decimal) -> bool:
        if self.high is None:
            return True
        high = place(self.high)
        return at < high or (self.high_included and at == high)


@dataclass(frozen=True, slots=True)
class Cell:
    """Values and intervals, one of which must hold, or, negated, none."""

    values: tuple[Value, ...] = ()
    intervals: tuple[Interval, ...] = ()
    is_negated: bool = False
    is_any: bool = False
    """Whether it is `-`, which holds for whatever there is."""

    def holds(self, value: Value) -> bool:
        return self.is_any or self._is_among(value) is not self.is_negated

    def decides(self, value: Value) -> bool:
        """Tell whether `holds` says all: what is *not* 5 depends, for a text, on FEEL's null."""
        known = self.kinds
        if self.is_negated and kind(value) not in known:
            return False
        return not any(points.are_compared_by_feel(kind(value), each) for each in known)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset([*map(kind, self.values), *(each.kind for each in self.intervals)])

    def _is_among(self, value: Value) -> bool:
        return any(same(value, each) for each in self.values) or any(
            each.holds(value) for each in self.intervals
        )


ANYTHING = Cell(is_any=True)


def is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def place(bound: Bound) -> int | Decimal:
    """Return where a bound stands on the line of its kind."""
    return bound.at if isinstance(bound, Point) else bound


def kind(value: Value) -> str:
    if isinstance(value, Point):
        return value.kind
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"


def same(one: Value, other: Value) -> bool:
    """Tell whether two literals are equal, and of the same kind."""
    return kind(one) == kind(other) and one == other


LONGEST = 200
"""Of a text that is taken to be one of literals, in characters."""


def read(text: str) -> Cell | None:
    """Return what a cell says, or None where it must be evaluated or cannot be read. An empty one is `-`."""
    return _parsed(text.strip()) if len(text) <= LONGEST else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Cell | None:
    if not text:
        return ANYTHING
    try:
        found = parser.parse_tests(text, VOCABULARY, (), {}, DEFAULT)
    except InvalidExpression:
        return None
    if isinstance(found, tree.AnyValue):
        return ANYTHING
    return _read(found) if isinstance(found, tree.Tests) else None


def _read(tests: tree.Tests) -> Cell | None:
    values: list[Value] = []
    intervals: list[Interval] = []
    for each in tests.tests:
        if isinstance(each, tree.AnyValue):
            return None if tests.negated else ANYTHING
        found = _interval(each)
        if found is not None:
            intervals.append(found)
            continue
        value = literal(each)
        if value is None:
            return None
        values.append(value)
    cell = Cell(tuple(values), tuple(intervals), is_negated=tests.negated)
    return None if tests.negated and len(cell.kinds) > 1 else cell


def literal(node: tree.Node) -> Value | None:
    """Return the text, number, boolean or point that a node is, if it is one."""
    if isinstance(node, tree.Negation):
        inner = literal(node.operand)
        return -inner if isinstance(inner, int | Decimal) and is_number(inner) else None
    if isinstance(node, tree.Literal) and isinstance(node.value, str | int | Decimal | bool):
        return node.value
    return points.read(node)


def _interval(node: tree.Node) -> Interval | None:
    if isinstance(node, tree.Unary):
        bound = _bound(node.endpoint)
        made = INTERVALS.get(node.sign)
        return made(bound) if made and bound is not None else None
    if isinstance(node, tree.RangeOf):
        low, high = _bound(node.start), _bound(node.end)
        if low is not None and high is not None and kind(low) == kind(high):
            return Interval(low, high, node.start_included, node.end_included)
    return None


def _bound(node: tree.Node) -> Bound | None:
    found = literal(node)
    return None if isinstance(found, str | bool) else found


INTERVALS: Mapping[str, Callable[[Bound], Interval]] = MappingProxyType(
    {
        "<": lambda bound: Interval(None, bound),
        "<=": lambda bound: Interval(None, bound, high_included=True),
        ">": lambda bound: Interval(bound, None),
        ">=": lambda bound: Interval(bound, None, low_included=True),
    }
)
