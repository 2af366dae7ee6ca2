"""What a dialect says is read where it stands, or told: also at flows, messages, data and inside of extensions."""

import pytest

from tests.bpmn.lint.asked import findings
from tests.bpmn.sketch import (
    HEAD,
    SIGNAL,
    call,
    catch,
    definitions,
    element,
    multi,
    process,
    script,
    start,
    task,
    throw,
    user,
)


def extended(*inside: str) -> str:
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def told(*drawn: str, head: str = HEAD) -> list[tuple[str, str | None]]:
    """Return the extensions that are told of, with where."""
    return [
        (str(each.values["part"]), each.element_id)
        for each in findings(definitions(head, process("p", *drawn)))
        if each.rule == "extension-not-read"
    ]


@pytest.mark.parametrize(
    ("drawn", "part"),
    [
        (element("startEvent", "x", camunda__formKey="ask"), "camunda:formKey"),
        (element("serviceTask", "x", camunda__assignee="kim"), "camunda:assignee"),
        (
            element("serviceTask", "x", camunda__topic="t", camunda__resultVariable="n"),
            "camunda:resultVariable",
        ),
        (user("x", camunda__topic="t"), "camunda:topic"),
        (user("x", camunda__collection="items"), "camunda:collection"),
        (user("x", camunda__initiator="who"), "camunda:initiator"),
        (task("x", extended("<zeebe:taskDefinition type='t'/>")), "zeebe:taskDefinition"),
        (user("x", extended("<zeebe:script expression='=1'/>")), "zeebe:script"),
        (catch("x", SIGNAL + extended("<spiffworkflow:preScript>n = 1</spiffworkflow:preScript>")),
         "spiffworkflow:preScript"),
        (catch("x", "<timerEventDefinition><timeCycle camunda:endDate='2027-01-01'>R/PT1H"
               "</timeCycle></timerEventDefinition>"), "camunda:endDate"),
        (element("serviceTask", "x", extended("<zeebe:taskDefinition type='t' retries='=n'/>")),
         "zeebe:taskDefinition retries"),
        (user("x", extended("<zeebe:taskSchedule dueDate='P1D' followUpDate='P2D'/>")),
         "zeebe:taskSchedule followUpDate"),
        (element("serviceTask", "x", extended(
            "<spiffworkflow:serviceTaskOperator id='o'><spiffworkflow:parameters/>"
            "</spiffworkflow:serviceTaskOperator>")),
         "spiffworkflow:serviceTaskOperator parameters"),
        (user("x", extended(
            "<spiffworkflow:properties><spiffworkflow:property name='formJsonSchemaFilename'"
            " value='f'/></spiffworkflow:properties>")),
         "spiffworkflow:property formJsonSchemaFilename"),
        (element("serviceTask", "x", extended(
            "<camunda:connector><camunda:connectorId>c</camunda:connectorId>"
            "<camunda:inputOutput/></camunda:connector>")),
         "camunda:connector inputOutput"),
        (element("serviceTask", "x", extended("<camunda:field name='f'/>"), camunda__class="C"),
         "camunda:field"),
        (call("x", "q").replace(">", ">" + extended("<camunda:in source='n'/>"), 1), "camunda:in"),
    ],
)  # fmt: skip
def test_what_is_not_read_where_it_stands_is_told(drawn, part):
    assert (part, "x") in told(drawn)


def test_what_is_said_of_a_flow_is_told_at_the_flow():
    listener = extended("<camunda:executionListener class='C' event='take'/>")
    flow = f"<sequenceFlow id='f' sourceRef='s' targetRef='a'>{listener}</sequenceFlow>"

    assert told(start("s"), user("a"), flow) == [("camunda:executionListener", "f")]


def test_what_is_said_of_data_is_told():
    drawn = f"<dataObject id='d'>{extended('<camunda:value>1</camunda:value>')}</dataObject>"

    assert told(user("a"), drawn) == [("camunda:value", "p")]


def test_what_is_said_beside_the_processes_is_told():
    head = "<error id='err' errorCode='E' camunda:errorMessage='No'/>"

    assert told(user("a"), head=head) == [("camunda:errorMessage", "err")]


def test_what_is_read_is_not_told():
    drawn = (
        element("startEvent", "s", camunda__initiator="who"),
        user("a", camunda__formKey="ask", camunda__assignee="kim", camunda__priority="5"),
        user("b", multi(camunda__collection="rows", camunda__elementVariable="row")),
        script("c", "1", camunda__resultVariable="n"),
        element("serviceTask", "d", extended("<zeebe:taskDefinition type='t' retries='5'/>")),
        throw("e", "<messageEventDefinition messageRef='msg' camunda:topic='t'/>"),
        user("f", extended("<zeebe:userTask/>"), camunda__asyncBefore="true"),
        "<laneSet><lane id='l' rutin:role='r'><flowNodeRef>a</flowNodeRef></lane></laneSet>",
    )

    assert told(*drawn) == []
