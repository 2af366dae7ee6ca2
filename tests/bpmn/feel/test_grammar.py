"""What a text says: literals, names, what binds how strongly, and where it cannot be read."""

from decimal import Decimal

import pytest

from bpmn import feel
from tests.bpmn.feel.evaluating import value, warned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("-1", -1),
        ("1.50", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("1e3", 1000),
        ("1.2E-2", Decimal("0.012")),
        ('"åäö"', "åäö"),
        (r'"a\"b\\c\n\t\r"', 'a"b\\c\n\t\r'),
        (r'"\d+"', r"\d+"),
        (r'"\u00e5\U01F40E\uD83D\uDC0E"', "å🐎🐎"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("[]", []),
        ("[1, [2]]", [1, [2]]),
        ("{}", {}),
        ('{a b: 1, "c.d": 2}', {"a b": 1, "c.d": 2}),
        ("1 + /* one */ 1 // and no more", 2),
        ("1 +\n// a line\r\n1", 2),
        ("\u00a01\u2003+\u30001", 2),
    ],
)
def test_literals(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("2 ** 3 ** 2", 64),
        ("-5 ** 2", 25),
        ("2 ** -1", Decimal("0.5")),
        ("--1", 1),
        ("- (function(a) a)(10)", -10),
        ("1 + 1 = 2", True),
        ("1 < 2 and 2 < 1 or true", True),
        ("true or false and false", True),
        ("1 in [1, 2] and 3 in [4]", False),
        ("2 between 1 and 3 and true", True),
        ("if true then 1 else 2 + 1", 1),
        ("(if false then 1 else 2) + 1", 3),
        ("1 instance of number and true", True),
        ("-1 instance of number", True),
        ("for x in [1] return x + 1", [2]),
        ("function(a) a + 1 instance of number", "function"),
        ("{a: 1}.a + 1", 2),
        ("[[1, 2], [3]][2][1]", 3),
        ("5 in ]1..10[", True),
        ("[]1..2[][1].start", 1),
        ("10 in ]1..10[ or 5 in ]1..10[", True),
        ("5 in ]1..[1, 10][2][", True),
    ],
)
def test_what_binds_how_strongly(text, expected):
    found = value(text)

    assert (found if not isinstance(found, feel.Function) else "function") == expected


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("full name", {"full name": "Åsa"}, "Åsa"),
        ("full   name", {"full name": "Åsa"}, "Åsa"),
        ("a-b", {"a-b": 1, "a": 5, "b": 3}, 1),
        ("a-b", {"a": 5, "b": 3}, 2),
        ("a - b", {"a-b": 1, "a": 5, "b": 3}, 1),
        ("profit/loss + 1", {"profit/loss": 1}, 2),
        ("it's + 1", {"it's": 1}, 2),
        ("a.b", {"a.b": 1}, 1),
        ("a.b", {"a": {"b": 2}}, 2),
        ("days in weekend", {"days in weekend": 2}, 2),
        ("for day in days in weekend return day", {"days in weekend": [1]}, [1]),
        ("if and or then 1 else 2", {"and or": True}, 1),
        ("for sale", {"for sale": 1}, 1),
        ("loan amount > 1 and loan > 1", {"loan": 2, "loan amount": 3}, True),
        ("x2 + 1", {"x2": 1}, 2),
        ("address 2", {"address 2": 1}, 1),
        ("🐎", {"🐎": 1}, 1),
        ("år_1", {"år_1": 1}, 1),
        ("date", {"date": 1}, 1),
        ('date("2024-01-01").year + date', {"date": 1}, 2025),
        ("fn library.double(2)", {"fn library": {"double": None}}, None),
    ],
)
def test_names_depend_on_what_is_known(text, variables, expected):
    if "fn library" in variables:
        variables = {
            "fn library": {"double": feel.function("double", {"x": None}, lambda x, _: x)}
        }
        expected = 2

    assert value(text, variables) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a-b: 1, c: a-b}.c", 1),
        ("{a b: 1, c: a b + 1}", {"a b": 1, "c": 2}),
        ("{a b: 1}.a b", 1),
        ("{a+b: 1}.a+b", 1),
        ("[{a-b: 1}, {a-b: 2}][a-b = 2]", [{"a-b": 2}]),
        ("[{full name: 1}][full name = 1]", [{"full name": 1}]),
        ("for my item in [1, 2] return my item * 2", [2, 4]),
        ('(function(first name: string, b) first name)("x", 1)', "x"),
        ("(function(first name, b) b)(b: 1, first name: 2)", 1),
        ("{in: 1}.in", 1),
        ("{return date: 1, x: return date}.x", 1),
    ],
)
def test_what_is_read_defines_names(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("amount > 1 and full name = x", {"amount", "full name", "x"}),
        ("for x in xs return x + y", {"xs", "y"}),
        ("some x in xs, z in x satisfies z > y", {"xs", "y"}),
        ("xs[item > k].name", {"xs", "k"}),
        ("{a: b, c: a, f: function(n) f(n - 1)}", {"b"}),
        ("{a: a}", {"a"}),
        ("(function(a) a + b)(1)", {"b"}),
        ("count(xs) + sum(xs)", {"xs"}),
        ("for i in 1..3 return partial", set()),
    ],
)
def test_it_says_which_variables_it_asks_for(text, names):
    assert feel.read(text, names).names == names


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("", 1, 1, "The expression ends where a value is missing."),
        ("1 +", 1, 4, "The expression ends where a value is missing."),
        ("1 +\n  + 2", 2, 3, "Here stands '+' where a value was expected."),
        ("1 2", 1, 3, "The expression is complete before '2'."),
        ("(1", 1, 3, "The expression ends where ')' is missing."),
        ("[1, 2", 1, 6, "The expression ends where ']' is missing."),
        ("{a 1}", 1, 5, "Here stands '}' where ':' was expected."),
        ("{a: 1, a: 2}", 1, 8, "The context has two entries that are called 'a'."),
        ("f(a: 1, 2)", 1, 9, "Here stands '2' instead of a name."),
        ("if true then 1", 1, 15, "The expression ends where 'else' is missing."),
        ("for x return x", 1, 15, "The expression ends where 'in' is missing."),
        ("for x in", 1, 9, "The expression ends where a value is missing."),
        ("some x in [1]", 1, 14, "The expression ends where 'satisfies' is missing."),
        ("function(a, a) a", 1, 13, "The function has two parameters that are called 'a'."),
        ("1 instance of foo", 1, 15, "There is no type that is called 'foo'."),
        ('"abc', 1, 1, "The text that begins here does not end."),
        ("1 /* 2", 1, 3, "The comment that begins here does not end."),
        (r'"\uD83D"', 1, 1, "The text holds half a character."),
        ("1 $ 2", 1, 3, "The character '$' has no meaning here."),
        ("1e99999", 1, 1, "The number is too large."),
        ("@5", 1, 2, "After '@' stands a date, a time or a duration in quotation marks."),
        ("then", 1, 1, "Here stands 'then' where a value was expected."),
        ("a.", 1, 3, "The expression ends where a name is missing."),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text, line, column, sentence):
    with pytest.raises(feel.InvalidExpression) as caught:
        feel.read(text)

    assert str(caught.value) == sentence
    assert (caught.value.line, caught.value.column) == (line, column)


def test_an_unknown_name_is_null_and_said():
    assert warned("foo bar + 1") == (
        None,
        [
            "There is no variable 'foo bar'.",
            "'+' does not work between values of the types null and number.",
        ],
    )


def test_no_attribute_of_python_is_in_reach():
    for text in ("a.__class__", "(1).real", '"".upper', "f.call", "[].append", "c.keys"):
        variables = {"a": object, "c": {}, "f": feel.function("f", {}, lambda _: 1)}

        assert warned(text, variables)[0] in (None, [])
