"""When units do not work: who may say so, which units it counts for, and what the record says of it."""

from datetime import date, timedelta

import pytest

from engine.audit import repository as record
from engine.calendar import closures, repository
from engine.calendar.repository import Calendars
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.organisation.periods import Period, today
from engine.settings import Settings
from engine.uow import begin, look
from engine.verification import checking
from tests.engine.organisations import Organisation

JULY = Period(date(2026, 7, 6), date(2026, 7, 31))
AUGUST = Period(date(2026, 8, 3), date(2026, 8, 14))


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    return organisation


@pytest.fixture
def close(organisation):
    def close(unit, period=JULY, name="Sommarstängt", by=SYSTEM):
        with organisation.change(by) as uow:
            return closures.create(uow, name, unit, period)

    return close


@pytest.fixture
def closed(organisation):
    """When a unit is closed, and from when until when."""

    def closed(unit):
        with organisation.look() as session:
            found = repository.closures(session, unit)
        return sorted((each.first, each.last) for each in found)

    return closed


def end(organisation, row, last, by=SYSTEM):
    with organisation.change(by) as uow:
        return closures.end(uow, row.id, last)


def days(period):
    return (period.first, period.last)


def told(installation):
    with look(installation, SYSTEM) as uow:
        chain = record.named_chain(uow.session, "organisation")
        events = record.events(uow.session, chain.id)
        return [(each.type, each.facts) for each in events if each.type.startswith("closure")]


# ---------------------------------------------------------------- whom it counts for


def test_a_closure_counts_for_the_units_below_and_for_no_other(close, closed):
    close("vof")

    for unit in ("vof", "hemtjanst", "boende"):
        assert closed(unit) == [days(JULY)]
    for unit in ("kommun", "buf", "skola", "nowhere", None):
        assert closed(unit) == []


def test_a_closure_of_the_whole_organisation_counts_for_every_case(close, closed):
    close(None)

    for unit in ("kommun", "skola", "nowhere", None):
        assert closed(unit) == [days(JULY)]


def test_what_is_above_counts_on_the_days_on_which_it_is_above(organisation, close, closed):
    close("vof")
    close("buf", AUGUST)
    organisation.move("hemtjanst", "buf", date(2026, 7, 20))
    organisation.move("hemtjanst", "vof", date(2026, 8, 10))

    assert closed("hemtjanst") == [
        (JULY.first, date(2026, 7, 19)),
        (AUGUST.first, date(2026, 8, 9)),
    ]


def test_a_place_that_was_planned_and_withdrawn_counts_for_nothing(organisation, close, closed):
    close("buf", JULY)
    organisation.move("hemtjanst", "buf", date(2026, 7, 20))
    organisation.move("hemtjanst", "vof", date(2026, 7, 20))

    assert closed("hemtjanst") == []


def test_a_calendar_is_read_once_for_each_unit(organisation, close):
    close("vof")
    with look(organisation.installation, SYSTEM) as uow:
        calendars = Calendars(uow)

        assert not calendars.of("hemtjanst").works_on(date(2026, 7, 6))
        assert calendars.of("skola").works_on(date(2026, 7, 6))
        assert calendars.of("skola") is calendars.of("skola")


def test_the_setting_decides_about_the_eves(database_url):
    installation = Installation(Settings(database_url=database_url, eves_free=False))
    with look(installation, SYSTEM) as uow:
        assert Calendars(uow).of(None).works_on(date(2026, 12, 24))
    installation.close()


# ---------------------------------------------------------------- noted, ended


def test_a_closure_gets_another_last_day_earlier_or_later(organisation, close, closed):
    period = around(today_of(organisation))
    row = close("vof", period)

    end(organisation, row, period.last + timedelta(5))
    assert closed("vof") == [(period.first, period.last + timedelta(5))]
    end(organisation, row, period.last - timedelta(5))
    assert closed("vof") == [(period.first, period.last - timedelta(5))]


def test_a_closure_that_is_withdrawn_never_counted(organisation, close, closed):
    first = today_of(organisation) + timedelta(30)
    row = close("vof", Period(first, first + timedelta(5)))

    end(organisation, row, first - timedelta(10))

    assert closed("vof") == []


def test_a_closure_that_is_over_is_history(organisation, close):
    day = today_of(organisation)
    row = close("vof", Period(day - timedelta(9), day - timedelta(1)))

    with pytest.raises(Conflict):
        end(organisation, row, day)


def test_the_same_is_not_noted_twice(organisation, close):
    close("vof")
    close("buf")
    close(None)
    close("vof", name="Flytt")
    later = close("vof", AUGUST)

    for unit in ("vof", None):
        with pytest.raises(Conflict):
            close(unit)
    with pytest.raises(Conflict):
        close("vof", Period(date(2026, 7, 31), date(2026, 8, 1)))
    assert later.name == "Sommarstängt"


def test_a_unit_is_closed_while_it_is_there(organisation, close):
    with pytest.raises(NotFound):
        close("nowhere")
    with pytest.raises(Conflict):
        close("vof", Period(date(2019, 12, 31), date(2020, 1, 2)))


def test_some_day_work_goes_on(organisation, close):
    year = today_of(organisation).year
    row = close("vof", Period(date(year, 12, 1), date(year + 10, 12, 31)))

    for last in (None, date(year + 11, 1, 1)):
        with pytest.raises(Invalid):
            close("buf", Period(date(year, 1, 1), last))
    with pytest.raises(Invalid):
        end(organisation, row, date(year + 11, 1, 1))


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\0"])
def test_a_name_is_a_short_text(organisation, close, name):
    with pytest.raises(Invalid):
        close("vof", name=name)


def test_only_who_looks_after_the_organisation_says_when_it_works(organisation, close):
    olle, charlie = organisation.person("olle"), organisation.person("charlie")
    organisation.appoint("system_owner", "olle")

    period = around(today_of(organisation))
    row = close("vof", period, by=olle)
    end(organisation, row, period.last, by=olle)

    with pytest.raises(NotAllowed):
        close("buf", by=charlie)
    with pytest.raises(NotAllowed):
        end(organisation, row, period.last, by=charlie)


def test_the_record_tells_it_and_still_verifies(organisation, installation, close):
    unit = organisation.unit("nytt", "kommun")
    period = around(today_of(organisation))
    row = close("nytt", period)
    end(organisation, row, period.last + timedelta(1))
    close(None)

    events = told(installation)

    assert [kind for kind, _ in events] == ["closure.created", "closure.ended", "closure.created"]
    assert events[1][1] == {
        "closure": str(row.id),
        "unit": str(unit.id),
        "valid_from": period.first.isoformat(),
        "valid_to": (period.last + timedelta(1)).isoformat(),
    }
    assert events[2][1]["unit"] is None
    with look(installation, SYSTEM) as uow:
        verified = dict(checking.verify_everything(uow.session))
    assert verified["organisation"] is None


def around(day):
    return Period(day - timedelta(10), day + timedelta(10))


def today_of(organisation):
    with begin(organisation.installation, SYSTEM) as uow:
        return today(uow)
