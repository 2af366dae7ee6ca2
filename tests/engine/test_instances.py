"""Verbs on whole instances."""

from importlib.metadata import EntryPoint

import pytest

from bpmn.limits import Limits
from bpmn.stores import Stores
from engine.cases import reading
from engine.definitions import repository as versions
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.identity.actor import SYSTEM
from engine.installation import DATA_STORES, registered
from engine.uow import look
from engine.verification import checking
from tests.bpmn.sketch import call, definitions, element, model, process, script, start, user
from tests.engine import cases

WAITS = model("p", start(), user("a", rutin__candidateGroups="officer"), flows="s > a")


def test_an_instance_stays_with_the_version_it_began_with(installation, deploy, alice):
    deploy(WAITS)
    old = cases.start(installation, alice)
    deploy(model("p", start(), user("other"), flows="s > other"))
    new = cases.start(installation, alice)

    with look(installation, alice) as uow:
        assert [reading.get(uow, each.id).version for each in (old, new)] == [1, 2]
    cases.complete(installation, alice, cases.open_tasks(installation, alice, old)["a"])
    assert set(cases.open_tasks(installation, alice, new)) == {"other"}


def test_versions_are_made_ready_again_by_another_process(installation, deploy, alice):
    deploy(WAITS)
    case = cases.start(installation, alice)
    installation.shelf = type(installation.shelf)(10)

    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["a"])

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).state == "completed"


def test_a_called_process_is_the_version_in_force_at_the_call(installation, deploy, alice):
    deploy(model("p", start(), user("before"), call("c", "q"), flows="s > before > c"))
    case = cases.start(installation, alice)
    deploy(model("q", user("inside")))

    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["before"])
    deploy(model("q", user("later")))
    installation.shelf = type(installation.shelf)(10)
    cases.complete(installation, alice, cases.open_tasks(installation, alice, case)["inside"])

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).state == "completed"
        steps = [each.element_id for each in reading.steps(uow, case.id)]
        assert steps == ["s", "before", "c", "inside"]


def test_a_call_is_of_the_version_that_its_number_says(installation, deploy, alice):
    bound = {"camunda__calledElementBinding": "version", "camunda__calledElementVersion": "1"}
    deploy(model("q", user("first")))
    deploy(model("q", user("second")))
    deploy(model("p", start(), call("c", "q", **bound), flows="s > c"))

    case = cases.start(installation, alice)

    assert set(cases.open_tasks(installation, alice, case)) == {"first"}


def test_a_call_is_of_the_version_that_was_deployed_with_it(installation, deploy, alice):
    bound = {"camunda__calledElementBinding": "deployment"}
    called = process("q", user("together"))
    deploy(definitions(process("p", start(), call("c", "q", **bound), flows="s > c"), called))
    deploy(model("q", user("newer")))
    installation.shelf = type(installation.shelf)(10)

    case = cases.start(installation, alice)

    assert set(cases.open_tasks(installation, alice, case)) == {"together"}


def test_a_data_store_is_read_by_what_the_installation_has_registered(installation, deploy, alice):
    reads = (
        "<ioSpecification><dataInput id='in' name='units'/><inputSet/><outputSet/></ioSpecification>"
        "<dataInputAssociation><sourceRef>reg</sourceRef><targetRef>in</targetRef>"
        "</dataInputAssociation>"
    )
    store = "<dataStoreReference id='reg' name='Units'/>"
    count = script("t", "number = len(units)", reads)
    deploy(model("p", start(), store, count, user("a"), flows="s > t > a"))
    installation.stores = Stores({"Units": lambda: ["north", "south"]})

    case = cases.start(installation, alice)

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["number"] == 2


def graded(limit):
    return (
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' name='d' namespace='d'>"
        "<decision id='grading' name='Grading'><decisionTable><input><inputExpression>"
        "<text>amount</text></inputExpression></input><output name='grade'/>"
        f"<rule id='low'><inputEntry><text>&lt; {limit}</text></inputEntry>"
        '<outputEntry><text>"low"</text></outputEntry></rule>'
        f"<rule id='high'><inputEntry><text>&gt;= {limit}</text></inputEntry>"
        '<outputEntry><text>"high"</text></outputEntry></rule>'
        "</decisionTable></decision></definitions>"
    ).encode()


def asking(**said):
    decide = element("businessRuleTask", "d", camunda__decisionRef="grading", **said)
    return model("p", start(), decide, user("a"), flows="s > d > a")


