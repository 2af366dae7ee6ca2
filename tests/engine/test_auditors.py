"""Auditors see what they are appointed to audit, for as long as they are, and change nothing there."""

from datetime import date

import pytest

from engine.cases import reading
from engine.errors import NotAllowed, NotFound
from engine.execution import comments
from engine.organisation.periods import Period
from engine.uow import begin, look
from tests.bpmn.sketch import end, model, start, user
from tests.engine import cases
from tests.engine.organisations import Organisation

MODEL = model(
    "p", start(), user("a", rutin__candidateGroups="unit_manager"), end(), flows="s > a > e"
)


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    for name in ("anna", "eva", "ada"):
        organisation.person(name)
    organisation.appoint("unit_manager", "anna", "hemtjanst")
    return organisation


@pytest.fixture
def begun(organisation, installation, deploy):
    deploy(MODEL)
    eva = organisation.actor("eva")
    return {
        unit: cases.start(installation, eva, in_unit=unit) for unit in ("hemtjanst", "skola", None)
    }


def seen(organisation, begun, name="ada"):
    """Return the units whose cases somebody sees, in the list and one by one."""
    actor = organisation.actor(name)
    with look(organisation.installation, actor) as uow:
        listed = {each.unit for each in reading.listed(uow)}
        one_by_one = set()
        for unit, case in begun.items():
            try:
                one_by_one.add(reading.get(uow, case.id).unit)
            except NotFound:
                assert unit not in listed
    assert listed == one_by_one
    return listed


def test_an_auditor_of_a_unit_sees_its_cases_and_those_below(organisation, begun):
    organisation.appoint("auditor", "ada", "vof")
    assert seen(organisation, begun) == {"hemtjanst"}

    organisation.appoint("auditor", "ada", "skola")
    assert seen(organisation, begun) == {"hemtjanst", "skola"}


def test_an_auditor_of_a_unit_below_takes_nothing_from_the_one_above(organisation, begun):
    organisation.person("abel")
    organisation.appoint("auditor", "ada", "kommun")
    organisation.appoint("auditor", "abel", "hemtjanst")

    assert seen(organisation, begun) == {"hemtjanst", "skola"}
    assert seen(organisation, begun, "abel") == {"hemtjanst"}


def test_an_audit_is_over_when_the_appointment_is(organisation, begun):
    year = Period(date(2020, 1, 1), date(2020, 12, 31))
    organisation.appoint("auditor", "ada", "hemtjanst", year)

    assert seen(organisation, begun) == set()


def test_an_auditor_changes_nothing_in_what_is_audited(organisation, installation, begun):
    organisation.appoint("auditor", "ada", "hemtjanst")
    ada = organisation.actor("ada")
    case = begun["hemtjanst"]
    [task] = cases.open_tasks(installation, ada, case).values()

    with pytest.raises(NotAllowed):
        cases.complete(installation, ada, task)
    with pytest.raises(NotAllowed):
        cases.assign(installation, ada, task, ada)
    with begin(installation, ada) as uow, pytest.raises(NotAllowed):
        comments.write_on_case(uow, case.id, "Hej")
    with begin(installation, ada) as uow, pytest.raises(NotAllowed):
        comments.write_on_task(uow, task.id, "Hej")


def test_an_auditor_of_a_unit_works_elsewhere_as_everybody_does(organisation, installation, begun):
    organisation.appoint("auditor", "ada", "hemtjanst")
    organisation.appoint("unit_manager", "ada", "skola")
    ada = organisation.actor("ada")
    [task] = cases.open_tasks(installation, ada, begun["skola"]).values()
    own = cases.start(installation, ada, in_unit="hemtjanst")

    assert cases.complete(installation, ada, task).state == "completed"
    for case in (begun["skola"], own):
        with begin(installation, ada) as uow:
            assert comments.write_on_case(uow, case.id, "Hej").text == "Hej"
