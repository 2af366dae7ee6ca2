"""What holds for every text and every value, as far as Hypothesis can find any."""

import operator
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bpmn.feel.numbers import CONTEXT
from bpmn.scripting.errors import BpmnErrorThrown, ExpressionFailed, InvalidExpression
from tests.bpmn.scripting import evaluating

BINARY = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "and": lambda left, right: left and right,
    "or": lambda left, right: left or right,
}
OF_NUMBERS = frozenset({"+", "-", "*", "//", "%", "<", "<=", ">", ">="})
"""Here true and false are no numbers, other than in Python."""
VARIABLES = {"a": 3, "b": -7, "c": 0, "d": 10**12, "t": True}


class Failed:
    """What the reference has instead of a value."""


FAILED = Failed()


def both(sign, left, right):
    """Apply an operator to (text, value) pairs as Python does, short circuits included."""
    text = f"({left[0]} {sign} {right[0]})"
    if left[1] is FAILED or (sign == "and" and not left[1]) or (sign == "or" and left[1]):
        return text, left[1]
    if right[1] is FAILED or (sign in OF_NUMBERS and bool in {type(left[1]), type(right[1])}):
        return text, FAILED
    try:
        return text, BINARY[sign](left[1], right[1])
    except ZeroDivisionError:
        return text, FAILED


def negated(pair):
    return f"(not {pair[0]})", FAILED if pair[1] is FAILED else not pair[1]


def minus(pair):
    return f"(-{pair[0]})", FAILED if pair[1] is FAILED or type(pair[1]) is bool else -pair[1]


def choice(test, yes, no):
    text = f"({yes[0]} if {test[0]} else {no[0]})"
    if test[1] is FAILED:
        return text, FAILED
    return text, yes[1] if test[1] else no[1]


leaves = st.one_of(
    st.integers(0, 10**6).map(lambda number: (str(number), number)),
    st.sampled_from(sorted(VARIABLES)).map(lambda name: (name, VARIABLES[name])),
    st.sampled_from([("True", True), ("false", False)]),
)
pairs = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(both, st.sampled_from(sorted(BINARY)), inner, inner),
        st.builds(choice, inner, inner, inner),
        inner.map(negated),
        inner.map(minus),
    ),
    max_leaves=25,
)

WORDS = r"""
a b rows person x 1 2 0 1.5 'a' "b" True None null + - * / // % ** == != < > <= in not and or if else
for ( ) [ ] { } . , : = += is lambda f'{a}' len sum range str sorted min append error __class__ break
continue pass import while elif 9 99999 'aaaa' @ & | ~ \ # ; ! $ ｅ
"""
scraps = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n    "]), max_size=30).map(" ".join)
texts = st.one_of(st.text(max_size=60), scraps)

JUEL = r"""
a b rows x 1 2 0.5 'a' "b" true null empty not ! && || and or == != eq lt > <= + - * / % div mod ? : ( ) [ ] . ,
.size() .contains( .equals( .toString() execution.getVariable( now() dateTime() .plusDays( .toDate() bean.call() }
"""
juel = st.one_of(
    st.lists(st.sampled_from(JUEL.split()), max_size=20).map(
        lambda words: f"${{{' '.join(words)}}}"
    ),
    st.text(max_size=30).map(lambda text: f"a ${{{text}}} b"),
)

values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.text(max_size=5),
        st.dates(),
        st.datetimes(),
        st.datetimes(timezones=st.timezones()),
        st.timedeltas(),
        st.binary(max_size=3),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["a", "b", "x"]), inner, max_size=3),
    ),
    max_leaves=8,
)

OPERATIONS = (
    "a + b", "a - b", "a * b", "a / b", "a // b", "a % b", "a ** b", "a < b", "a >= b", "a == b",
    "a != b", "a in b", "a not in b", "a and b", "a or b", "not a", "-a", "+a", "a is None", "a[b]",
    "a.x", "a[b:]", "a[0:b:b]", "[a, b] == [b, a]", "{'k': a} == {'k': b}", "{a: b}", "f'{a}{b}'",
    "a if b else 1", "[x for x in a if b]", "[x + b for x in a]", "len(a)", "min(a)", "max(a, b)",
    "min([a, b])", "sum(a)", "sum([a, b])", "abs(a)", "round(a)", "round(a, b)", "int(a)", "float(a)",
    "str(a)", "bool(a)", "sorted(a)", "sorted([a, b, a])", "any(a)", "all([a, b])", "range(a)",
    "range(a, b)", "range(0, a, b)", "date(a)", "datetime(a)", "a.lower()", "a.upper()", "a.strip()",
    "a.strip(b)", "a.split()", "a.split(b)", "a.join(b)", "a.join([b])", "a.replace(b, a)",
    "a.startswith(b)", "a.endswith(b)", "a.get(b)", "a.get('a', b)", "a.keys()", "a.values()", "a.items()",
)  # fmt: skip