def test_a_decision_is_asked_within_the_step_and_the_record_says_what_it_said(
    installation, deploy, alice
):
    deploy(asking(), **{"grading.dmn": graded(100)})
    installation.decisions = type(installation.decisions)(10)

    case = cases.start(installation, alice, amount=250)

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["grade"] == "high"
        [told] = [
            each for each in reading.events(uow, case.id) if each.type == "decision.evaluated"
        ]
        assert told.facts["decision"] == "grading"
        assert told.facts["rules"] == ["grading#2"]
        assert checking.verify_instance(uow.session, case.id) is None


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ({}, "low"),
        ({"camunda__decisionRefBinding": "deployment"}, "high"),
        ({"camunda__decisionRefBinding": "version", "camunda__decisionRefVersion": "1"}, "high"),
    ],
)
def test_a_decision_is_the_one_in_force_or_the_one_that_is_tied(
    installation, deploy, alice, said, grade
):
    deploy(asking(**said), **{"grading.dmn": graded(100)})
    deploy(model("other", user("x")), **{"grading.dmn": graded(1000)})

    case = cases.start(installation, alice, amount=250)

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["grade"] == grade


def test_a_package_registers_what_reads_a_data_store(monkeypatch, database_url):
    entry = EntryPoint("Units", "tests.engine.test_instances:units", DATA_STORES)
    monkeypatch.setattr("engine.installation.entry_points", lambda group: {entry: group})

    assert registered().read("Units", Limits()) == ["north"]


def units():
    return ["north"]


def test_who_starts_a_case_is_kept_under_the_name_that_the_model_gives(
    installation, deploy, alice
):
    deploy(
        model(
            "p", element("startEvent", "s", camunda__initiator="asker"), user("a"), flows="s > a"
        )
    )

    case = cases.start(installation, alice, asker="bob")

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables["asker"] == "alice"


def test_the_initiator_cannot_be_forged(installation, deploy, alice):
    deploy(WAITS)
    case = cases.start(installation, alice, initiator="bob")

    with look(installation, alice) as uow:
        assert reading.get(uow, case.id).variables == {"initiator": "alice"}


def test_steps_show_what_is_done_and_what_is_being_done(installation, deploy, alice):
    deploy(WAITS)
    case = cases.start(installation, alice)

    with look(installation, alice) as uow:
        steps = reading.steps(uow, case.id)
        assert [(each.element_id, each.state) for each in steps] == [
            ("s", "completed"),
            ("a", "active"),
        ]
        assert [each.element_id for each in reading.steps(uow, case.id, after=1)] == ["a"]
        assert [each.element_id for each in reading.steps(uow, case.id, limit=1)] == ["s"]


def test_a_case_is_cancelled_with_a_reason(installation, deploy, alice):
    deploy(WAITS)
    case = cases.start(installation, alice)
    with pytest.raises(Invalid):
        cases.cancel(installation, alice, case, "  ")

    cases.cancel(installation, alice, case, "Dubblett")

    assert cases.open_tasks(installation, alice, case) == {}
    with pytest.raises(Conflict):
        cases.cancel(installation, alice, case, "Igen")
    with look(installation, alice) as uow:
        events = reading.events(uow, case.id)
        cancelled = next(e for e in events if e.type == "process_instance.cancelled")
        assert cancelled.payload == {"reason": "Dubblett"}
        assert checking.verify_instance(uow.session, case.id) is None


def test_who_only_takes_part_may_see_but_not_cancel(installation, deploy, alice, bob):
    deploy(WAITS)
    case = cases.start(installation, alice)

    with look(installation, bob) as uow:
        assert reading.get(uow, case.id).started_by == "alice"
    with pytest.raises(NotAllowed):
        cases.cancel(installation, bob, case, "Nej")


def test_a_stranger_sees_no_case(installation, deploy, alice, charlie):
    deploy(WAITS)
    case = cases.start(installation, alice)

    with look(installation, charlie) as uow:
        assert reading.listed(uow) == []
        assert list(reading.listed_tasks(uow)) == []
        for read in (reading.get, reading.steps, reading.events, reading.verification):
            with pytest.raises(NotFound):
                read(uow, case.id)
    with pytest.raises(NotFound):
        cases.cancel(installation, charlie, case, "Nej")


def test_the_same_content_is_the_same_version(installation, deploy):
    [first] = deploy(WAITS)
    [second] = deploy(WAITS)
    [third] = deploy(WAITS + b"\n")

    assert (first.id, first.version) == (second.id, second.version)
    assert third.version == 2
    with look(installation, SYSTEM) as uow:
        assert versions.content(uow.session, third) == WAITS + b"\n"
