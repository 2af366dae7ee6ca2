"""A failing element keeps what people did, and waits for a person."""

import pytest

from engine.errors import NotAllowed
from engine.incidents import repository as incidents
from engine.instances import repository as instances
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import both, end, model, script, start, user
from tests.engine import cases

FAILS = model(
    "p",
    start(),
    user("ask"),
    both("f"),
    script("divide", "share = 10 / n"),
    user("mend"),
    end(),
    flows="s > ask > f; f > divide > e; f > mend",
)


@pytest.fixture
def case(installation, deploy, alice):
    deploy(FAILS)
    case = cases.start(installation, alice)
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["ask"], n=0)
    return case


def state(installation, alice, case):
    with look(installation, alice) as uow:
        return instances.get(uow.session, case.id).state


def open_incidents(installation, alice, case):
    with look(installation, alice) as uow:
        return incidents.open_of(uow.session, case.id)


def test_the_completion_stands_and_the_instance_is_an_incident(installation, alice, case):
    [incident] = open_incidents(installation, alice, case)

    assert incident.element_id == "divide"
    assert incident.message
    assert state(installation, alice, case) == "incident"
    assert set(cases.open_tasks(installation, alice, case)) == {"mend"}


def test_other_branches_go_on(installation, alice, case):
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["mend"], n=5)

    assert state(installation, alice, case) == "incident"


def test_retrying_after_the_cause_is_gone_finishes_the_case(installation, people, alice, case):
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["mend"], n=5)
    [incident] = open_incidents(installation, alice, case)

    cases.retry(installation, people["olle"], incident.id)

    assert open_incidents(installation, alice, case) == []
    assert state(installation, alice, case) == "completed"
    with look(installation, alice) as uow:
        assert checking.verify_instance(uow.session, case.id) is None


def test_retrying_in_vain_is_a_new_incident(installation, people, alice, case):
    [incident] = open_incidents(installation, alice, case)
    cases.retry(installation, people["olle"], incident.id)

    [again] = open_incidents(installation, alice, case)
    assert again.id != incident.id
    assert state(installation, alice, case) == "incident"


def test_only_those_who_answer_for_the_routine_retry(installation, alice, case):
    [incident] = open_incidents(installation, alice, case)

    with pytest.raises(NotAllowed):
        cases.retry(installation, alice, incident.id)


def test_a_case_with_an_incident_can_be_cancelled(installation, alice, case):
    cases.cancel(installation, alice, case, "Fel underlag")

    assert open_incidents(installation, alice, case) == []
    assert cases.open_tasks(installation, alice, case) == {}
    assert state(installation, alice, case) == "cancelled"
    with look(installation, alice) as uow:
        assert checking.verify_instance(uow.session, case.id) is None
