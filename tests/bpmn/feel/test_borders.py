"""Values go in and come back; nothing is shared, and nothing strange gets in."""

from collections import UserDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from zoneinfo import ZoneInfo

import pytest

from bpmn import feel
from bpmn.feel.temporal import Date, Duration, Time, YearsMonths
from bpmn.feel.values import Range
from tests.bpmn.feel.evaluating import setting, value, warned


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


@pytest.mark.parametrize(
    "given",
    [
        None,
        True,
        1,
        10**30,
        Decimal("1.5"),
        "åäö",
        [1, [2, {"a": None}]],
        {"a b": [1]},
        date(2024, 2, 29),
        time(10, 30, 1, 500),
        time(10, 30, tzinfo=UTC),
        datetime(2024, 2, 29, 10, 30),  # noqa: DTZ001
        datetime(2024, 2, 29, 10, 30, tzinfo=ZoneInfo("Europe/Stockholm")),
        datetime(2024, 2, 29, 10, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
        timedelta(days=-1, microseconds=1),
        YearsMonths(-3),
        Range(1, 5, start_included=False),
        Range(None, date(2024, 1, 1), open_ended=True),
    ],
)
def test_what_goes_in_comes_back(given):
    found = value("x", {"x": given})

    assert found == given
    assert type(found) is type(given)


@pytest.mark.parametrize(
    ("given", "text", "expected"),
    [
        (1.1, "x + 0.1 = 1.2", True),
        (Colour.RED, 'x = "red"', True),
        (Size.LARGE, "x + 1", 4),
        ((1, 2), "x[2]", 2),
        (UserDict(a=1), "x.a", 1),
        (10**40, "x = 1e40", True),
    ],
)
def test_what_goes_in_is_changed_into_ours(given, text, expected):
    assert value(text, {"x": given}) == expected


@pytest.mark.parametrize(
    "given",
    [object(), object, len, b"a", 1j, float("nan"), Decimal("Infinity"), {1: 2}, [object()]],
)
def test_what_is_strange_is_null_and_said(given):
    found, warnings = warned("x", {"x": given})

    assert found is None
    assert len(warnings) == 1


def test_what_python_cannot_write_comes_back_as_ours():
    assert value('@"12345-01-01"') == Date(12345, 1, 1)
    assert value('@"10:00:00.000000001"') == Time(36_000 * 10**9 + 1)
    assert value('@"PT0.000000001S"') == Duration(1)
    assert value('x + @"P1D"', {"x": Date(12345, 1, 1)}) == Date(12345, 1, 2)


def test_nothing_is_shared():
    inner = [1]
    given = {"a": inner}
    found = value("[x, x]", {"x": given})

    found[0]["a"].append(2)

    assert inner == [1]
    assert found[1] == {"a": [1]}


def test_a_value_within_itself_is_refused():
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(feel.BudgetExceeded):
        feel.read("x").evaluate({"x": endless}, setting())


def test_variables_are_only_asked_for_what_is_named():
    class Asked(dict):
        def __missing__(self, name):
            raise KeyError(name)

    assert value("a + 1", Asked(a=1, b=object())) == 2


def test_what_is_too_long_does_not_come_in():
    limits = feel.Limits(items=5)

    assert value("count(x)", {"x": [1] * 5}, limits=limits) == 5
    for given in ([1] * 6, dict.fromkeys("abcdef"), [[1] * 6]):
        with pytest.raises(feel.BudgetExceeded):
            feel.read("count(x)", limits=limits).evaluate({"x": given}, setting())
