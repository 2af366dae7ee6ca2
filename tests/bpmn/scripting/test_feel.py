"""The subset of FEEL that is read until there is all of it: what it means there, or refused."""

from datetime import date

import pytest

from bpmn.scripting import expressions, marks
from bpmn.scripting.errors import InvalidExpression


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("x = 1", {"x": 1}, True),
        ("x != 1", {"x": 1}, False),
        ("x = null", {"x": None}, True),
        ('kind = "Lex Sarah" and not(closed)', {"kind": "Lex Sarah", "closed": False}, True),
        ("items[1]", {"items": ["first", "second"]}, "first"),
        ("items[-1]", {"items": ["first", "second"]}, "second"),
        ("case.unit.name", {"case": {"unit": {"name": "Solgläntan"}}}, "Solgläntan"),
        ('if n > 1 then "many" else "one"', {"n": 2}, "many"),
        ("n in [1..3]", {"n": 3}, True),
        ("n in [1..3)", {"n": 3}, False),
        ("n in ]1..3]", {"n": 1}, False),
        ("n in (1, 2)", {"n": 2}, True),
        ("n in [1, 2]", {"n": 3}, False),
        ("n in >= 3", {"n": 3}, True),
        ("n between 1 and 3 and ready", {"n": 2, "ready": True}, True),
        ("some x in list satisfies x > 2", {"list": [1, 3]}, True),
        ("every x in list satisfies x > 2", {"list": [1, 3]}, False),
        ("for x in list return x * 2", {"list": [1, 3]}, [2, 6]),
        ('{name: n, "the unit": [1]}', {"n": "x"}, {"name": "x", "the unit": [1]}),
        ('string length("åäö") + count(list)', {"list": [1]}, 4),
        ('upper case("å") + string(1)', {}, "Å1"),
        ('contains("Lex Sarah", "Sarah")', {}, True),
        ("max(1, n, 3)", {"n": 7}, 7),
        ("sum(list)", {"list": [1, 2]}, 3),
        ("1 + 2 * 3 - (4 - 1)", {}, 4),
        ("-2 ** 2", {}, 4),
        ('date("2026-05-01")', {}, date(2026, 5, 1)),
        ('duration("P14D")', {}, "P14D"),
        ('now() + duration("P14D")', {}, "P14D"),
        ('"a quote: \\" and = inside"', {}, 'a quote: " and = inside'),
    ],
)
def test_a_subset_of_feel_means_what_it_means_there(text, names, value):
    expression = marks.expression_in(f"= {text}")

    assert expression is not None
    assert expressions.read(expression).evaluate(names) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x == 1",
        "items[0]",
        "items[price > 3]",
        "items[n]",
        "unknown(1)",
        "count(1, 2)",
        "x instance of number",
        "a b",
        "if a then b",
        "1 < 2 < 3",
        "n in [1..3",
        "{a 1}",
        "x and",
        "'single quotes'",
        "x if y else z",
        "(" * 500 + "a" + ")" * 500,
        "-" * 500 + "a",
        "a @ b",
    ],
)
def test_the_rest_of_feel_is_refused_at_its_place(text):
    with pytest.raises(InvalidExpression) as refused:
        marks.expression_in(f"={text}")

    assert refused.value.column is not None
