"""Times that come again: by ISO 8601 and by cron, over gaps and over changes of the clock."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bpmn import cron, moments
from bpmn.description import TimerKind

ZONE = ZoneInfo("Europe/Stockholm")
MARCH = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("0 9 * * 1", "2026-03-09T08:00"),
        ("0 0 9 ? * MON", "2026-03-09T08:00"),
        ("0 0 9 ? * MON *", "2026-03-09T08:00"),
        ("0 0/20 * * * ?", "2026-03-02T08:20"),
        ("0 9 1 APR *", "2026-04-01T07:00"),
        ("@daily", "2026-03-02T23:00"),
    ],
)
def test_cron_is_read_by_the_clock_of_the_zone(text, due):
    first = moments.first(text, TimerKind.CYCLE, after=MARCH, zone=ZONE)

    assert first["due"] == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["0 0 9 ? * 2", "0 0 9 ? * MON 2027", "99 * * * *", "0 0 31 2 *"])
def test_cron_that_could_mean_two_things_or_nothing_is_refused(text):
    assert cron.is_written(text)
    with pytest.raises(cron.InvalidCron):
        cron.following(text, after=MARCH, zone=ZONE)


@pytest.mark.parametrize("text", ["x if y else z", "a b c d e", "PT1H", "R3/PT1H", "", "@never"])
def test_other_texts_are_not_taken_for_cron(text):
    assert not cron.is_written(text)


@pytest.mark.parametrize(
    ("every", "gap", "due"),
    [
        ("R/PT1S", timedelta(days=3650), timedelta(days=3650, seconds=1)),
        ("R/PT7M", timedelta(minutes=20), timedelta(minutes=21)),
        ("R/PT1H", timedelta(minutes=10), timedelta(hours=2)),
    ],
)
def test_a_cycle_does_not_make_up_for_what_it_missed(every, gap, due):
    timer = moments.first(every, TimerKind.CYCLE, after=MARCH, zone=ZONE)

    following = moments.following(timer, after=MARCH + gap, zone=ZONE)

    assert following["due"] == MARCH + due


def test_a_daily_cycle_keeps_its_time_when_the_clock_changes():
    timer = moments.first("R/P1D", TimerKind.CYCLE, after=MARCH, zone=ZONE)

    following = moments.following(timer, after=MARCH + timedelta(days=40), zone=ZONE)

    assert following["due"] == datetime(2026, 4, 12, 7, tzinfo=UTC)  # 9 in summer, as in winter


def test_a_monthly_cycle_keeps_its_day():
    timer = moments.first("R/P1M", TimerKind.CYCLE, after=MARCH, zone=ZONE)

    following = moments.following(timer, after=MARCH + timedelta(days=400), zone=ZONE)

    assert following["due"] == datetime(2027, 5, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ["R/PT0S", "R/-P1D", "R3/P0D"])
def test_a_cycle_that_stands_still_is_refused(text):
    with pytest.raises(moments.InvalidMoment):
        moments.first(text, TimerKind.CYCLE, after=MARCH, zone=ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "R3/PT10H/2026-12-01",
        "R3/2026-05-01/2026-05-02",
        "R3/2026-05-01",
        "R3/PT1H/PT2H",
        "R\u00b2/PT1H",
        "R-1/PT1H",
        "R" + "9" * 5000 + "/PT1H",
        "P" + "9" * 5000 + "D",
    ],
)
def test_a_cycle_that_is_not_read_is_refused(text):
    assert not moments.is_written(text)
    with pytest.raises(moments.InvalidMoment):
        moments.first(text, TimerKind.CYCLE, after=MARCH, zone=ZONE)


@pytest.mark.parametrize("kind", [TimerKind.DATE, TimerKind.DURATION])
def test_a_cycle_is_neither_a_date_nor_a_duration(kind):
    with pytest.raises(moments.InvalidMoment):
        moments.first("R3/PT1H", kind, after=MARCH, zone=ZONE)


@pytest.mark.parametrize(
    ("duration", "due"),
    [
        ("P1D", "2026-03-29T08:00+02:00"),
        ("PT24H", "2026-03-29T09:00+02:00"),
        ("P1DT2H", "2026-03-29T10:00+02:00"),
    ],
)
def test_days_are_of_the_calendar_and_hours_of_the_clock(duration, due):
    saturday = datetime(2026, 3, 28, 8, tzinfo=ZONE)

    moment = moments.resolve(duration, after=saturday, zone=ZONE)

    assert moment == datetime.fromisoformat(due)


def test_an_hourly_cycle_comes_every_hour_when_the_clock_is_set_back():
    night = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    timer = moments.first("R/PT1H", TimerKind.CYCLE, after=night, zone=ZONE)
    due = []
    for _ in range(5):
        due.append(timer["due"])
        timer = moments.following(timer, after=timer["due"], zone=ZONE)

    assert due == [night + timedelta(hours=number) for number in range(1, 6)]


def test_a_daily_cycle_that_was_missed_for_long_skips_no_day_more():
    saturday = datetime(2026, 3, 27, 8, tzinfo=ZONE)
    timer = moments.first("R/P1D", TimerKind.CYCLE, after=saturday, zone=ZONE)

    following = moments.following(timer, after=datetime(2026, 7, 6, 12, tzinfo=ZONE), zone=ZONE)

    assert following["due"] == datetime(2026, 7, 7, 8, tzinfo=ZONE)


def test_a_cycle_of_no_years_is_not_gone_through_second_by_second():
    timer = moments.first("R/P0YT1S", TimerKind.CYCLE, after=MARCH, zone=ZONE)

    following = moments.following(timer, after=MARCH + timedelta(days=3650), zone=ZONE)

    assert following["due"] == MARCH + timedelta(days=3650, seconds=1)


@pytest.mark.parametrize(("text", "count"), [("1BD", 1), (" 5BD\n", 5), ("5000BD", 5000)])
def test_a_due_date_may_be_a_number_of_working_days(text, count):
    assert moments.due(text, after=MARCH, zone=ZONE) == moments.WorkingDays(count)


@pytest.mark.parametrize(
    "text",
    ["0BD", "05BD", "5 BD", "BD5", "BD", "5bd", "P5BD", "-3BD", "+3BD", "1.5BD", "5001BD", "99999BD", "٥BD"],
)  # fmt: skip
def test_what_is_meant_as_working_days_and_is_not_written_so_is_told(text):
    with pytest.raises(moments.InvalidMoment, match=re.escape(text)) as told:
        moments.due(text, after=MARCH, zone=ZONE)

    assert ("working days" in str(told.value)) is (text != "٥BD")


@pytest.mark.parametrize("text", ["2026-05-02", "P14D", "2026-05-02T08:00"])
def test_other_due_dates_are_times_as_everywhere(text):
    assert moments.due(text, after=MARCH, zone=ZONE) == moments.resolve(
        text, after=MARCH, zone=ZONE
    )


@pytest.mark.parametrize("text", ["P1BD", "BDSM", "5BD and more", "5WD"])
def test_other_texts_are_no_times(text):
    with pytest.raises(moments.InvalidMoment):
        moments.due(text, after=MARCH, zone=ZONE)


def test_a_timer_does_not_count_working_days():
    with pytest.raises(moments.InvalidMoment):
        moments.first("5BD", TimerKind.DURATION, after=MARCH, zone=ZONE)
