"""The texts of a model: FEEL after `=`, JUEL in `${…}`, else an expression of ours or just a text."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bpmn.scripting import texts
from bpmn.scripting.errors import ExpressionFailed, InvalidExpression
from bpmn.scripting.seen import Seen

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Stockholm")


def value(text, **names):
    return texts.expression(text).evaluate(Seen(names, now=NOW, zone=ZONE))


@pytest.mark.parametrize(
    ("text", "names", "result"),
    [
        ("=names[1]", {"names": ["first", "second"]}, "first"),
        ("${names[1]}", {"names": ["first", "second"]}, "second"),
        ("names[1]", {"names": ["first", "second"]}, "second"),
        ("=amount = 100", {"amount": 100}, True),
        ("=0.1 + 0.2 = 0.3", {}, True),
        ("=6 / 2", {}, 3),
        ("=1 / 4", {}, Decimal("0.25")),
        ("=orders[price > 10].name", {"orders": [{"price": 11, "name": "a"}]}, ["a"]),
        ("=amount > 100", {"amount": None}, None),
        ("=1 / 0", {}, None),
        ("=today()", {}, date(2026, 5, 1)),
        ('=duration("P1Y2M")', {}, "P1Y2M"),
        ('=duration("P14D")', {}, timedelta(days=14)),
        ('={a: [duration("P1M")]}', {}, {"a": ["P1M"]}),
    ],
)
def test_a_text_is_read_in_the_language_of_its_mark(text, names, result):
    assert value(text, **names) == result


def test_whole_numbers_are_integers():
    assert type(value("=6 / 2")) is int


def test_a_variable_that_nobody_has_set_fails_and_is_no_null():
    with pytest.raises(ExpressionFailed) as caught:
        value("=amount > 100")

    assert str(caught.value) == "There is no variable 'amount'."


@pytest.mark.parametrize("text", ["=[1..2]", "=function(x) x", "={f: function() 1}"])
def test_what_only_lives_inside_of_an_expression_is_not_kept(text):
    with pytest.raises(ExpressionFailed):
        value(text)


@pytest.mark.parametrize("text", ["=", "=1 +", "=a b c ]", "${a", "${bean.call(x)}", "a ="])
def test_what_is_none_is_refused_with_its_place(text):
    with pytest.raises(InvalidExpression) as caught:
        texts.expression(text)

    assert (caught.value.line, caught.value.column >= 1) == (1, True)


@pytest.mark.parametrize("text", ["just a text", "", "a = b"])
def test_a_text_without_a_mark_is_a_text(text):
    assert texts.marked(text) is None
