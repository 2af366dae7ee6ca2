"""Days, moments and durations in the cells of a table: examined as numbers are, and asked of FEEL."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpmn import dmn, feel
from bpmn.dmn import cells, points
from bpmn.feel import borders
from bpmn.feel.budget import DEFAULT, Budget
from tests.bpmn.dmn.models import decide, decision, input_data, read, setting, table

NEW_YEAR = 'date("2024-01-01")'
MIDSUMMER = '@"2024-06-21"'


def places(rule, rules, type_=None, policy="UNIQUE"):
    """Return where a rule finds something in a table of one input."""
    column = ("a", type_) if type_ else "a"
    decisions = read(
        input_data("a"), decision("Asked", table([column], rules, policy=policy), data=["a"])
    )
    return [
        each.values.get("place", each.values.get("row"))
        for each in dmn.check(decisions)
        if each.rule == rule
    ]


@pytest.mark.parametrize(
    ("rules", "type_", "place"),
    [
        ([f"< {NEW_YEAR} => 1", f"> {NEW_YEAR} => 2"], "date", f"a: {NEW_YEAR}"),
        ([f"< {NEW_YEAR} => 1", f">= {MIDSUMMER} => 2"], "date", f"a: {NEW_YEAR}"),
        ([f"<= {NEW_YEAR} => 1", f">= {MIDSUMMER} => 2"], "date", f"a: ({NEW_YEAR}..{MIDSUMMER})"),
        ([f"[{NEW_YEAR}..{MIDSUMMER}] => 1"], "date", f"a: < {NEW_YEAR}"),
        ([f"< {NEW_YEAR} => 1", f">= {NEW_YEAR} => 2"], "date", None),
        ([f"< {NEW_YEAR} => 1", ">= date(2024, 1, 1) => 2"], "date", None),
        ([f"not({NEW_YEAR}) => 1", f"{NEW_YEAR} => 2"], "date", None),
        ([f"< {NEW_YEAR} => 1", ">= today() => 2"], "date", None),
        ([f"< {NEW_YEAR} => 1", '>= date("no day") => 2'], "date", None),
        (['< @"P1D" => 1', '> @"PT24H" => 2'], None, 'a: @"PT24H"'),
        (['< @"P1M" => 1', '>= duration("P1M") => 2'], None, None),
        (['< @"P1M" => 1', '>= @"P30D" => 2'], None, 'a: < @"P30D"'),
        (['< @"2024-01-02T00:00:00Z" => 1', '>= @"2024-01-02" => 2'], None, None),
        (['< @"08:00:00" => 1', '> @"08:00:00" => 2'], "time", None),
    ],
)
def test_a_gap_is_found(rules, type_, place):
    assert places("decision-gap", rules, type_) == ([place] if place else [])


LAST, FIRST = '@"2023-12-31"', '@"2024-01-01"'


def test_days_of_the_type_date_follow_on_each_other():
    rules = [f"<= {LAST} => 1", f">= {FIRST} => 2"]

    assert places("decision-gap", rules, "date") == []
    assert places("decision-gap", rules) == [f"a: ({LAST}..{FIRST})"]
    assert places("decision-gap", rules, "date and time") == [f"a: ({LAST}..{FIRST})"]
    assert places("decision-gap", ['<= @"P1M" => 1', '>= @"P2M" => 2']) == []
    assert places("decision-gap", ['<= @"P1M" => 1', '>= @"P3M" => 2']) == ['a: (@"P1M"..@"P3M")']


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([f"<= {NEW_YEAR} => 1", f">= {NEW_YEAR} => 2"], [f"a: {NEW_YEAR}"]),
        ([f"< {NEW_YEAR} => 1", f">= {NEW_YEAR} => 2"], []),
        ([f"[{NEW_YEAR}..{MIDSUMMER}] => 1", '@"2024-03-01" => 2'], ['a: @"2024-03-01"']),
        (['<= @"2024-01-01T01:00:00+01:00" => 1', '>= @"2024-01-01T00:00:00Z" => 2'], 1),
        (['<= @"2024-01-01T00:00:00" => 1', '>= @"2024-01-01T00:00:00Z" => 2'], []),
        ([f"<= {NEW_YEAR} => 1", '>= @"2024-01-01T00:00:00Z" => 2'], []),
        (['<= @"P1D" => 1', ">= 5 => 2"], []),
    ],
)
def test_rules_that_meet_are_found(rules, found):
    said = places("decision-overlap", rules)

    assert (said if isinstance(found, list) else len(said)) == found


def test_a_rule_that_the_ones_before_it_leave_nothing_is_found():
    rules = [f"< {MIDSUMMER} => 1", f"< {NEW_YEAR} => 2", f">= {MIDSUMMER} => 3", "- => 4"]

    assert places("decision-masked", rules, "date", policy="FIRST") == [2]


def test_input_values_are_the_bounds_of_what_must_be_covered():
    decisions = read(
        input_data("a"),
        decision(
            "Asked",
            table(
                [("a", "date", f"[{NEW_YEAR}..{MIDSUMMER}]")],
                ['< @"2024-03-01" => 1', '>= @"2024-03-01" => 2'],
            ),
            data=["a"],
        ),
    )

    assert list(dmn.check(decisions)) == []


ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=2))])
DAYS = st.dates(date(2023, 12, 28), date(2024, 1, 3))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), ZONES)
VALUES = st.one_of(DAYS, MOMENTS, st.timedeltas(timedelta(-2), timedelta(2)), st.integers(-3, 3))


def written(value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, timedelta):
        return (
            f'duration("{"-" if value < timedelta() else ""}PT{abs(value).total_seconds():.6f}S")'
        )
    return f'@"{value.isoformat()}"'


ENDS = VALUES.map(written)
TESTS = st.one_of(
    ENDS,
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), ENDS),
    st.builds("{}{}..{}{}".format, st.sampled_from("[("), ENDS, ENDS, st.sampled_from("])")),
)
CELLS = st.lists(TESTS, min_size=1, max_size=3).map(", ".join)


@example('< @"2024-01-02T00:00:00Z"', date(2024, 1, 1))
@example('not(@"2024-01-01")', datetime.combine(date(2024, 1, 1), time(), UTC))
@example('[@"2024-01-01"..@"2024-01-03"]', datetime.combine(date(2024, 1, 2), time(8)))
@given(st.one_of(CELLS, CELLS.map("not({})".format)), VALUES)
def test_what_a_cell_decides_is_what_the_language_says(text, value):
    cell = cells.read(text)
    place = points.PLACES.get(type(borders.inward(value, Budget(DEFAULT))))
    point = points.Point(*place(borders.inward(value, Budget(DEFAULT)))) if place else value

    if cell is not None and cell.decides(point):
        said = feel.read_tests(text).holds(value, {}, setting())
        assert cell.holds(point) is (said is True)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (date(2023, 12, 31), "before"),
        (date(2024, 1, 1), "then"),
        (datetime(2024, 1, 1, tzinfo=UTC), "then"),
        (7, "seven"),
        (None, "other"),
        (Decimal(8), "other"),
    ],
)
def test_a_table_of_days_is_asked_as_ever(given, expected):
    rules = [f'< {NEW_YEAR} => "before"', f'{NEW_YEAR} => "then"', f'{MIDSUMMER}, 7 => "seven"']
    logic = table(["a"], [*rules, '- => "other"'], policy="FIRST")
    decisions = read(input_data("a"), decision("Asked", logic, data=["a"]))

    assert decide(decisions, "Asked", {"a": given}).value == expected
