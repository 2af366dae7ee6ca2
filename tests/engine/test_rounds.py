"""Rounds of a multi-instance task for distinct people, also for substitutes and however they get the task."""

import pytest

from engine.errors import NotAllowed
from engine.identity.actor import SYSTEM
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import cardinality, end, model, multi, start, sub, user, xor
from tests.engine import cases
from tests.engine.organisations import Organisation

DISTINCT = {"rutin__candidateGroups": "reviewer", "rutin__distinctPerformers": "true"}
MODEL = model(
    "p", start(), user("a", multi(cardinality("2")), **DISTINCT), end(), flows="s > a > e"
)


@pytest.fixture
def organisation(installation):
    organisation = Organisation(installation)
    organisation.build()
    for name in ("anna", "bo", "eva"):
        organisation.person(name)
    for name in ("anna", "bo"):
        organisation.appoint("reviewer", name)
    return organisation


@pytest.fixture
def rounds(organisation, installation, deploy):
    deploy(MODEL)
    case = cases.start(installation, organisation.actor("eva"))
    return case, tasks_of(installation, case)


def tasks_of(installation, case):
    return sorted(cases.every_open_task(installation, case), key=lambda task: task.token)


def refused(act, *arguments):
    with pytest.raises(NotAllowed, match="nobody does two of them"):
        act(*arguments)


def test_who_has_one_round_neither_claims_nor_is_given_nor_completes_another(
    organisation, installation, rounds
):
    _, (one, other) = rounds
    anna, admin = organisation.actor("anna"), organisation.person("admin", is_admin=True)
    cases.assign(installation, anna, one, anna)

    refused(cases.assign, installation, anna, other, anna)
    refused(cases.assign, installation, admin, other, anna)
    refused(cases.complete, installation, anna, other)
    assert cases.assign(installation, anna, one, anna).assignee == "anna"


def test_who_has_done_one_round_does_no_other(organisation, installation, rounds):
    case, (one, other) = rounds
    anna, bo = organisation.actor("anna"), organisation.actor("bo")
    cases.complete(installation, anna, one)

    refused(cases.assign, installation, anna, other, anna)
    refused(cases.complete, installation, anna, other)
    cases.complete(installation, bo, other)
    with look(installation, SYSTEM) as uow:
        assert checking.verify_instance(uow.session, case.id) is None


def test_a_substitute_counts_as_one_with_the_person(organisation, installation, rounds):
    _, (one, other) = rounds
    organisation.substitute("anna", "eva")
    cases.complete(installation, organisation.actor("anna"), one)

    refused(cases.complete, installation, organisation.actor("eva"), other)


def test_a_new_turn_of_the_whole_is_open_to_all_again(organisation, installation, deploy):
    deploy(
        model(
            "p",
            start(),
            user("a", multi(cardinality("2")), **DISTINCT),
            xor("x", default="x--e"),
            end(),
            flows="s > a > x > e; x > a ? again",
        )
    )
    case = cases.start(installation, organisation.actor("eva"), again=True)
    anna, bo = organisation.actor("anna"), organisation.actor("bo")
    first, second = tasks_of(installation, case)
    cases.complete(installation, anna, first)
    cases.complete(installation, bo, second)

    third, _ = tasks_of(installation, case)

    assert cases.complete(installation, anna, third).state == "completed"


def test_people_are_distinct_in_a_repeated_sub_process_too(organisation, installation, deploy):
    deploy(
        model(
            "p",
            start(),
            sub("m", multi(cardinality("2")), start("is"), user("a", **DISTINCT), user("b"),
                end("ie"), flows="is > a > b > ie"),
            end(),
            flows="s > m > e",
        )
    )  # fmt: skip
    case = cases.start(installation, organisation.actor("eva"))
    anna = organisation.actor("anna")
    one, other = tasks_of(installation, case)
    cases.complete(installation, anna, one)

    refused(cases.complete, installation, anna, other)
    [free] = [task for task in tasks_of(installation, case) if task.element_id == "b"]
    assert cases.complete(installation, anna, free).state == "completed"
