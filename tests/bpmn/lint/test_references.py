"""What refers, and what does not; what is only drawn refuses nothing."""

import pytest

from tests.bpmn.lint.asked import findings
from tests.bpmn.sketch import (
    HEAD,
    definitions,
    element,
    end,
    event_sub,
    process,
    start,
    throw,
    user,
)

ASSOCIATED = "<dataInputAssociation><sourceRef>{}</sourceRef><targetRef>{}</targetRef>{}</dataInputAssociation>"


def found(*parts: str) -> list[tuple[str, str | None, str]]:
    return [
        (each.rule, each.element_id, str(each.severity)) for each in findings(definitions(*parts))
    ]


def found_beside_another_file(*parts: str) -> list[tuple[str, str | None, str]]:
    other = b"<definitions xmlns:other='https://other.example'"
    source = definitions(*parts).replace(b"<definitions", other, 1)
    return [(each.rule, each.element_id, str(each.severity)) for each in findings(source)]


def test_a_pool_that_is_only_drawn_refuses_nothing():
    drawn = (
        process("office", user("a"))
        + "<process id='citizen' isExecutable='false'><receiveTask id='b' messageRef='gone'/>"
        "<sequenceFlow id='f' sourceRef='b' targetRef='gone'/></process>"
    )

    assert found(drawn) == []


def test_a_reference_into_another_file_is_not_followed_where_it_only_documents():
    pools = (
        "<collaboration id='c'><participant id='x' processRef='other:p'/>"
        "<messageFlow id='f' sourceRef='x' targetRef='other:task'/></collaboration>"
    )
    task = element("serviceTask", "a", operationRef="other:lookup")
    store = "<dataStoreReference id='s' dataStoreRef='other:register'/>"

    assert found_beside_another_file(pools, process("p", task, store)) == []


def test_a_reference_into_another_file_that_the_execution_needs_is_told():
    task = element("sendTask", "a", messageRef="other:message")

    assert found_beside_another_file(process("p", task)) == [("dangling-reference", "a", "error")]


def test_a_prefix_of_the_file_itself_is_no_other_file():
    assert found(process("p", element("serviceTask", "a", operationRef="tests:lookup"))) == [
        ("dangling-reference", "a", "warning")
    ]


def test_what_a_tool_writes_where_it_knows_nothing_is_no_reference():
    task = element("sendTask", "a", messageRef="##unspecified", operationRef="##unspecified")

    assert found(process("p", task)) == [("no-message", "a", "warning")]


def test_which_process_is_called_is_no_reference():
    assert found(process("p", element("callActivity", "a", calledElement="elsewhere"))) == []


def test_a_name_that_is_lost_is_told_once():
    throwing = throw("t", "<messageEventDefinition messageRef='gone'/>")

    assert found(process("p", start(), throwing, end(), flows="s > t > e")) == [
        ("dangling-reference", "t", "error")
    ]


@pytest.mark.parametrize(
    "inside",
    [
        ASSOCIATED.format("gone", "gone", "<assignment><from>1</from><to>n</to></assignment>"),
        ASSOCIATED.format("register", "gone", ""),
        ASSOCIATED.format("a", "inside", "") + "<property id='inside' name='inside'/>",
        ASSOCIATED.format("shown", "object", ""),
        "<dataOutputAssociation><targetRef>shown</targetRef></dataOutputAssociation>",
    ],
    ids=[
        "assignments",
        "a data store",
        "the activity as a whole",
        "data objects",
        "only a target",
    ],
)
def test_an_association_that_is_drawn_in_another_way_is_taken(inside):
    data = (
        "<dataStoreReference id='register'/><dataObjectReference id='shown'/>"
        "<dataObject id='object' name='object'/>"
    )

    assert found(process("p", user("a", inside), data)) == []


def test_the_data_of_an_event_is_copied_and_asked_for():
    begin = start("s", ASSOCIATED.format("gone", "gone", ""))

    assert {each[:2] for each in found(process("p", begin, user("a"), flows="s > a"))} == {
        ("data-association", "s")
    }


def test_a_reference_deep_inside_is_found_at_its_element():
    begin = start("s", "<signalEventDefinition id='definition' signalRef='gone'/>")

    assert found(process("p", user("a"), event_sub("x", begin, user("b"), flows="s > b"))) == [
        ("dangling-reference", "s", "warning")
    ]


def test_something_of_another_kind_is_not_what_is_meant():
    waiting = element("receiveTask", "a", messageRef="sig")

    assert found(HEAD, process("p", waiting)) == [("dangling-reference", "a", "error")]
