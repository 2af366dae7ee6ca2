"""How values, times and deadlines are written, in the reader's language and the organisation's zone."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bpmn.forms import definition
from web.pages import moments, urgency, values
from web.pages.urgency import Urgency
from web.pages.values import AskedIn, Pairs, Shown, Table

STOCKHOLM = ZoneInfo("Europe/Stockholm")
THURSDAY = datetime(2026, 5, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def swedish(app):
    with app.test_request_context(headers={"Accept-Language": "sv"}):
        yield


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("", "–"),
        ("text", "text"),
        (True, "Ja"),
        (False, "Nej"),
        (1234567, "1\u00a0234\u00a0567"),
        (Decimal("12500.50"), "12\u00a0500,50"),
        (0.25, "0,25"),
        (float("inf"), "inf"),
        (Decimal("1E+3"), "1\u00a0000"),
        (-1234.5, "-1\u00a0234,5"),
        (1e300, "1" + 100 * "\u00a0000"),
        (Decimal("1E+100000"), "1E+100000"),
        (10**60, "1" + 20 * "\u00a0000"),
        (date(2026, 5, 7), "7 maj 2026"),
        (THURSDAY, "7 maj 2026 kl. 12:00"),
        (timedelta(days=1, hours=2, seconds=5), "1 dagar 2 timmar 5 sekunder"),
        (timedelta(), "0"),
        ([], "Inga"),
        ([1, ["a"]], ["1", ["a"]]),
        ({"a": 1}, Pairs((Shown("a", "1"),))),
    ],
)
def test_a_value_is_shown_as_people_write_it(value, shown):
    assert values.plain(value) == shown


def form(*fields):
    source = {"key": "f", "title": {"sv": "F", "en": "F"}, "fields": list(fields)}
    found, findings = definition.read(json.dumps(source).encode(), "f.form.json")
    assert findings == []
    return AskedIn("Steg", found)


def field(name, kind, **more):
    return {"name": name, "type": kind, "label": {"sv": name.title(), "en": name}, **more}


LEVEL = field("level", "enum", options=[{"value": "high", "label": {"sv": "Hög", "en": "High"}}])


@pytest.mark.usefixtures("swedish")
def test_answers_stand_under_the_step_and_the_label_that_asked_for_them():
    found = values.answers(
        [form(LEVEL, field("day", "date"), field("open", "text"))],
        {"level": "high", "day": "2026-05-07", "open": None, "round": 2},
    )

    [group] = found.groups
    assert group.step == "Steg"
    assert group.shown == (Shown("Level", "Hög"), Shown("Day", "7 maj 2026"))
    assert found.others == (Shown("round", "2"),)


@pytest.mark.usefixtures("swedish")
def test_a_table_shows_also_what_its_form_does_not_ask():
    found = values.answers(
        [form(field("rows", "table", columns=[field("what", "text"), field("empty", "text")])),
         form(field("others", "table", columns=[LEVEL]))],
        {"rows": [{"what": "a", "level": "high"}, {"what": "b", "extra": 1}]},
    )  # fmt: skip

    assert found.groups[0].shown[0].value == Table(
        ("What", "Level", "extra"), (("a", "Hög", "–"), ("b", "–", "1"))
    )


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "not a date"),
        ("dt", "?"),
        ("table", "text"),
        ("table", [1]),
        ("users", "bo"),
        ("int", "x"),
    ],
)
def test_a_value_that_does_not_fit_its_question_is_shown_all_the_same(kind, value):
    columns = {"columns": [field("c", "text")]} if kind == "table" else {}

    found = values.answers([form(field("x", kind, **columns))], {"x": value})

    assert found.groups[0].shown[0].value in (value, ["1"])


# ---------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Urgency.WHENEVER),
        (datetime(2026, 5, 7, 9, 59, tzinfo=UTC), Urgency.LATE),
        (datetime(2026, 5, 7, 21, 59, tzinfo=UTC), Urgency.TODAY),
        (datetime(2026, 5, 7, 22, 0, tzinfo=UTC), Urgency.THIS_WEEK),  # midnight in Stockholm
        (datetime(2026, 5, 10, 21, 59, tzinfo=UTC), Urgency.THIS_WEEK),  # the end of Sunday
        (datetime(2026, 5, 10, 22, 0, tzinfo=UTC), Urgency.LATER),
    ],
)
def test_urgency_counts_days_and_weeks_of_the_organisation(due, expected):
    assert urgency.of(due, THURSDAY, STOCKHOLM) is expected


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize(
    ("due", "said"),
    [
        (datetime(2026, 5, 4, 10, 0, tzinfo=UTC), "3 dagar försenad"),
        (datetime(2026, 5, 6, 21, 59, tzinfo=UTC), "1 dag försenad"),
        (datetime(2026, 5, 7, 9, 0, tzinfo=UTC), "försenad sedan kl. 11:00"),
        (datetime(2026, 5, 7, 21, 59, tzinfo=UTC), "i dag"),
        (datetime(2026, 5, 8, 21, 59, tzinfo=UTC), "i morgon"),
        (datetime(2026, 5, 21, 10, 0, tzinfo=UTC), "14 dagar kvar"),
    ],
)
def test_what_is_left_is_said_in_days(due, said):
    assert moments.left(due, THURSDAY) == said


@pytest.mark.usefixtures("swedish")
def test_a_deadline_is_a_day_for_people_and_a_moment_for_programs():
    this_year = moments.deadline(datetime(2026, 5, 21, 21, 59, tzinfo=UTC), THURSDAY)
    next_year = moments.deadline(datetime(2027, 5, 21, 21, 59, tzinfo=UTC), THURSDAY)

    assert this_year == '<time datetime="2026-05-21T21:59:00Z">torsdag 21 maj</time>'
    assert next_year == '<time datetime="2027-05-21T21:59:00Z">21 maj 2027</time>'