def kept(value):
    """Return a value as variables keep it: numbers of 34 digits, nothing that is no number, no bytes."""
    if isinstance(value, list):
        parts = [kept(each) for each in value]
        return FAILED if FAILED in parts else parts
    if isinstance(value, dict):
        entries = {key: kept(each) for key, each in value.items()}
        return FAILED if FAILED in entries.values() else entries
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        try:
            return CONTEXT.plus(value) if Decimal(value).is_finite() else FAILED
        except ArithmeticError:
            return FAILED
    return FAILED if isinstance(value, bytes) else value


def caught(expected, function, *arguments):
    """Return the error of a call, None if it has none; unexpected ones go on."""
    try:
        function(*arguments)
    except expected as error:
        return error
    return None


def readable(text):
    """Return what evaluates this text."""
    if caught(InvalidExpression, evaluating.expression, text) is None:
        yield evaluating.expression(text).evaluate
    if caught(InvalidExpression, evaluating.script, text) is None:
        yield evaluating.script(text).run


@given(pairs)
def test_an_expression_over_integers_has_the_value_of_the_reference(pair):
    text, expected = pair
    assume(expected is FAILED or abs(expected) < 10**34)
    expression = evaluating.expression(text)

    try:
        result = expression.evaluate(VARIABLES)
    except ExpressionFailed:
        result = FAILED

    assert result == expected
    assert type(result) is type(expected)


@given(texts)
@settings(max_examples=500)
def test_any_text_is_read_or_refused(text):
    for read in (evaluating.expression, evaluating.script):
        refusal = caught(InvalidExpression, read, text)

        assert refusal is None or (refusal.line >= 1 and refusal.column >= 1 and str(refusal))


@given(juel, st.dictionaries(st.sampled_from(["a", "b", "rows", "x"]), values))
@settings(max_examples=500)
def test_any_text_in_the_marks_of_juel_has_a_value_or_a_sentence(text, names):
    refusal = caught(InvalidExpression, evaluating.expression, text)

    assert refusal is None or (refusal.line >= 1 and refusal.column >= 1 and str(refusal))
    if refusal is None:
        failure = caught(ExpressionFailed, evaluating.expression(text).evaluate, names)
        assert failure is None or (failure.line and str(failure))


@given(texts, st.dictionaries(st.sampled_from(["a", "b", "rows", "person", "x"]), values))
@settings(max_examples=300)
def test_what_is_read_returns_a_value_or_fails_with_a_sentence(text, names):
    for evaluate in readable(text):
        failure = caught((ExpressionFailed, BpmnErrorThrown), evaluate, names)

        assert failure is None or str(failure)


@given(st.sampled_from(OPERATIONS), values, values)
@settings(max_examples=1_500)
def test_every_operation_takes_any_values_or_fails_with_a_sentence(text, a, b):
    expression = evaluating.expression(text)

    failure = caught(ExpressionFailed, expression.evaluate, {"a": a, "b": b})

    assert failure is None or (failure.line == 1 and str(failure))


@given(values)
def test_a_value_comes_out_as_it_went_in_and_shares_nothing(value):
    expression = evaluating.expression("[a]")
    try:
        (result,) = expression.evaluate({"a": value})
    except ExpressionFailed:
        result = FAILED

    assert result == kept(value)
    assert result is not value or not isinstance(value, list | dict)


@given(st.lists(st.integers(-(10**30), 10**30)), st.lists(st.integers(-(10**30), 10**30)))
def test_lists_behave_as_in_python(a, b):
    names = {"a": a, "b": b}
    result = evaluating.script(
        "c = a + b\nd = sorted(c)\ne = [x for x in a if x in b]\nf = sum(c)\n"
        "g = []\nfor x in c:\n    if x > 0:\n        g.append(x)\nh = c[::-1]"
    ).run(names)

    assert result == {
        "c": a + b,
        "d": sorted(a + b),
        "e": [x for x in a if x in b],
        "f": sum(a + b),
        "g": [x for x in a + b if x > 0],
        "h": (a + b)[::-1],
    }
