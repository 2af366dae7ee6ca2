"""A task that is due after some working days: on which day, at what time, and for whose calendar."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import closures
from engine.definitions import repository as definitions
from engine.execution import instances
from engine.identity.actor import SYSTEM
from engine.installation import Installation
from engine.organisation.periods import Period
from engine.settings import Settings
from engine.uow import begin, look
from engine.verification import checking
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import Organisation
from tests.factories.clocks import clock

__all__ = ["clock"]

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def routine(due):
    return model("p", start(), user("a", rutin__dueDate=due), end(), flows="s > a > e")


@pytest.fixture
def due(installation, deploy, clock):
    """When a task is due that is created at a time, by the clock of the organisation."""

    def due(text, at, unit=None, installation=installation, **variables):
        clock.at = datetime.fromisoformat(at).replace(tzinfo=STOCKHOLM).astimezone(UTC)
        deploy(routine(text))
        with begin(installation, SYSTEM) as uow:
            definition = definitions.latest_named(uow.session, "p")
            case = instances.start(uow, definition, unit=unit, variables=variables)
            uow.commit()
        [task] = cases.open_tasks(installation, SYSTEM, case).values()
        return task.due_at.astimezone(STOCKHOLM).isoformat()

    return due


@pytest.mark.parametrize(
    ("at", "text", "until"),
    [
        ("2026-05-04T09:00", "5BD", "2026-05-11T16:00:00+02:00"),
        ("2026-05-04T00:00", "1BD", "2026-05-05T16:00:00+02:00"),
        ("2026-05-04T23:59", "1BD", "2026-05-05T16:00:00+02:00"),
        ("2026-05-09T12:00", "1BD", "2026-05-11T16:00:00+02:00"),
        ("2026-12-22T09:00", "3BD", "2026-12-29T16:00:00+01:00"),
        # from winter time to summer time, and back
        ("2026-03-27T23:30", "1BD", "2026-03-30T16:00:00+02:00"),
        ("2026-03-29T01:30", "1BD", "2026-03-30T16:00:00+02:00"),
        ("2026-10-23T16:30", "1BD", "2026-10-26T16:00:00+01:00"),
        ("2026-10-25T02:30", "1BD", "2026-10-26T16:00:00+01:00"),
    ],
)
def test_a_task_is_due_at_the_end_of_the_last_working_day(due, at, text, until):
    assert due(text, at) == until


def test_the_working_days_may_be_worked_out(due):
    assert due('=if urgent then "1BD" else "20BD"', "2026-05-04T09:00", urgent=True) == (
        "2026-05-05T16:00:00+02:00"
    )


def test_a_task_is_never_due_on_a_day_on_which_the_unit_of_the_case_is_closed(due, installation):
    organisation = Organisation(installation)
    organisation.build()
    with organisation.change() as uow:
        period = Period(date(2026, 5, 5), date(2026, 5, 7))
        closures.create(uow, "Planering", "vof", period)

    assert due("1BD", "2026-05-04T09:00", "hemtjanst") == "2026-05-08T16:00:00+02:00"
    assert due("1BD", "2026-05-04T09:00", "skola") == "2026-05-05T16:00:00+02:00"
    assert due("1BD", "2026-05-04T09:00") == "2026-05-05T16:00:00+02:00"


def test_when_a_working_day_ends_is_a_setting(due, database_url):
    until = Installation(Settings(database_url=database_url, working_day_ends=time(17, 30)))

    assert due("1BD", "2026-05-04T09:00", installation=until) == "2026-05-05T17:30:00+02:00"
    until.close()


def test_the_day_begins_where_the_organisation_is(due, database_url):
    """When it is Tuesday in Stockholm it still is Monday in the Azores."""
    azores = Installation(Settings(database_url=database_url, zone=ZoneInfo("Atlantic/Azores")))

    assert due("1BD", "2026-05-05T01:00", installation=azores) == "2026-05-05T18:00:00+02:00"
    azores.close()


def test_what_the_record_says_of_it_is_the_moment(due, installation):
    due("5BD", "2026-05-04T09:00")

    with look(installation, SYSTEM) as uow:
        assert not any(dict(checking.verify_everything(uow.session)).values())
