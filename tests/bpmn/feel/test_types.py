"""Types: how they are written, what belongs to them, what is changed into them."""

from datetime import date

import pytest

from bpmn import feel
from bpmn.feel import types
from bpmn.feel.temporal import Date, DateTime, midnight
from bpmn.feel.type_reading import parse_type
from tests.bpmn.feel.evaluating import value


@pytest.mark.parametrize(
    "text",
    [
        "number",
        "date and time",
        "days and time duration",
        "Any",
        "list<number>",
        "list<list<Any>>",
        "context<a: number, b c: list<string>>",
        "function<number, string> -> boolean",
        "function<> -> Any",
        "range<date>",
    ],
)
def test_a_type_is_written_as_it_is_read(text):
    assert str(parse_type(text)) == text


@pytest.mark.parametrize(
    "text", ["", "foo", "list<", "list<number", "number number", "function<number>"]
)
def test_what_is_no_type_is_refused(text):
    with pytest.raises(feel.InvalidExpression):
        parse_type(text)


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (1, "number", True),
        (True, "number", False),
        (None, "number", True),
        ([1, None], "list<number>", True),
        ([1, "a"], "list<number>", False),
        ({"a": 1, "b": 2}, "context<a: number>", True),
        ({}, "context<a: Any>", False),
        (Date(2024, 1, 1), "date", True),
        (Date(2024, 1, 1), "date and time", False),
    ],
)
def test_a_value_conforms(value, type_, expected):
    assert types.conforms(value, parse_type(type_)) is expected


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (1, "number", 1),
        ([1], "number", 1),
        (["a"], "number", None),
        ([1, 2], "number", None),
        (1, "list<number>", [1]),
        ("a", "list<number>", None),
        (1, "list", [1]),
        (Date(2024, 1, 1), "date and time", midnight(Date(2024, 1, 1))),
        (midnight(Date(2024, 1, 1)), "date", None),
        ("1", "number", None),
    ],
)
def test_a_value_is_coerced(value, type_, expected):
    assert types.coerce(value, parse_type(type_)) == expected


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        ("number", "Any", True),
        ("Any", "number", False),
        ("list<number>", "list<Any>", True),
        ("list<Any>", "list<number>", False),
        ("list<number>", "list", True),
        ("list", "list<number>", False),
        ("context<a: number, b: string>", "context<a: Any>", True),
        ("context<a: Any>", "context<a: number>", False),
        ("function<Any> -> number", "function<number> -> Any", True),
        ("function<number> -> number", "function<Any> -> number", False),
        ("range<number>", "range<Any>", True),
    ],
)
def test_a_type_is_within_another(narrow, wide, expected):
    assert types.is_within(parse_type(narrow), parse_type(wide)) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("list<tSmall>", True), ("list<number>", False), ("tSmall", True)]
)
def test_a_type_knows_whether_it_is_restricted(text, expected):
    small = types.restricted(types.NAMED["number"], feel.read_tests("< 5"))
    read = parse_type(text, {"tSmall": small})

    assert read.is_restricted is expected
    assert types.is_within(read, parse_type(text.replace("tSmall", "number")))
    assert types.is_within(parse_type(text.replace("tSmall", "number")), read)
    assert str(read) == text.replace("tSmall", "number")


def test_types_of_a_model_are_known_by_their_names():
    known = {"tLoan": parse_type("context<amount: number>"), "model.my type": parse_type("number")}

    assert value("{amount: 1} instance of tLoan", types=known) is True
    assert value("1 instance of model.my type and true", types=known) is True
    assert value("(function(a: tLoan) a.amount)({amount: 1})", types=known) == 1
    assert parse_type("list<tLoan>", known) == types.list_of(known["tLoan"])


def test_a_date_comes_back_as_a_date():
    assert value("d", {"d": date(2024, 1, 1)}) == date(2024, 1, 1)
    assert isinstance(value('date and time("-0001-01-01")'), DateTime)
