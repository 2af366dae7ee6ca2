"""Working days in expressions: `working days after(…)` and `working days between(…)`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bpmn.feel import Limits
from bpmn.scripting import texts
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.seen import Seen
from engine.calendar import closures
from engine.calendar.functions import functions
from engine.identity.actor import SYSTEM
from engine.organisation.periods import Period
from engine.uow import look
from tests.engine.organisations import Organisation

NOW = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
"""The fifth of May in Stockholm."""


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    with organisation.change() as uow:
        period = Period(date(2026, 5, 5), date(2026, 5, 7))
        closures.create(uow, "Planering", "vof", period)
    return organisation


@pytest.fixture
def value(organisation):
    """What an expression is worth, in a case of a unit."""

    def value(text, unit=None, **variables):
        with look(organisation.installation, SYSTEM) as uow:
            zone = ZoneInfo("Europe/Stockholm")
            given = functions(uow, unit)
            seen = Seen(given, {"d": date(2026, 5, 4)} | variables, now=NOW, zone=zone)
            return texts.expression(f"= {text}", Limits(steps=20_000)).evaluate(seen)

    return value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("working days after(d, 5)", date(2026, 5, 11)),
        ("working days after(d, -1)", date(2026, 4, 30)),
        ("working days after(d, 0)", date(2026, 5, 4)),
        ("working days after(date: d, n: 1)", date(2026, 5, 5)),
        ("working days after(d, 1, null)", date(2026, 5, 5)),
        ('working days after(d, 1, "hemtjanst")', date(2026, 5, 8)),
        ('working days after(n: 1, unit: "vof", date: d)', date(2026, 5, 8)),
        ('working days after(d, 1, "skola")', date(2026, 5, 5)),
        ("working days after(today(), 1)", date(2026, 5, 6)),
        ("working days after(now(), 1)", date(2026, 5, 6)),
        ('working days after(date and time("2026-05-04T08:00:00"), 1)', date(2026, 5, 5)),
        ('working days after(date and time("2026-05-04T23:00:00Z"), 1)', date(2026, 5, 6)),
        ('working days between(d, date("2026-05-11"))', 5),
        ('working days between(from: d, to: date("2026-05-11"), unit: "boende")', 2),
        ('working days between(date("2026-05-11"), d, "boende")', -2),
        ("2 * working days between(d, working days after(d, 21)) + 1", 43),
        ("if working days between(d, today()) between 1 and 4 then 1 else 2", 1),
        ("for n in 1..2 return working days after(d, n)", [date(2026, 5, 5), date(2026, 5, 6)]),
    ],
)
def test_working_days_are_counted_in_expressions(value, text, expected):
    assert value(text) == expected


def test_where_no_unit_is_named_the_unit_of_the_case_counts(value):
    assert value("working days after(d, 1)", "hemtjanst") == date(2026, 5, 8)
    assert value('working days after(d, 1, "skola")', "hemtjanst") == date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "working days after(d, 1.5)",
        "working days after(d, null)",
        "working days after(null, 1)",
        'working days after("2026-05-04", 1)',
        "working days after(d, 5001)",
        'working days after(d, 1, "nowhere")',
        "working days after(d, 1, 7)",
        'working days after(date("1800-01-01"), 1)',
        'working days after(date("9999-12-31"), 1)',
        'working days between(d, date("19999-12-31"))',
        'working days between(d, date("2200-01-01"))',
        "working days between(d)",
    ],
)
def test_what_cannot_be_counted_has_no_value(value, text):
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "for n in 1..200 return working days after(d, 5000)",
        "working days after(d, 10 ** 30)",
        'for n in 1..200 return working days between(d, date("2050-01-01"))',
    ],
)
def test_counting_is_paid_for(value, text):
    with pytest.raises(ExpressionFailed):
        value(text)
