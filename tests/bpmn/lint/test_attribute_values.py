"""What XML lets a value look like is taken, and what would be read as something else is refused."""

import pytest

from bpmn import deployment
from tests.bpmn.lint.asked import findings
from tests.bpmn.sketch import (
    MESSAGE,
    SIGNAL,
    boundary,
    catch,
    element,
    event_start,
    event_sub,
    model,
    throw,
    user,
)


def found(source: bytes) -> set[str]:
    return {each.rule for each in findings(source)}


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("isForCompensation", " false "),
        ("isForCompensation", "0"),
        ("startQuantity", " 2 "),
        ("completionQuantity", "99999"),
    ],
)
def test_a_value_may_have_spaces_around_it(attribute, value):
    assert found(model("p", user("a", **{attribute: value}))) == set()


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("isForCompensation", "False"),
        ("isForCompensation", ""),
        ("startQuantity", "0"),
        ("startQuantity", "-1"),
        ("startQuantity", "²"),
        ("startQuantity", "٢"),
        ("startQuantity", ""),
        ("completionQuantity", "100000"),
        ("completionQuantity", "1.0"),
    ],
)
def test_a_value_that_would_be_read_as_if_it_were_not_there_is_refused(attribute, value):
    assert found(model("p", user("a", **{attribute: value}))) == {"attribute-value"}


@pytest.mark.parametrize(
    ("attribute", "told"),
    [
        ("isForCompensation", "only be one of: true, false."),
        ("startQuantity", "a whole number from 1 to 99999."),
    ],
)
def test_the_sentence_says_what_can_be_written(attribute, told):
    [finding] = findings(model("p", user("a", **{attribute: "?"})))

    assert told in finding.message


def test_two_tokens_are_waited_for_where_spaces_stand_around_the_number():
    checked = deployment.check({"m.bpmn": model("p", user("a", startQuantity=" 2 "))})

    assert checked.processes["p"].process.elements["a"].start_quantity == 2


@pytest.mark.parametrize(
    "drawn",
    [
        boundary("x", "a", SIGNAL).replace('cancelActivity="true"', 'cancelActivity="no"'),
        event_sub("x", event_start("y", SIGNAL).replace('="true"', '="no"'), user("b")),
        event_sub("x", event_start("y", SIGNAL), user("b")).replace('="true"', '="yes"', 1),
        element("adHocSubProcess", "x", user("b"), cancelRemainingInstances="no"),
        element("receiveTask", "x", messageRef="msg", instantiate="no"),
        catch("x", MESSAGE + SIGNAL, parallelMultiple="no"),
        user("x", "<standardLoopCharacteristics testBefore='no' loopMaximum='2'/>"),
        throw("x", "<compensateEventDefinition waitForCompletion='no'/>"),
    ],
    ids=range(8),
)
def test_yes_and_no_are_written_as_xml_writes_them(drawn):
    assert "attribute-value" in found(model("p", user("a"), drawn))


@pytest.mark.parametrize("value", ["True", "yes", "FALSE"])
def test_a_process_that_may_be_executable_is_asked_about(value):
    source = model("p", user("a")).replace(
        b'isExecutable="true"', f'isExecutable="{value}"'.encode()
    )

    assert found(source) == {"attribute-value"}


def test_the_order_of_an_ad_hoc_sub_process_is_a_word_of_the_standard():
    drawn = element("adHocSubProcess", "x", user("a"), ordering="sequential")

    assert found(model("p", drawn)) == {"attribute-value"}
