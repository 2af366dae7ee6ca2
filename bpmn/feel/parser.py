"""
FEEL read into a tree.

The grammar of the standard (§10.3.1.2) cannot be read without knowing the names in scope: `a-b` is a name
where one is called so, and a difference elsewhere. So this is no generated parser, but one that keeps the
names it has met and asks them at each word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bpmn.feel import boxes, clauses, operations, primaries
from bpmn.feel.budget import Limits
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.lexer import Kind
from bpmn.feel.reader import Handlers, Reader, Strength
from bpmn.feel.stream import Stream
from bpmn.feel.tree import Node, Tests
from bpmn.feel.types import Type
from bpmn.feel.vocabulary import Vocabulary

HANDLERS = Handlers(
    kinds={Kind.NUMBER: primaries.number, Kind.STRING: primaries.string},
    signs={
        "@": primaries.temporal,
        "(": boxes.parenthesis,
        "[": boxes.bracket,
        "]": boxes.open_range,
        "{": boxes.context,
        "-": operations.negation,
        **dict.fromkeys(("<", "<=", ">", ">=", "=", "!="), operations.unary),
    },
    words={
        "true": primaries.constant,
        "false": primaries.constant,
        "null": primaries.constant,
        "if": clauses.choice,
        "for": clauses.iteration,
        "some": clauses.quantified,
        "every": clauses.quantified,
        "function": clauses.function,
    },
    infix_signs={
        **dict.fromkeys(("<", "<=", ">", ">=", "=", "!="), (Strength.COMPARISON, operations.comparison)),
        **dict.fromkeys(("+", "-"), (Strength.SUM, operations.arithmetic)),
        **dict.fromkeys(("*", "/"), (Strength.PRODUCT, operations.arithmetic)),
        "**": (Strength.POWER, operations.arithmetic),
        ".": (Strength.POSTFIX, primaries.path),
        "[": (Strength.POSTFIX, boxes.filter_),
        "(": (Strength.POSTFIX, primaries.call),
    },
    infix_words={
        "or": (Strength.OR, operations.junction),
        "and": (Strength.AND, operations.junction),
        "in": (Strength.COMPARISON, operations.contained),
        "between": (Strength.COMPARISON, operations.between),
        "instance": (Strength.INSTANCE, operations.instance),
    },
    name=primaries.name,
)

PROPERTIES = (
    *("year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone"),
    *("years", "months", "days", "hours", "minutes", "seconds"),
    *("start", "end", "start included", "end included"),
)


@dataclass(frozen=True, slots=True)
class Parsed:
    node: Node
    names: frozenset[str]
    """Those that it asks for and does not define."""


def parse(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Parsed:
    """Read an expression; raises `InvalidExpression`."""
    reader = _reader(text, known, names, types, limits)
    node = reader.expression()
    return _parsed(reader, node)


def parse_tests(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Parsed:
    """Read unary tests; raises `InvalidExpression`."""
    reader = _reader(text, known, names, types, limits)
    with reader.binding(["?"]):
        node = operations.unary_tests(reader)
    return _parsed(reader, node)


def _reader(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Reader:
    given = Vocabulary(known)
    given.add(names)
    paths = Vocabulary(given)
    paths.add(PROPERTIES)
    return Reader(Stream(text, given, limits), HANDLERS, types, paths)


def _parsed(reader: Reader, node: Node) -> Parsed:
    if reader.stream.token.kind is not Kind.END:
        raise reader.stream.unexpected_end()
    return Parsed(node, frozenset(reader.free))
