"""What stands for itself: literals, names, paths and calls."""

from decimal import Decimal

from bpmn.feel import numbers, tree
from bpmn.feel.errors import NoValue
from bpmn.feel.lexer import Kind, Token
from bpmn.feel.reader import Reader
from bpmn.feel.tree import Node

CONSTANTS = {"true": True, "false": False, "null": None}


def number(reader: Reader, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    return tree.Literal(_number(reader, token), at=at)


def _number(reader: Reader, token: Token) -> numbers.Number:
    text = token.text
    try:
        if text.isdigit() and len(text) <= numbers.DIGITS:
            return int(text)
        return numbers.rounded(Decimal(text))
    except (NoValue, ArithmeticError) as error:
        raise reader.stream.source.refused(token.start, "The number is too large.") from error


def string(reader: Reader, token: Token) -> Node:
    return tree.Literal(token.text, at=reader.stream.source.position(token.start))


def temporal(reader: Reader, token: Token) -> Node:
    if reader.stream.token.kind is not Kind.STRING:
        raise reader.stream.refused(
            "After '@' stands a date, a time or a duration in quotation marks."
        )
    return tree.Temporal(reader.stream.take().text, at=reader.stream.source.position(token.start))


def constant(reader: Reader, token: Token) -> Node:
    return tree.Literal(CONSTANTS[token.text], at=reader.stream.source.position(token.start))


def name(reader: Reader) -> Node:
    at = reader.stream.at
    return tree.Name(reader.stream.name(), at=at)


def path(reader: Reader, left: Node, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    return tree.Path(left, reader.stream.name(reader.paths), at=at)


def call(reader: Reader, left: Node, token: Token) -> Node:
    """Read the arguments of a call, after its parenthesis."""
    stream = reader.stream
    at = left.at if isinstance(left, tree.Name) else stream.source.position(token.start)
    names: list[str] = []
    arguments: list[Node] = []
    named = stream.length_before(":") > 0
    while not stream.skip_sign(")"):
        if named:
            names.append(stream.name_before(":"))
            stream.expect_sign(":")
        arguments.append(reader.nested())
        if not stream.token.is_sign(")"):
            stream.expect_sign(",", instead=")")
    return tree.Call(left, tuple(arguments), tuple(names) if named else None, at=at)
