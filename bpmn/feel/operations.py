"""What stands between values: signs, `and`, `or`, `in`, `between`, `instance of`; and unary tests."""

from bpmn.feel import tree
from bpmn.feel.lexer import Kind, Token
from bpmn.feel.numbers import negative
from bpmn.feel.reader import Reader, Strength
from bpmn.feel.tree import Node
from bpmn.feel.type_reading import read_type

STRENGTHS = {
    "+": Strength.SUM,
    "-": Strength.SUM,
    "*": Strength.PRODUCT,
    "/": Strength.PRODUCT,
    "**": Strength.POWER,
}


def negation(reader: Reader, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    if reader.stream.token.kind is Kind.NUMBER:
        literal = reader.expression(Strength.INSTANCE)
        if isinstance(literal, tree.Literal):
            return reader.following(
                tree.Literal(negative(literal.value), at=at), Strength.NEGATION
            )
        return tree.Negation(reader.following(literal, Strength.NEGATION), at=at)
    return tree.Negation(reader.expression(Strength.NEGATION), at=at)


def arithmetic(reader: Reader, left: Node, token: Token) -> Node:
    """Read `a + b - c` as one row, so that a long sum is not a deep one."""
    at = reader.stream.source.position(token.start)
    strength = STRENGTHS[token.text]
    rest = [(token.text, reader.expression(strength))]
    while reader.stream.token.kind is Kind.SIGN:
        if STRENGTHS.get(reader.stream.token.text) is not strength:
            break
        sign = reader.stream.take().text
        rest.append((sign, reader.expression(strength)))
    return tree.Arithmetic(left, tuple(rest), at=at)


def comparison(reader: Reader, left: Node, token: Token) -> Node:
    if reader.stream.token.is_sign(
        "="
    ):  # a test on the right side of a comparison, in parentheses only
        raise reader.stream.refused("Two values are compared with '=', not with '=='.")
    right = reader.expression(Strength.COMPARISON)
    return tree.Comparison(token.text, left, right, at=reader.stream.source.position(token.start))


def junction(reader: Reader, left: Node, token: Token) -> Node:
    """Read `a and b and c` as one row, so that a long one is not a deep one."""
    strength = Strength.OR if token.text == "or" else Strength.AND
    operands = [left, reader.expression(strength)]
    while reader.stream.skip_word(token.text):
        operands.append(reader.expression(strength))
    at = reader.stream.source.position(token.start)
    return tree.Junction(token.text == "or", tuple(operands), at=at)


def between(reader: Reader, left: Node, token: Token) -> Node:
    low = reader.expression(Strength.COMPARISON)
    reader.stream.expect_word("and")
    high = reader.expression(Strength.COMPARISON)
    return tree.Between(left, low, high, at=reader.stream.source.position(token.start))


def instance(reader: Reader, left: Node, token: Token) -> Node:
    reader.stream.expect_word("of")
    found = read_type(reader.stream, reader.types)
    return tree.InstanceOf(left, found, at=reader.stream.source.position(token.start))


def unary(reader: Reader, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    return tree.Unary(token.text, reader.expression(Strength.COMPARISON), at=at)


def contained(reader: Reader, left: Node, token: Token) -> Node:
    at = reader.stream.source.position(token.start)
    if not reader.stream.token.is_sign("("):
        return tree.In(left, (reader.expression(Strength.COMPARISON),), at=at)
    opening = reader.stream.take()
    tests = _tests(reader)
    if len(tests) == 1 and reader.stream.token.is_sign(".."):
        first: Node = reader.ranged(tests[0], opening, start_included=False)
    else:
        reader.stream.expect_sign(")")
        first = tests[0]
    if len(tests) == 1:
        # It was an expression in parentheses, which may go on.
        tests = [reader.following(first, Strength.COMPARISON)]
    return tree.In(left, tuple(tests), at=at)


def unary_tests(reader: Reader) -> Node:
    stream = reader.stream
    at = stream.at
    if stream.token.is_sign("-") and stream.ahead().kind is Kind.END:
        stream.take()
        return tree.AnyValue(at=at)
    if stream.token.is_word("not") and stream.ahead().is_sign("(") and stream.closes_last():
        stream.take()
        stream.take()
        tests = _tests(reader)
        stream.expect_sign(")")
        return tree.Tests(tuple(tests), negated=True, at=at)
    return tree.Tests(tuple(_tests(reader)), at=at)


def _tests(reader: Reader) -> list[Node]:
    tests = [reader.nested()]
    while reader.stream.skip_sign(","):
        tests.append(reader.nested())
    return tests
