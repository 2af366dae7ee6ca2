"""What the standard lets a model say and nobody here does is refused, never passed over."""

import pytest

from tests.bpmn.lint.asked import findings
from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    HEAD,
    MESSAGE,
    boundary,
    catch,
    definitions,
    element,
    end,
    event_start,
    event_sub,
    model,
    process,
    start,
    timer,
    user,
)

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
PROPERTY = (
    "<correlationProperty id='number'><correlationPropertyRetrievalExpression messageRef='msg'>"
    "<messagePath>number</messagePath></correlationPropertyRetrievalExpression></correlationProperty>"
)
SUBSCRIPTION = "<correlationSubscription id='c' correlationKeyRef='k'/>"


def refused(*drawn: str, head: str = HEAD) -> set[tuple[str, str | None]]:
    found = findings(definitions(head, process("p", *drawn)))
    return {
        (str(each.values.get("part")), each.element_id)
        for each in found
        if each.rule == "not-supported"
    }


@pytest.mark.parametrize(
    ("tag", "type_"), [("task", "tUserTask"), ("subProcess", "x:tTransaction")]
)
def test_an_element_of_another_type_than_its_name_is_refused(tag, type_):
    drawn = f'<{tag} id="a" {XSI} xmlns:x="http://www.omg.org/spec/BPMN/20100524/MODEL" xsi:type="{type_}"/>'

    assert refused(drawn) == {(f"xsi:type {type_}", "a")}
    assert refused(f'<userTask id="a" {XSI} xsi:type="tUserTask"/>') == set()


def test_what_must_be_understood_is_refused():
    for said in ("true", "1"):
        head = f"<extension mustUnderstand='{said}' definition='x:y'/>"
        assert ("x:y", None) in refused(user("a"), head=head)
    assert refused(user("a"), head="<extension definition='x:y'/>") == set()


@pytest.mark.parametrize(
    ("drawn", "place"),
    [
        (catch("x", MESSAGE), "x"),
        (user("a") + boundary("x", "a", MESSAGE), "x"),
        (element("receiveTask", "x", messageRef="msg"), "x"),
        (user("a") + event_sub("s", event_start("x", MESSAGE), user("b")), "x"),
    ],
)
def test_a_message_that_is_for_a_certain_case_is_refused(drawn, place):
    assert refused(drawn, head=HEAD + PROPERTY) == {("correlationProperty", place)}
    assert refused(SUBSCRIPTION, drawn) == {("correlationSubscription", place)}
    assert refused(drawn) == set()


def test_a_message_that_is_correlated_otherwise_or_starts_a_case_is_not_refused():
    read = (
        HEAD.replace("name='Message'", "name='Message' camunda:correlationKey='number'") + PROPERTY
    )

    assert refused(catch("x", MESSAGE), head=read) == set()
    assert refused(start("x", MESSAGE), user("a"), head=HEAD + PROPERTY) == set()


@pytest.mark.parametrize("to", ["getDataInput('x')/y", "rows[0]", "", "1"])
def test_a_value_that_is_put_nowhere_is_refused(to):
    drawn = f"<dataOutputAssociation><assignment><from>1</from><to>{to}</to></assignment></dataOutputAssociation>"

    assert (f"to {to}", "a") in refused(user("a", drawn))


def test_a_value_is_put_into_what_an_id_refers_to():
    drawn = "<dataOutputAssociation><assignment><from>n + 1</from><to>{}</to></assignment></dataOutputAssociation>"
    for to in ("d-1", "${Sum}", "Sum"):
        source = model(
            "p",
            "<dataObject id='d-1' name='Sum'/>",
            user("a", drawn.format(to)),
            user("b"),
            flows="a > b",
        )
        assert Run(source, variables={"n": 1}).do("a").variables == {"n": 1, "Sum": 2}


def test_several_sources_without_a_transformation_are_refused():
    sources = "<sourceRef>one</sourceRef><sourceRef>two</sourceRef><targetRef>in</targetRef>"
    drawn = (
        "<dataObject id='one'/><dataObject id='two'/>",
        user(
            "a",
            "<ioSpecification><dataInput id='in'/></ioSpecification>",
            f"<dataInputAssociation>{sources}</dataInputAssociation>",
        ),
    )

    assert refused(*drawn) == {("sourceRef", "a")}


def test_references_may_have_a_prefix():
    lanes = "<laneSet><lane id='l' name='Office'><flowNodeRef>t:a</flowNodeRef></lane></laneSet>"
    drawn = (user("a"), end(), user("b"), boundary("x", "t:a", timer("P1D")))
    source = model("p", lanes, *drawn, flows="a > e; x > b").replace(
        b"<definitions", b"<definitions xmlns:t='tests'", 1
    )

    run = Run(source)

    assert run.listening == ["x"]
    assert run.process.process.elements["a"].lane.name == "Office"


@pytest.mark.parametrize(
    "drawn",
    [
        end("x", "<property id='seen' name='seen'/>"),
        element("callActivity", "x", "<property id='seen' name='seen'/>", calledElement="q"),
    ],
)
def test_a_property_of_what_has_no_scope_is_refused(drawn):
    found = findings(model("p", start(), drawn, flows="s > x"))

    assert [(each.rule, each.element_id) for each in found] == [("not-supported", "x")]


def test_a_property_of_a_task_is_not_refused():
    drawn = element("userTask", "x", "<property id='seen' name='seen'/>")

    assert findings(model("p", start(), drawn, flows="s > x")) == []
