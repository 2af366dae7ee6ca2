"""What signs and words do with values of each kind."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from bpmn import feel
from bpmn.feel.temporal import YearsMonths
from tests.bpmn.feel.evaluating import setting, value, warned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2", Decimal("0.3")),
        ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
        ("10 / 5", 2),
        ("7 / 2", Decimal("3.5")),
        ("9999999999999999999999999999999999 + 1", Decimal("1E+34")),
        ("1.0 = 1", True),
        ("0 ** 0", 1),
        ('"a" + "b"', "ab"),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('@"P1M" + @"2024-03-31"', date(2024, 4, 30)),
        ('@"2024-03-31" - @"P1M"', date(2024, 2, 29)),
        ('@"2024-01-01" + @"PT36H"', date(2024, 1, 2)),
        ('@"2024-03-01" - @"2024-02-01"', timedelta(days=29)),
        ('@"2024-01-01T00:00:00Z" - @"2024-01-01"', timedelta()),
        ('@"2024-01-01T00:00:00+02:00" - @"2024-01-01T00:00:00Z"', timedelta(hours=-2)),
        ('@"10:00:00" + @"PT15H"', time(1)),
        ('@"10:00:00" - @"09:00:00"', timedelta(hours=1)),
        ('@"2024-01-31T10:00:00Z" + @"P1Y1M"', datetime(2025, 2, 28, 10, tzinfo=UTC)),
        ('@"P1Y" + @"P1M"', YearsMonths(13)),
        ('@"P1Y" * 1.5', YearsMonths(18)),
        ('2 * @"P1D"', timedelta(days=2)),
        ('@"P1D" / 2', timedelta(hours=12)),
        ('@"P1D" / @"PT6H"', 4),
        ('@"P1Y" / @"P5M"', Decimal("2.4")),
        ('-@"P1D"', timedelta(days=-1)),
    ],
)
def test_arithmetic(text, expected):
    assert value(text) == expected


def test_a_day_is_24_hours_also_where_clocks_are_changed():
    later = value('@"2024-03-30T12:00:00@Europe/Stockholm" + @"P1D"')

    assert later.isoformat() == "2024-03-31T13:00:00+02:00"


@pytest.mark.parametrize(
    "text",
    [
        '"a" + 1',
        "1 + null",
        '"a" * 2',
        "1 / 0",
        "[1] + [2]",
        '@"2024-01-01" + 1',
        '@"2024-01-01" + @"2024-01-01"',
        '@"10:00:00" + @"P1Y"',
        '@"10:00:00" - @"10:00:00Z"',
        '@"P1Y" + @"P1D"',
        '-"a"',
        "0 ** -1",
        "(-8) ** 0.5",
        "9 ** (9 ** 9)",
        "1e6000 * 1e6000",
        '@"999999999-12-31" + @"P1D"',
    ],
)
def test_arithmetic_without_a_value_is_null_and_said(text):
    found, warnings = warned(text)

    assert found is None
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2", True),
        ("2.0 <= 2", True),
        ('"a" < "b"', True),
        ('"Z" < "a"', True),
        ('@"2024-01-01" < @"2024-01-02"', True),
        ('@"2024-01-01" < @"2024-01-01T00:00:01Z"', True),
        ('@"10:00:00Z" = @"12:00:00+02:00"', True),
        ('@"10:00:00Z" = @"10:00:00"', False),
        ('@"2024-01-01T12:00:00@Europe/Stockholm" = @"2024-01-01T11:00:00Z"', True),
        ('@"P1Y" = @"P12M"', True),
        ('@"P1D" = @"PT24H"', True),
        ("null = null", True),
        ("null = 1", False),
        ("null != 1", True),
        ("[1, [2.0]] = [1.0, [2]]", True),
        ('[1] = ["1"]', False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 1, b: null}", False),
        ("[1..2] = [1..2]", True),
        ("[1..2] = [1..2)", False),
        ("(< 5) = (< 5)", True),
        ("true = true", True),
        ("2 between 1 and 2", True),
        ("3 between 1 and 2", False),
    ],
)
def test_comparison(text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        '1 = "1"',
        "1 < null",
        "null < null",
        "true < false",
        "[1] < [2]",
        '@"P1Y" = @"P1D"',
        "1 = [1]",
    ],
)
def test_values_that_cannot_be_compared_are_null(text):
    assert warned(text)[0] is None


@pytest.mark.parametrize("word", ["and", "or"])
@pytest.mark.parametrize("left", [True, False, None])
@pytest.mark.parametrize("right", [True, False, None])
def test_ternary_logic(left, right, word):
    decisive = word == "or"
    expected = None if None in (left, right) else not decisive
    if decisive in (left, right):
        expected = decisive

    assert value(f"a {word} b", {"a": left, "b": right}) is expected


def test_what_is_not_boolean_is_null_among_booleans():
    assert warned('"a" and true')[0] is None
    assert warned('"a" and false')[0] is False
    assert warned("1 or true")[0] is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 in 5", True),
        ("5 in (5, 6)", True),
        ("5 in (> 5, < 5)", False),
        ("5 in [1..5)", False),
        ("5 in (4..6]", True),
        ("5 in (1 + 2) * 2", False),
        ("6 in (1 + 2) * 2", True),
        ("5 in [[1..3], [4..6]]", True),
        ("5 in (!= 4)", True),
        ("5 in (? > 4)", True),
        ("[1, 2] in [[1, 2], 3]", True),
        ("[1, 2] in [1, 2]", True),
        ("{a: 1} in ({a: 2}, {a: 1})", True),
        ("null in [1, null]", True),
        ("5 in []", False),
        ("5 in r", True),
        ("-5 in r", True),
    ],
)
def test_in(text, expected):
    assert value(text, {"r": value("(< 10)")}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if 1 < 2 then 1 else 2", 1),
        ("if null then 1 else 2", 2),
        ("1 instance of number", True),
        ("1 instance of string", False),
        ("null instance of Any", False),
        ("null instance of Null", True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: number, b: Any>", False),
        ("[1..2] instance of range<number>", True),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("(function(a: number) a) instance of function<string> -> Any", False),
        ('@"2024-01-01T00:00:00" instance of date and time', True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1M" instance of years and months duration', True),
    ],
)
def test_choices_and_types(text, expected):
    assert value(text) == expected


def test_a_condition_that_is_no_boolean_is_said():
    assert warned('if "a" then 1 else 2') == (
        2,
        ["'if' works with true and false, not with a string."],
    )


def test_strictly_a_null_with_a_reason_is_a_failure():
    with pytest.raises(feel.ExpressionFailed) as caught:
        feel.read("1 +\n  a").evaluate({}, setting(strict=True))

    assert (caught.value.line, caught.value.column) == (2, 3)
    assert str(caught.value) == "There is no variable 'a'."


def test_a_warning_says_where():
    there = setting()

    feel.read("1 +\n  1 / 0").evaluate({}, there)

    assert [(each.line, each.column) for each in there.warnings] == [(2, 5), (1, 3)]
