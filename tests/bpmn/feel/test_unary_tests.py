"""The cells of decision tables."""

import pytest

from bpmn import feel
from tests.bpmn.feel.evaluating import holds, value


@pytest.mark.parametrize(
    ("text", "tested", "expected"),
    [
        ("-", 5, True),
        ("-", None, True),
        ("5", 5, True),
        ("5", 5.0, True),
        ("5", 6, False),
        ("-5", -5, True),
        ("1, 5", 5, True),
        ("< 5", 4, True),
        ("< 5, > 10", 7, False),
        (">= 5", 5, True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("[1..5]", 5, True),
        ("[1..5)", 5, False),
        ("]1..5[", 1, False),
        ("not(5)", 5, False),
        ("not(1, 2)", 5, True),
        ("not(< 5)", 5, True),
        ('"a", "b"', "b", True),
        ('not("a")', "b", True),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ("null", None, True),
        ("null", 5, False),
        ("not(null)", 5, True),
        ("? > 3", 5, True),
        ("? > 3 and ? < 5", 5, False),
        ("not(? > 3)", 5, False),
        ("not(?) or true", False, True),
        ("count(?) = 2", [1, 2], True),
        ("[1, 5]", 5, True),
        ("[1, 5]", 6, False),
        ("limit", 5, True),
        ("> limit - 1", 5, True),
        ("allowed", 5, True),
        ("span", 5, True),
        ("limit > 3", 5, True),
        ("5", None, False),
        ('contains(?, "b")', "abc", True),
        ('@"2024-01-01"', None, False),
        ("some x in ? satisfies x > 4", [5], True),
    ],
)
def test_a_value_passes(text, tested, expected):
    variables = {"limit": 5, "allowed": [4, 5], "span": value("[4..6]")}

    assert holds(text, tested, variables) is expected


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        ("< 5", None),
        ("< 5", "a"),
        ("5", "a"),
        ("not(< 5)", None),
        ("? > 3", None),
        ("[1..5]", "a"),
    ],
)
def test_what_has_no_answer_is_none(text, tested):
    assert holds(text, tested) is None


def test_one_test_that_passes_is_enough():
    assert holds("< 5, null", None) is True


@pytest.mark.parametrize("text", ["", "5,", "not(5", "- 5 5", "-, 5", "not()"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(feel.InvalidExpression):
        feel.read_tests(text)


def test_it_says_which_variables_it_asks_for():
    assert feel.read_tests("> limit, ? = a b", ["limit", "a b"]).names == {"limit", "a b"}
