"""What the rules of a table leave out, where they meet, and which of them can never match."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bpmn.dmn import cells
from bpmn.dmn.boxes import HitPolicy, Rule, Text
from bpmn.dmn.checks import space
from bpmn.dmn.checks.pointing import Owned, at, tables
from bpmn.dmn.checks.space import Axis, Piece
from bpmn.dmn.description import Model
from bpmn.findings import Finding, Severity

MOST_RULES = 500
"""Of a table that is looked into: pairs grow with the square."""
MOST_FINDINGS = 10
"""Of one kind at one table."""

ONE_RESULT = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
"""A table that collects may well collect nothing."""


def check(model: Model) -> Iterator[Finding]:
    for each in tables(model):
        if 0 < len(each.table.rules) <= MOST_RULES and each.table.inputs:
            axes = list(_axes(each))
            yield from _gap(model, each, axes)
            yield from list(_overlaps(model, each, axes))[:MOST_FINDINGS]
            yield from list(_masked(model, each, axes))[:MOST_FINDINGS]


def _axes(owned: Owned) -> Iterator[Axis]:
    for number, column in enumerate(owned.table.inputs):
        written = [_cell(each.tests, number) for each in owned.table.rules]
        allowed = cells.read(column.values.text) if column.values else None
        title = column.label or column.expression.text.strip()
        yield space.axis(title, written, allowed, column.expression.type)


def _cell(tests: Sequence[Text], number: int) -> cells.Cell | None:
    return cells.read(tests[number].text) if number < len(tests) else cells.ANYTHING


def _gap(model: Model, owned: Owned, axes: list[Axis]) -> Iterator[Finding]:
    table = owned.table
    has_default = any(each.default for each in table.outputs)
    if table.hit_policy not in ONE_RESULT or has_default:
        return
    found = space.Search(axes).gap((1 << len(table.rules)) - 1)
    if found is not None:
        yield at(
            model,
            owned.element,
            "decision-gap",
            "No rule of '{element}' matches where {place}; the result is then null.",
            Severity.WARNING,
            line=table.line,
            place=_written(axes, found),
        )


def _overlaps(model: Model, owned: Owned, axes: list[Axis]) -> Iterator[Finding]:
    table = owned.table
    if table.hit_policy not in {HitPolicy.UNIQUE, HitPolicy.ANY}:
        return
    for one, other in combinations(range(len(table.rules)), 2):
        first, second = table.rules[one], table.rules[other]
        if table.hit_policy is HitPolicy.ANY and _outputs(first) == _outputs(second):
            continue
        found = space.shared(axes, one, other)
        if found is not None:
            yield at(
                model,
                owned.element,
                "decision-overlap",
                "Rules {one} and {other} of '{element}' both match where {place}; by the hit policy"
                " {policy} the result is then null.",
                Severity.WARNING,
                line=second.line,
                one=one + 1,
                other=other + 1,
                place=_written(axes, found),
                policy=str(table.hit_policy),
            )


def _masked(model: Model, owned: Owned, axes: list[Axis]) -> Iterator[Finding]:
    table = owned.table
    if table.hit_policy is not HitPolicy.FIRST:
        return
    search = space.Search(axes)
    for number, rule in enumerate(table.rules):
        inside = space.pieces_of(axes, number)
        earlier = (1 << number) - 1
        if number and all(inside) and not search.uncovered(inside, earlier):
            yield at(
                model,
                owned.element,
                "decision-masked",
                "Rule {row} of '{element}' can never match: the rules before it leave nothing to it.",
                Severity.WARNING,
                line=rule.line,
                row=number + 1,
            )


def _outputs(rule: Rule) -> list[str]:
    return [each.text.strip() for each in rule.outputs]


def _written(axes: Sequence[Axis], found: Sequence[Piece]) -> str:
    """Write a place in the table as its cells would be."""
    said = [
        f"{axis.title}: {piece.text}"
        for axis, piece in zip(axes, found, strict=False)
        if piece.text != "-"
    ]
    return ", ".join(said) or "-"
