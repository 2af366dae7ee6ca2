"""Lists, contexts, paths, filters and loops."""

from datetime import date

import pytest

from tests.bpmn.feel.evaluating import value, warned

PEOPLE = [
    {"name": "Åsa", "age": 40, "tags": ["a", "b"]},
    {"name": "Bo", "age": 20, "tags": []},
    {"name": "Cid", "age": None},
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][item >= 2]", [2, 3]),
        ("[1, 2, 3][true]", [1, 2, 3]),
        ("[1, 2, 3][null]", []),
        ("[1, 2, 3][i]", 2),
        ("[1, 2, 3][i + 1]", 3),
        ("[true, false][item]", [True]),
        ("5[1]", 5),
        ("5[item > 3]", [5]),
        ("{a: 1}[a = 1]", [{"a": 1}]),
        ("null[1]", None),
        ("[][item > 1]", []),
        ("people[age > 30].name", ["Åsa"]),
        ("people[item.age = 20].name", ["Bo"]),
        ('people[name = "Åsa"].tags[1][1]', "a"),
        ("[{item: 1}, {item: 2}][item >= 2]", [{"item": 2}]),
        ("people[i].name", "Bo"),
        ("[[1, 2], [3]][count(item) = 1]", [[3]]),
    ],
)
def test_filters(text, expected):
    assert warned(text, {"people": PEOPLE, "i": 2})[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: {b: 1}}.a.b", 1),
        ("[{a: 1}, {a: 2}].a", [1, 2]),
        ("[{a: [1, 2]}, {a: 3}].a", [[1, 2], 3]),
        ("[{a: {b: 1}}, {a: {b: 2}}].a.b", [1, 2]),
        ("[{a: 1}, {b: 2}].a", [1, None]),
        ("{a: 1}.b", None),
        ("null.b", None),
        ('@"2024-02-29".weekday', 4),
        ('@"2024-02-29T10:30:01.5".second * 2', 3),
        ('@"10:30:00+02:00".time offset = @"PT2H"', True),
        ('@"2024-07-01T10:30:00@Europe/Stockholm".time offset = @"PT2H"', True),
        ('@"2024-07-01T10:30:00@Europe/Stockholm".timezone', "Europe/Stockholm"),
        ('@"10:30:00".timezone', None),
        ('@"P1DT2H3M4S".hours', 2),
        ('@"-P1Y3M".months', -3),
        ("[1..5).end included", False),
        ("(>= 5).start", 5),
        ("(>= 5).end", None),
    ],
)
def test_paths(text, expected):
    assert warned(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for x in [1, 2] return x * 2", [2, 4]),
        ("for x in [1, 2], y in [x, 10] return x + y", [2, 11, 4, 12]),
        ("for x in 1..3 return x", [1, 2, 3]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in [1..3) return x", [1, 2]),
        ("for x in 1..n return x", [1, 2]),
        ('for d in @"2024-02-28"..@"2024-03-01" return d.day', [28, 29, 1]),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
        ("for i in 1..3 return count(partial)", [0, 1, 2]),
        ("for i in 1..2 return for j in 1..2 return count(partial)", [[0, 1], [0, 1]]),
        ("for x in 5 return x", [5]),
        ("for x in [] return x", []),
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [] satisfies true", False),
        ("every x in [] satisfies false", True),
        ("every x in [1, 2], y in [3] satisfies x < y", True),
        ("some x in [null, true] satisfies x", True),
        ("some x in [null, false] satisfies x", None),
        ("every x in [null, true] satisfies x", None),
        ("every x in [null, false] satisfies x", False),
        ("{a: 1, b: a + 1, c: {d: b + 1}}", {"a": 1, "b": 2, "c": {"d": 3}}),
        ("{n: n + 1}.n", 3),
    ],
)
def test_loops_and_contexts(text, expected):
    assert value(text, {"n": 2}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[1][2]",
        "[1][0]",
        "[1][1.5]",
        '[1]["a"]',
        "for x in null return x",
        'for x in "a".."c" return x',
        'for x in [@"P1D"..@"P2D"] return x',
        "for x in 1.5..3 return x",
        'some x in [1] satisfies "a"',
        "[5..1]",
        '[1.."a"]',
        "[1..null]",
    ],
)
def test_what_has_no_value_is_null_and_said(text):
    found, warnings = warned(text)

    assert found is None
    assert warnings


def test_days_are_gone_through_backwards():
    days = value('for d in @"2024-03-01"..@"2024-02-29" return d')

    assert days == [date(2024, 3, 1), date(2024, 2, 29)]
