"""Data stores: read where a connector of their name is registered, else a drawing."""

from dataclasses import replace

import pytest

from bpmn import deployment
from bpmn.stores import Stores
from bpmn.workflow import Workflow
from tests.bpmn.running import NOW
from tests.bpmn.sketch import definitions, element, process, script, user

STORE = "<dataStore id='register' name='Register'/>"
SHOWN = "<dataStoreReference id='reg' dataStoreRef='register'/>"
READS = (
    "<ioSpecification><dataInput id='in' name='entries'/><inputSet/><outputSet/></ioSpecification>"
    "<dataInputAssociation><sourceRef>reg</sourceRef><targetRef>in</targetRef></dataInputAssociation>"
)
WRITES = (
    "<ioSpecification><dataOutput id='out' name='found'/><inputSet/><outputSet/></ioSpecification>"
    "<dataOutputAssociation><sourceRef>out</sourceRef><targetRef>reg</targetRef></dataOutputAssociation>"
)
COUNTED = definitions(
    STORE,
    process("p", SHOWN, script("t", "found = len(entries)", READS), user("x"), flows="t > x"),
)


def started(source, **connectors):
    library = replace(deployment.check({"m.bpmn": source}), stores=Stores(connectors))
    return Workflow.start(library.processes["p"], library=library, now=NOW)


def failures(workflow):
    return [each.template.format_map(each.values) for each in workflow.happened().failures]


def test_what_a_connector_returns_is_an_input_and_no_variable_of_the_case():
    workflow = started(COUNTED, Register=lambda: ["a", "b"])

    assert workflow.variables == {"found": 2}


def test_without_a_connector_a_data_store_is_a_drawing():
    workflow = started(COUNTED, Other=lambda: ["a", "b"])

    assert failures(workflow) == ["There is no variable 'entries'."]


def test_the_name_in_the_model_is_that_of_the_store_itself_or_else_of_its_symbol():
    symbol = SHOWN.replace("dataStoreRef='register'", "name='Register'")
    source = definitions(
        process("p", symbol, script("t", "found = len(entries)", READS), user("x"), flows="t > x")
    )

    assert started(source, Register=lambda: [1]).variables == {"found": 1}


@pytest.mark.parametrize("read", [lambda: 1 / 0, lambda: {}["gone"]])
def test_a_connector_that_breaks_is_an_incident_that_can_be_retried(read):
    answers = [read]
    workflow = started(COUNTED, Register=lambda: answers[0]())
    assert failures(workflow) == ["The data store 'Register' could not be read."]

    answers[0] = lambda: ["a"]
    [standing] = workflow.standing()
    workflow.retry(standing.token, now=NOW)
    assert workflow.variables == {"found": 1}


@pytest.mark.parametrize("found", [object(), {"_hidden": object()}, 10**400])
def test_what_cannot_be_kept_does_not_come_in(found):
    assert len(failures(started(COUNTED, Register=lambda: found))) == 1


def test_a_called_process_is_given_what_a_data_store_holds():
    around = process("p", SHOWN, element("callActivity", "c", READS, calledElement="q"))
    source = definitions(STORE, around, process("q", script("t", "n = len(entries)"), user("x")))

    assert failures(started(source, Register=lambda: ["a"])) == []


def test_nothing_is_written_to_a_data_store():
    source = definitions(
        STORE, process("p", SHOWN, script("t", "found = 1", WRITES), user("x"), flows="t > x")
    )

    assert failures(started(source, Register=list)) == []
