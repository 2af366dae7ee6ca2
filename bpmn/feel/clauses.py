"""What begins with a word: `if`, `for`, `some`, `every`, `function`."""

from contextlib import ExitStack

from bpmn.feel import tree
from bpmn.feel.lexer import Token
from bpmn.feel.reader import Reader, Strength
from bpmn.feel.tree import Iteration, Node
from bpmn.feel.type_reading import read_type
from bpmn.feel.types import ANY, Type


def choice(reader: Reader, token: Token) -> Node:
    condition = reader.nested()
    reader.stream.expect_word("then")
    then = reader.nested()
    reader.stream.expect_word("else")
    otherwise = reader.nested()
    return tree.If(condition, then, otherwise, at=reader.stream.source.position(token.start))


def iteration(reader: Reader, token: Token) -> Node:
    with ExitStack() as stack:
        iterations = _iterations(reader, stack)
        reader.stream.expect_word("return")
        stack.enter_context(reader.stream.knowing(["partial"]))
        body = reader.nested()
    return tree.For(tuple(iterations), body, at=reader.stream.source.position(token.start))


def quantified(reader: Reader, token: Token) -> Node:
    with ExitStack() as stack:
        iterations = _iterations(reader, stack)
        reader.stream.expect_word("satisfies")
        condition = reader.nested()
    at = reader.stream.source.position(token.start)
    return tree.Quantified(token.text == "some", tuple(iterations), condition, at=at)


def _iterations(reader: Reader, stack: ExitStack) -> list[Iteration]:
    """Read `x in xs, y in ys`, where later ones see earlier names."""
    iterations: list[Iteration] = []
    while True:
        at = reader.stream.at
        name = reader.stream.name_before("in")
        reader.stream.expect_word("in")
        source = reader.nested()
        end = reader.expression(Strength.COMPARISON) if reader.stream.skip_sign("..") else None
        iterations.append(Iteration(name, source, end, at=at))
        stack.enter_context(reader.stream.knowing([name]))
        if not reader.stream.skip_sign(","):
            return iterations


def function(reader: Reader, token: Token) -> Node:
    stream = reader.stream
    at = stream.source.position(token.start)
    stream.expect_sign("(")
    parameters: dict[str, Type] = {}
    while not stream.skip_sign(")"):
        name_at = stream.token.start
        name = stream.name_before(":", ",", ")")
        if name in parameters:
            raise stream.source.refused(
                name_at, "The function has two parameters that are called '{name}'.", name=name
            )
        parameters[name] = read_type(stream, reader.types) if stream.skip_sign(":") else ANY
        if not stream.token.is_sign(")"):
            stream.expect_sign(",", instead=")")
    external = stream.token.is_word("external") and stream.ahead().is_sign("{")
    if external:
        stream.take()
    with reader.stream.knowing(parameters):
        body = reader.nested()
    return tree.FunctionOf(tuple(parameters.items()), None if external else body, at=at)
