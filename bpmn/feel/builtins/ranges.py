"""
How points and ranges lie to one another (§10.3.4.9, after Allen), and ranges read from texts.

A point is a range that begins and ends with it, so that each relation is written once.
"""

from collections.abc import Callable
from typing import Any

from bpmn.feel import iso, parser, tree, values
from bpmn.feel.builtins import conversion
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import InvalidExpression, NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.invocation import invoke
from bpmn.feel.run import Run
from bpmn.feel.values import Range
from bpmn.feel.vocabulary import Vocabulary

Relation = Callable[[Range, Range], bool]


def before(one: Range, other: Range) -> bool:
    order = values.order(one.end, other.start)
    return order < 0 or (order == 0 and not (one.end_included and other.start_included))


def meets(one: Range, other: Range) -> bool:
    return one.end_included and other.start_included and values.order(one.end, other.start) == 0


def overlaps(one: Range, other: Range) -> bool:
    return not before(one, other) and not before(other, one)


def overlaps_before(one: Range, other: Range) -> bool:
    return _starts_earlier(one, other) and overlaps(one, other) and not _ends_later(one, other)


def includes(one: Range, other: Range) -> bool:
    return not _starts_earlier(other, one) and not _ends_later(other, one)


def starts(one: Range, other: Range) -> bool:
    return _same_start(one, other) and not _ends_later(one, other)


def finishes(one: Range, other: Range) -> bool:
    return _same_end(one, other) and not _starts_earlier(one, other)


READING = 50
"""Steps to begin to read a text."""


def coincides(one: Range, other: Range) -> bool:
    return _same_start(one, other) and _same_end(one, other)


def range_(run: Run, text: str) -> Range:
    """Read a range whose ends are literals."""
    run.budget.pay(READING + 3 * len(text))
    try:
        node = parser.parse(text, ENDS, (), {}, run.budget.limits)
    except (InvalidExpression, RecursionError) as error:
        raise NoValue("The text is not a range, such as [1..10].") from error
    if not isinstance(node, tree.RangeOf):
        raise NoValue("The text is not a range, such as [1..10].")
    start, end = _end(run, node.start), _end(run, node.end)
    if values.order(start, end) > 0:
        raise NoValue("There is no range of these ends.")
    return Range(start, end, node.start_included, node.end_included)


def _end(run: Run, node: tree.Node) -> Any:
    match node:
        case tree.Literal(value=value):
            return value
        case tree.Temporal(text=text):
            return iso.read(text)
        case tree.Call(
            function=tree.Name(name=name), arguments=(tree.Literal(value=str() as text),)
        ):
            if name in CONVERSIONS:
                return invoke(run, CONVERSIONS[name], [text])
    raise NoValue("The ends of a range in a text are literals.")


def _starts_earlier(one: Range, other: Range) -> bool:
    order = values.order(one.start, other.start)
    return order < 0 or (order == 0 and one.start_included and not other.start_included)


def _ends_later(one: Range, other: Range) -> bool:
    order = values.order(one.end, other.end)
    return order > 0 or (order == 0 and one.end_included and not other.end_included)


def _same_start(one: Range, other: Range) -> bool:
    return one.start_included == other.start_included and values.order(one.start, other.start) == 0


def _same_end(one: Range, other: Range) -> bool:
    return one.end_included == other.end_included and values.order(one.end, other.end) == 0


def _ranged(value: Any) -> Range:
    return value if type(value) is Range else Range(value, value)


def _relation(name: str, relation: Relation, ways: str, *, turned: bool = False) -> Invocable:
    """
    Return a function of the library.

    `ways` says what it takes: `pp pr rp rr` for points and ranges. A relation is `turned` where it is another,
    asked from the other side.
    """

    def holds(run: Run, first: Any, second: Any) -> bool:  # noqa: ARG001
        one, other = _ranged(first), _ranged(second)
        return relation(other, one) if turned else relation(one, other)

    return builtin(name, *((PARAMETERS[way], holds) for way in ways.split()))


PARAMETERS = {
    "pp": "point1: some, point2: some",
    "pr": "point: some, range: some",
    "rp": "range: some, point: some",
    "rr": "range1: some, range2: some",
}
"""Positions do not tell points from ranges, so that the relations look for themselves."""

CONVERSIONS = {
    each.name: each
    for each in conversion.FUNCTIONS
    if each.name in ("date", "time", "date and time", "duration")
}
ENDS = Vocabulary()
ENDS.add(CONVERSIONS)

FUNCTIONS: tuple[Invocable, ...] = (
    builtin("range", ("from: string", range_)),
    _relation("before", before, "pp pr rp rr"),
    _relation("after", before, "pp pr rp rr", turned=True),
    _relation("meets", meets, "rr"),
    _relation("met by", meets, "rr", turned=True),
    _relation("overlaps", overlaps, "rr"),
    _relation("overlaps before", overlaps_before, "rr"),
    _relation("overlaps after", overlaps_before, "rr", turned=True),
    _relation("finishes", finishes, "pr rr"),
    _relation("finished by", finishes, "rp rr", turned=True),
    _relation("includes", includes, "rp rr"),
    _relation("during", includes, "pr rr", turned=True),
    _relation("starts", starts, "pr rr"),
    _relation("started by", starts, "rp rr", turned=True),
    _relation("coincides", coincides, "pp rr"),
)
