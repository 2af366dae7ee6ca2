"""Working days: the Swedish days of two years, closures, and counting on and back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import weekdays
from engine.calendar.working_days import Calendar
from engine.errors import Invalid
from engine.organisation.periods import Period

SWEDEN = Calendar(eves_free=True)
WITH_EVES = Calendar(eves_free=False)

HOLIDAYS = {
    2026: "0101 0106 0403 0406 0501 0514 0619 1224 1225 1231",
    2027: "0101 0106 0326 0329 0506 0625 1224 1231",
}
"""That fall on one of the days from Monday to Friday; the eves among them."""
EVES = {2026: "0619 1224 1231", 2027: "0625 1224 1231"}

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(-300, 300)
CLOSURES = st.lists(
    st.builds(
        lambda first, length: Period(first, first + timedelta(length)), DAYS, st.integers(0, 400)
    ),
    max_size=6,
)
CALENDARS = st.builds(lambda eves, closures: Calendar(eves, tuple(closures)), st.booleans(), CLOSURES)  # fmt: skip


def free_weekdays(calendar, year):
    day, found = date(year, 1, 1), []
    while day.year == year:
        if day.weekday() < 5 and not calendar.works_on(day):
            found.append(f"{day:%m%d}")
        day += timedelta(1)
    return " ".join(found)


@pytest.mark.parametrize("year", [2026, 2027])
def test_the_holidays_of_a_year_are_no_working_days(year):
    assert free_weekdays(SWEDEN, year) == HOLIDAYS[year]


@pytest.mark.parametrize("year", [2026, 2027])
def test_an_organisation_may_work_on_the_eves(year):
    holidays = [each for each in HOLIDAYS[year].split() if each not in EVES[year].split()]

    assert free_weekdays(WITH_EVES, year).split() == holidays


def test_nobody_works_at_weekends():
    assert not any(SWEDEN.works_on(day) for day in (date(2026, 5, 2), date(2026, 5, 3)))


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-04-01", 1, "2026-04-02"),
        ("2026-04-02", 1, "2026-04-07"),  # Easter
        ("2026-04-30", 1, "2026-05-04"),  # the first of May is a Friday
        ("2026-05-02", 5, "2026-05-08"),  # from a Saturday
        ("2026-06-18", 1, "2026-06-22"),  # Midsummer
        ("2026-12-23", 5, "2027-01-05"),  # Christmas, and the year
        ("2026-12-23", 0, "2026-12-23"),
        ("2026-12-25", 0, "2026-12-25"),
        ("2026-05-04", -1, "2026-04-30"),
        ("2027-01-05", -5, "2026-12-23"),
        ("2026-05-03", -3, "2026-04-28"),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, count, found):
    assert SWEDEN.after(date.fromisoformat(day), count) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-04-30", "2026-05-04", 1),
        ("2026-04-30", "2026-05-03", 0),
        ("2026-01-01", "2026-12-31", 251),
        ("2026-05-04", "2026-05-04", 0),
        ("2026-05-04", "2026-04-30", -1),
        ("2026-05-03", "2026-05-02", 0),
    ],
)
def test_the_working_days_between_two_days_are_counted(first, last, count):
    assert SWEDEN.between(date.fromisoformat(first), date.fromisoformat(last)) == count


def test_a_closure_takes_its_days_out_both_ends_included():
    closed = Calendar(True, (Period(date(2026, 5, 5), date(2026, 5, 7)),))

    assert closed.after(date(2026, 5, 4), 1) == date(2026, 5, 8)
    assert closed.between(date(2026, 5, 4), date(2026, 5, 8)) == 1
    assert [closed.works_on(date(2026, 5, day)) for day in (4, 5, 7, 8)] == [True, False, False, True]  # fmt: skip


@given(CALENDARS, DAYS, COUNTS.filter(bool))
def test_so_many_working_days_after_a_day_is_a_working_day(calendar, day, count):
    found = calendar.after(day, count)

    assert calendar.works_on(found)
    assert (found > day) is (count > 0)
    assert found != day


@given(CALENDARS, DAYS, COUNTS)
def test_between_is_after_turned_round(calendar, day, count):
    assert calendar.between(day, calendar.after(day, count)) == count


@given(CALENDARS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_counting_twice_is_counting_once(calendar, day, some, more):
    assert calendar.after(calendar.after(day, some), more) == calendar.after(day, some + more)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_what_is_counted_is_every_working_day_and_no_other(calendar, day, count):
    last = calendar.after(day, count)

    passed = [day + timedelta(number) for number in range(1, (last - day).days + 1)]

    assert sum(map(calendar.works_on, passed)) == count


@pytest.mark.parametrize(
    "ask",
    [
        lambda: SWEDEN.after(date(2026, 5, 4), 5001),
        lambda: SWEDEN.after(date(2026, 5, 4), -5001),
        lambda: SWEDEN.after(date(1952, 12, 31), 1),
        lambda: SWEDEN.after(date(2200, 1, 1), 0),
        lambda: SWEDEN.after(date(2199, 12, 31), 1),
        lambda: SWEDEN.after(date(1953, 1, 1), -1),
        lambda: SWEDEN.between(date(2026, 1, 1), date(2200, 1, 1)),
        lambda: SWEDEN.between(date(1952, 12, 31), date(2026, 1, 1)),
        lambda: SWEDEN.between(date(2026, 1, 1), date(1952, 12, 31)),
        lambda: SWEDEN.between(date(2026, 1, 1), date.max),
        lambda: SWEDEN.works_on(date.min),
    ],
)
def test_what_cannot_be_known_or_takes_too_long_is_refused(ask):
    with pytest.raises(Invalid):
        ask()


def test_a_year_is_worked_out_once():
    SWEDEN.after(date(2026, 5, 4), 5000)
    before = weekdays.of_year.cache_info()

    Calendar(eves_free=True, closures=()).after(date(2026, 5, 4), 5000)

    assert weekdays.of_year.cache_info().misses == before.misses
