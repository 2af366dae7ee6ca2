"""Which version a call activity calls, and what passes between the two processes."""

import pytest

from bpmn import deployment
from bpmn.workflow import Workflow
from tests.bpmn.running import NOW, Run
from tests.bpmn.sketch import (
    HEAD,
    MESSAGE,
    call,
    definitions,
    element,
    model,
    process,
    script,
    user,
)


class Versions:
    """A library in which the process in force is a newer one than that of the deployment."""

    def __init__(self, checked, newer):
        self.checked, self.newer = checked, newer
        self.zone, self.functions = checked.zone, checked.functions
        self.asked = []

    def called(self, key, version=None):
        self.asked.append((key, version))
        return self.newer.processes.get(key)

    def by_identity(self, identity):
        return next(
            each
            for library in (self.checked, self.newer)
            for each in library.processes.values()
            if each.identity == identity
        )


@pytest.mark.parametrize(
    ("attributes", "which", "asked"),
    [
        ({}, "new", [("q", None)]),
        ({"camunda__calledElementBinding": "latest"}, "new", [("q", None)]),
        ({"camunda__calledElementBinding": "deployment"}, "old", []),
        (
            {"camunda__calledElementBinding": "version", "camunda__calledElementVersion": "7"},
            "new",
            [("q", 7)],
        ),
        (
            {"rutin__calledElementBinding": "version", "rutin__calledElementVersion": "=n"},
            "new",
            [("q", 3)],
        ),
    ],
)
def test_a_call_says_which_version_it_means(attributes, which, asked):
    caller = process(
        "p",
        element("callActivity", "c", calledElement="q", **attributes),
        user("u"),
        flows="c > u",
    )
    old = deployment.check(
        {"p.bpmn": definitions(caller), "q.bpmn": model("q", script("a", "which = 'old'"))}
    )
    new = deployment.check({"q.bpmn": model("q", script("a", "which = 'new'"))})
    library = Versions(old, new)

    workflow = Workflow.start(old.processes["p"], {"n": 3}, library=library, now=NOW)

    assert (workflow.variables["which"], library.asked) == (which, asked)


def test_a_process_that_is_tied_to_another_is_a_new_version_when_that_one_changes():
    caller = model("p", call("c", "q", camunda__calledElementBinding="deployment"))

    def identity(called):
        return deployment.check({"p.bpmn": caller, "q.bpmn": called}).processes["p"].identity

    assert identity(model("q", user("a"))) != identity(model("q", user("b")))


def test_processes_that_are_tied_to_each_other_are_read():
    tied = {"camunda__calledElementBinding": "deployment"}
    checked = deployment.check(
        {
            "p.bpmn": model("p", call("c", "q", **tied)),
            "q.bpmn": model("q", call("c", "p", **tied)),
        }
    )

    assert checked.processes["p"].companions == {"q": checked.processes["q"].identity}
    assert checked.processes["q"].companions == {"p": checked.processes["p"].identity}


def test_a_companion_that_is_not_in_the_deployment_is_told_of_and_an_incident_when_called():
    source = model("p", call("c", "q", camunda__calledElementBinding="deployment"))

    assert "missing-companion" in {
        each.rule for each in deployment.check({"p.bpmn": source}).findings
    }
    assert Run(source).failures == ["The routine 'q' that is called here is not installed."]


def test_a_version_that_is_no_number_is_an_incident():
    source = model(
        "p",
        call("c", "q", camunda__calledElementBinding="version", camunda__calledElementVersion="x"),
    )

    assert Run(source).failures == ["'x' is not the number of a version."]


@pytest.mark.parametrize(
    ("said", "seen", "back"),
    [
        ("", True, True),
        ("propagateAllParentVariables='false'", False, True),
        ("propagateAllChildVariables='false'", True, False),
    ],
)
def test_a_call_of_camunda_8_hands_over_what_it_says(said, seen, back):
    called = f"<extensionElements><zeebe:calledElement processId='q' {said}/></extensionElements>"
    source = definitions(
        process("p", element("callActivity", "c", called), user("x"), flows="c > x"),
        process("q", user("in-q"), script("s", "done = True"), flows="in-q > s"),
    )

    run = Run(source, variables={"amount": 7})
    [inside] = [each for each in run.workflow.standing() if each.element.id == "in-q"]
    assert inside.process == "q"
    assert ("amount" in run.workflow._instance.find(inside.token).workflow.names()) is seen
    run.do("in-q")

    assert ("done" in run.variables) is back


def test_a_process_that_starts_by_an_event_cannot_be_called():
    begin = element("startEvent", "s", MESSAGE)
    called = process("q", begin, user("b"), flows="s > b")

    run = Run(definitions(HEAD, process("p", call("c", "q")), called))

    assert run.failures == ["The routine 'q' starts when something happens, and cannot be called."]
    assert run.retry("c").failures == run.failures


@pytest.mark.parametrize(
    ("mapped", "outside"),
    [
        ("<camunda:in source='n' target='n'/>", {"n": 1}),
        ("<camunda:in variables='all'/>", {"n": 1}),
        ("<camunda:out source='m' target='m'/>", {"n": 1, "m": "nothing"}),
        ("<camunda:in businessKey='k'/>", {"n": 2, "m": "something"}),
    ],
)
def test_where_a_mapping_says_what_is_moved_nothing_else_is(mapped, outside):
    called = call("c", "q").replace(">", f"><extensionElements>{mapped}</extensionElements>", 1)
    set_inside = "if n is None:\n    m = 'nothing'\nelse:\n    m = 'something'\n    n = n + 1"
    source = definitions(
        process("p", called, user("u"), flows="c > u"),
        process("q", '<dataObject id="n"/>', script("s", set_inside)),
    )

    assert Run(source, variables={"n": 1}).variables == outside


def test_mappings_in_two_steps_are_refused():
    inside = (
        "<camunda:inputOutput><camunda:inputParameter name='x'>1</camunda:inputParameter>"
        "</camunda:inputOutput><camunda:in source='x' target='y'/>"
    )
    called = call("c", "q").replace(">", f"><extensionElements>{inside}</extensionElements>", 1)
    found = deployment.check({"m.bpmn": definitions(process("p", called))}).findings

    assert ("not-supported", "c") in {(each.rule, each.element_id) for each in found}
