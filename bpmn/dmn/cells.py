"""
Unary tests that are no more than literals: comparisons, ranges, lists of values, `not(…)` and `-`.

Most cells of most tables are. They answer without evaluating anything, so that a table can be put in order by them
and examined for gaps and overlaps. Every other cell is FEEL's to evaluate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from bpmn.feel import parser, tree
from bpmn.feel.budget import DEFAULT
from bpmn.feel.builtins import VOCABULARY
from bpmn.feel.errors import InvalidExpression

Value = str | int | Decimal | bool
"""What a literal is. A boolean is no number, though Python says so."""
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers between two bounds; a bound that is None is without end."""

    low: Number | None
    high: Number | None
    low_included: bool = False
    high_included: bool = False

    def holds(self, value: Number) -> bool:
        return self._is_above(value) and self._is_below(value)

    def _is_above(self, value: Number) -> bool:
        if self.low is None:
            return True
        return value > self.low or (self.low_included and value == self.low)

    def _is_below(self, value: Number) -> bool:
        if self.high is None:
            return True
        return value < self.high or (self.high_included and value == self.high)


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
        return not self.is_negated or kind(value) in self.kinds

    @property
    def kinds(self) -> frozenset[str]:
        numeric = {"number"} if self.intervals else set()
        return frozenset({kind(each) for each in self.values} | numeric)

    def _is_among(self, value: Value) -> bool:
        if any(same(value, each) for each in self.values):
            return True
        return (
            isinstance(value, int | Decimal)
            and not isinstance(value, bool)
            and any(each.holds(value) for each in self.intervals)
        )


ANYTHING = Cell(is_any=True)


def is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def kind(value: Value) -> str:
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
    """Return the text, number or boolean that a node is, if it is one."""
    if isinstance(node, tree.Negation):
        inner = literal(node.operand)
        return -inner if isinstance(inner, int | Decimal) and is_number(inner) else None
    if isinstance(node, tree.Literal) and isinstance(node.value, str | int | Decimal | bool):
        return node.value
    return None


def _interval(node: tree.Node) -> Interval | None:
    if isinstance(node, tree.Unary):
        bound = _number(node.endpoint)
        made = INTERVALS.get(node.sign)
        return made(bound) if made and bound is not None else None
    if isinstance(node, tree.RangeOf):
        low, high = _number(node.start), _number(node.end)
        if low is not None and high is not None:
            return Interval(low, high, node.start_included, node.end_included)
    return None


def _number(node: tree.Node) -> Number | None:
    found = literal(node)
    return found if isinstance(found, int | Decimal) and is_number(found) else None


INTERVALS: Mapping[str, Callable[[Number], Interval]] = MappingProxyType(
    {
        "<": lambda bound: Interval(None, bound),
        "<=": lambda bound: Interval(None, bound, high_included=True),
        ">": lambda bound: Interval(bound, None),
        ">=": lambda bound: Interval(bound, None, low_included=True),
    }
)
