"""Tasks that are given at once to one of their candidates: in turn, or to whoever has the least to do."""

import pytest

from engine.identity.actor import SYSTEM
from engine.organisation import absences
from engine.organisation.absences import Reason
from engine.tasks import turns
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import cardinality, end, model, multi, start, user
from tests.engine import cases
from tests.engine.organisations import EVER, Organisation


def routine(choice, *content, **more):
    given = {"rutin__candidateGroups": "officer", "rutin__givenTo": choice, **more}
    return model(
        "p",
        start(),
        user("first", rutin__assignee="=initiator"),
        user("a", *content, **given),
        end(),
        flows="s > first > a > e",
    )


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    for name in ("anna", "bo", "cecilia"):
        organisation.person(name, groups=["officer"])
    organisation.person("eva")
    return organisation


@pytest.fixture
def given(organisation, installation):
    def given(by="eva"):
        """Start a case, and return to whom its task is given."""
        person = organisation.actor(by)
        case = cases.start(installation, person)
        [first] = cases.every_open_task(installation, case)
        cases.complete(installation, person, first)
        with look(installation, SYSTEM) as uow:
            assert checking.verify_instance(uow.session, case.id) is None
        return [each.assignee for each in cases.every_open_task(installation, case)]

    return given


def test_people_take_turns(deploy, given):
    deploy(routine("roundRobin"))

    found = [given() for _ in range(4)]

    assert found == [["anna"], ["bo"], ["cecilia"], ["anna"]]


def test_a_new_version_goes_on_with_the_turns(deploy, given):
    deploy(routine("roundRobin"))
    given()
    deploy(routine("roundRobin", rutin__priority="70"))

    assert given() == ["bo"]


def test_whoever_has_least_to_do_gets_the_next(deploy, given, organisation, installation):
    deploy(routine("leastLoaded"))
    assert [given()[0] for _ in range(4)] == ["anna", "bo", "cecilia", "anna"]
    bo = organisation.actor("bo")
    for task in cases.every_open_task_of(installation, "bo"):
        cases.complete(installation, bo, task)

    assert given() == ["bo"]


@pytest.mark.parametrize("choice", ["roundRobin", "leastLoaded"])
def test_rounds_are_spread(deploy, given, choice):
    deploy(routine(choice, multi(cardinality("3")), rutin__distinctPerformers="true"))

    assert sorted(given()) == ["anna", "bo", "cecilia"]


@pytest.mark.parametrize("choice", ["roundRobin", "leastLoaded"])
def test_who_may_not_do_it_is_passed_over(deploy, given, choice):
    deploy(routine(choice, rutin__notPerformerOf="first"))

    assert given(by="anna") == ["bo"]


def test_who_is_away_is_passed_over_while_somebody_is_there(deploy, given, organisation):
    deploy(routine("roundRobin"))
    away(organisation, "anna")
    assert given() == ["bo"]

    for name in ("bo", "cecilia"):
        away(organisation, name)
    assert given() == ["cecilia"]


def away(organisation, name):
    with organisation.change() as uow:
        absences.create(uow, name, Reason.VACATION, EVER)


def test_it_waits_for_somebody_where_nobody_can_take_it(deploy, given, installation):
    deploy(routine("roundRobin", rutin__candidateGroups="nobodys-role"))

    assert given() == [None]


def test_turns_are_held_in_one_order_whatever_the_step_opens_first(
    organisation, installation, deploy, monkeypatch
):
    """Else two cases that open the same tasks in different orders would wait for one another."""
    order, held = [], turns.held
    by_turns = {"rutin__candidateGroups": "officer", "rutin__givenTo": "roundRobin"}
    deploy(
        model(
            "p",
            start(),
            user("b", **by_turns),
            user("a", **by_turns),
            end(),
            flows="s > b > e; s > a > e",
        )
    )
    monkeypatch.setattr(
        turns, "held", lambda session, *where: order.append(where[1]) or held(session, *where)
    )

    case = cases.start(installation, organisation.actor("eva"))

    assert list(dict.fromkeys(order)) == ["a", "b"]
    assert {t.assignee for t in cases.every_open_task(installation, case)} == {"anna"}
