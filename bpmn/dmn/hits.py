"""
Hit policies (§8.2.10): how the outputs of the rules that match become the result of a table.

A hit is the outputs of one rule, in the order of the columns. The value of a table is that of its one column, or a
context of all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType
from typing import Any

from bpmn.dmn.boxes import Aggregation, HitPolicy
from bpmn.feel import numbers, values

Hit = Sequence[Any]


class Violated(Exception):
    """More rules match than the hit policy allows, or such that say different things."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        self.template = template


@dataclass(frozen=True, slots=True)
class Outputs:
    """The columns at the right of a table."""

    names: tuple[str, ...]
    """Of the entries, where there are several columns."""
    priorities: tuple[tuple[Any, ...] | None, ...]
    """Of each column its output values, the most important first."""

    def value(self, hit: Hit) -> Any:
        return hit[0] if len(self.names) == 1 else dict(zip(self.names, hit, strict=True))

    def rank(self, hit: Hit) -> tuple[int, ...]:
        """Return a key by which the most important hit comes first."""
        return tuple(
            _rank(each, order)
            for each, order in zip(hit, self.priorities, strict=True)
            if order is not None
        )


def result(
    policy: HitPolicy | None,
    aggregation: Aggregation | None,
    hits: Sequence[Hit],
    outputs: Outputs,
) -> Any:
    """
    Return the value of a table by the hits, of which there is at least one.

    Raises `Violated`.
    """
    if policy is HitPolicy.COLLECT and aggregation is not None:
        return _aggregated(aggregation, hits, outputs)
    if policy is None:
        raise Violated("The table has a hit policy that DMN does not know.")
    return POLICIES[policy](hits, outputs)


def of_none(policy: HitPolicy | None, aggregation: Aggregation | None) -> Any:
    """Return the value of a table of which no rule matches and that has no default."""
    if aggregation is Aggregation.COUNT:
        return 0
    return [] if policy in LISTING and aggregation is None else None


def _unique(hits: Sequence[Hit], outputs: Outputs) -> Any:
    if len(hits) > 1:
        raise Violated("More than one rule matches, though the hit policy is UNIQUE.")
    return outputs.value(hits[0])


def _any(hits: Sequence[Hit], outputs: Outputs) -> Any:
    first = outputs.value(hits[0])
    if any(values.equal(first, outputs.value(each)) is not True for each in hits[1:]):
        raise Violated("Rules with different outputs match, though the hit policy is ANY.")
    return first


def _first(hits: Sequence[Hit], outputs: Outputs) -> Any:
    return outputs.value(hits[0])


def _priority(hits: Sequence[Hit], outputs: Outputs) -> Any:
    return outputs.value(min(hits, key=outputs.rank))


def _rule_order(hits: Sequence[Hit], outputs: Outputs) -> Any:
    return [outputs.value(each) for each in hits]


def _output_order(hits: Sequence[Hit], outputs: Outputs) -> Any:
    return [outputs.value(each) for each in sorted(hits, key=outputs.rank)]


def _rank(value: Any, order: tuple[Any, ...]) -> int:
    for at, each in enumerate(order):
        if values.equal(value, each) is True:
            return at
    return len(order)


def _aggregated(aggregation: Aggregation, hits: Sequence[Hit], outputs: Outputs) -> Any:
    if aggregation is Aggregation.COUNT:
        return len(hits)
    if len(outputs.names) > 1:
        raise Violated("Outputs of several columns cannot be aggregated.")
    collected = [each[0] for each in hits]
    if aggregation is Aggregation.SUM:
        return _sum(collected)
    return _extreme(collected, -1 if aggregation is Aggregation.MIN else 1)


def _sum(collected: list[Any]) -> Any:
    if any(values.kind(each) != "number" for each in collected):
        raise Violated("What is not a number cannot be summed.")
    return reduce(numbers.add, collected)


def _extreme(collected: list[Any], sign: int) -> Any:
    """Return the smallest for -1, the largest for 1."""
    best = collected[0]
    for each in collected:
        order = values.compare(each, best)
        if order is None:
            raise Violated("Outputs that cannot be compared have no smallest or largest.")
        best = each if order == sign else best
    return best


POLICIES: Mapping[HitPolicy, Callable[[Sequence[Hit], Outputs], Any]] = MappingProxyType(
    {
        HitPolicy.UNIQUE: _unique,
        HitPolicy.ANY: _any,
        HitPolicy.FIRST: _first,
        HitPolicy.PRIORITY: _priority,
        HitPolicy.COLLECT: _rule_order,
        HitPolicy.RULE_ORDER: _rule_order,
        HitPolicy.OUTPUT_ORDER: _output_order,
    }
)

LISTING = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
"""Those that give a list."""
