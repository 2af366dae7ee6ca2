"""
FEEL read into a tree.

The grammar of the standard (§10.3.1.2) cannot be read without knowing the names in scope: `a-b` is a name
where one is called so, and a difference elsewhere. So this is no generated parser, but one that keeps the
names it has met and asks them at each word.
"""

from collections.abc import Iterable, Mapping

from bpmn.feel import boxes, clauses, operations, primaries
from bpmn.feel.budget import Limits
from bpmn.feel.lexer import Kind
from bpmn.feel.reader import Handlers, Reader, Strength
from bpmn.feel.stream import Stream
from bpmn.feel.tree import Node
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
        **dict.fromkeys(
            ("<", "<=", ">", ">=", "=", "!="), (Strength.COMPARISON, operations.comparison)
        ),
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

PROPERTIES = Vocabulary()
PROPERTIES.add(("time offset", "start included", "end included"))
"""Of dates, times and ranges: those that are more than a word. Never added to again."""


def parse(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Node:
    """Read an expression; raises `InvalidExpression`."""
    reader = _reader(text, known, names, types, limits)
    return _whole(reader, reader.expression())


def parse_tests(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Node:
    """Read unary tests; raises `InvalidExpression`."""
    reader = _reader(text, known, names, types, limits)
    return _whole(reader, operations.unary_tests(reader))


def _reader(
    text: str, known: Vocabulary, names: Iterable[str], types: Mapping[str, Type], limits: Limits
) -> Reader:
    given = Vocabulary(known)
    given.add(names)
    paths = given.with_all(PROPERTIES)
    return Reader(Stream(text, given, limits), HANDLERS, types, paths)


def _whole(reader: Reader, node: Node) -> Node:
    if reader.stream.token.kind is not Kind.END:
        raise reader.stream.unexpected_end()
    return node
