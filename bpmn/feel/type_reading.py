"""Types as they are written: `list<number>`, `function<string, Any> -> boolean`, `tLoan`."""

from collections.abc import Callable, Mapping

from bpmn.feel import types
from bpmn.feel.budget import DEFAULT
from bpmn.feel.lexer import Kind
from bpmn.feel.stream import Stream
from bpmn.feel.types import Type
from bpmn.feel.vocabulary import Vocabulary


def parse_type(text: str, known: Mapping[str, Type] | None = None) -> Type:
    """Read a type; `known` are those that a model defines. Raises `InvalidExpression`."""
    stream = Stream(text, Vocabulary(), DEFAULT)
    found = read_type(stream, known or {})
    if stream.token.kind is not Kind.END:
        raise stream.unexpected_end()
    return found


def read_type(stream: Stream, known: Mapping[str, Type]) -> Type:
    with stream.inside():
        if stream.ahead().is_sign("<") and stream.token.text in GENERIC:
            return GENERIC[stream.take().text](stream, known)
        return _named(stream, known)


def _named(stream: Stream, known: Mapping[str, Type]) -> Type:
    at = stream.token.start
    with stream.knowing([*types.NAMED, *known]):
        name = stream.name()
        found = known.get(name) or types.NAMED.get(name)
        while found is None and stream.skip_sign("."):
            name = f"{name}.{stream.name()}"
            found = known.get(name)
    if found is None:
        raise stream.source.refused(at, "There is no type that is called '{name}'.", name=name)
    return found


def _list(stream: Stream, known: Mapping[str, Type]) -> Type:
    return types.list_of(_only(stream, known))


def _range(stream: Stream, known: Mapping[str, Type]) -> Type:
    return types.range_of(_only(stream, known))


def _only(stream: Stream, known: Mapping[str, Type]) -> Type:
    stream.expect_sign("<")
    found = read_type(stream, known)
    stream.expect_sign(">")
    return found


def _context(stream: Stream, known: Mapping[str, Type]) -> Type:
    stream.expect_sign("<")
    entries: dict[str, Type] = {}
    while not stream.skip_sign(">"):
        name = stream.name_before(":")
        stream.expect_sign(":")
        entries[name] = read_type(stream, known)
        if not stream.token.is_sign(">"):
            stream.expect_sign(",")
    return types.context_of(entries)


def _function(stream: Stream, known: Mapping[str, Type]) -> Type:
    stream.expect_sign("<")
    parameters: list[Type] = []
    while not stream.skip_sign(">"):
        parameters.append(read_type(stream, known))
        if not stream.token.is_sign(">"):
            stream.expect_sign(",")
    stream.expect_sign("->")
    return types.function_of(tuple(parameters), read_type(stream, known))


GENERIC: Mapping[str, Callable[[Stream, Mapping[str, Type]], Type]] = {
    "list": _list,
    "range": _range,
    "context": _context,
    "function": _function,
}
