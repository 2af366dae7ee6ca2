"""What stands in parentheses, brackets and braces: groups, lists, ranges, filters, contexts."""

from bpmn.feel import tree
from bpmn.feel.lexer import Kind, Token
from bpmn.feel.reader import Reader
from bpmn.feel.tree import Node


def parenthesis(reader: Reader, token: Token) -> Node:
    inner = reader.nested()
    if reader.stream.token.is_sign(".."):
        return reader.ranged(inner, token, start_included=False)
    reader.stream.expect_sign(")")
    return inner


def bracket(reader: Reader, token: Token) -> Node:
    stream = reader.stream
    at = stream.source.position(token.start)
    items: list[Node] = []
    while _begins_range(reader) or not stream.skip_sign("]"):
        items.append(reader.nested())
        if len(items) == 1 and stream.token.is_sign(".."):
            return reader.ranged(items[0], token, start_included=True)
        if not stream.token.is_sign("]"):
            stream.expect_sign(",", instead="]")
    return tree.ListOf(tuple(items), at=at)


def _begins_range(reader: Reader) -> bool:
    """Tell `[]1..2[]`, a list of a range, from an empty list."""
    following = reader.stream.ahead()
    return reader.stream.token.is_sign("]") and (
        following.is_sign("@")
        or (following.kind is not Kind.SIGN and reader.begins_expression(following))
    )


def open_range(reader: Reader, token: Token) -> Node:
    return reader.ranged(reader.nested(), token, start_included=False)


def filter_(reader: Reader, left: Node, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    with reader.stream.knowing_all(reader.paths):
        predicate = reader.nested()
    reader.stream.expect_sign("]")
    return tree.Filter(left, predicate, at=at)


def context(reader: Reader, token: Token) -> Node:
    stream = reader.stream
    at = stream.source.position(token.start)
    entries: dict[str, Node] = {}
    with reader.stream.knowing([]):
        while not stream.skip_sign("}"):
            key_at = stream.token.start
            key = _key(reader)
            stream.expect_sign(":")
            if key in entries:
                raise stream.source.refused(
                    key_at, "The context has two entries that are called '{name}'.", name=key
                )
            reader.stream.learn(key)
            reader.paths.add([key])
            entries[key] = reader.nested()
            if not stream.token.is_sign("}"):
                stream.expect_sign(",", instead="}")
    return tree.ContextOf(tuple(entries.items()), at=at)


def _key(reader: Reader) -> str:
    if reader.stream.token.kind is Kind.STRING:
        return reader.stream.take().text
    return reader.stream.name_before(":")
