"""Where something begins, and where it never would."""

import pytest

from tests.bpmn.lint.asked import findings
from tests.bpmn.sketch import (
    COMPENSATE,
    HEAD,
    SIGNAL,
    boundary,
    catch,
    definitions,
    element,
    end,
    event_start,
    event_sub,
    gateway,
    link,
    process,
    start,
    sub,
    throw,
    user,
)


def found(*drawn: str, flows: str = "") -> list[tuple[str, str | None]]:
    source = definitions(HEAD, process("p", *drawn, flows=flows))
    return [(each.rule, each.element_id) for each in findings(source)]


@pytest.mark.parametrize(
    "begin",
    [
        user("a"),
        throw("a", link("there")) + catch("c", link("there")),
        catch("a", SIGNAL),
        element("receiveTask", "a", messageRef="msg", instantiate="true"),
        start("a", SIGNAL),
    ],
)
def test_an_element_that_nothing_leads_to_is_a_beginning(begin):
    assert "no-beginning" not in {rule for rule, _ in found(begin)}


@pytest.mark.parametrize(
    ("drawn", "flows"),
    [
        (catch("c", link("there")) + throw("t", link("there")), "c > t"),
        (event_sub("e", event_start("y", SIGNAL), user("v"), flows="y > v"), ""),
        (user("a", isForCompensation="true"), ""),
        (user("a") + boundary("x", "a", SIGNAL), "a > a"),
    ],
    ids=["a link", "an event sub-process", "what compensates", "a border"],
)
def test_what_waits_for_something_else_begins_nothing(drawn, flows):
    assert ("no-beginning", "p") in found(drawn, flows=flows)


def test_an_empty_process_is_told_from_one_that_goes_round():
    [empty] = findings(definitions(process("p")))
    [around, *_] = findings(definitions(process("p", user("a"), flows="a > a")))

    assert (empty.rule, around.rule) == ("no-beginning", "no-beginning")
    assert "nothing in the process" in empty.message
    assert "waits for another one" in around.message


def test_an_event_sub_process_with_nothing_in_it_is_not_only_empty():
    assert found(user("a"), event_sub("x", "")) == [("event-sub-process", "x")]


@pytest.mark.parametrize("kind", ["exclusive", "inclusive", "parallel", "complex"])
def test_a_gateway_that_joins_and_splits_is_mixed(kind):
    mixed = gateway(kind, "g", gatewayDirection="Mixed")
    drawn = [user(each) for each in "abcd"]

    flows = "a > g; b > g; g > c ? 1 > 0; g > d ? 1 > 0"
    if kind == "parallel":
        flows = "a > g; b > g; g > c; g > d"

    assert found(mixed, *drawn, flows=flows) == []


def test_a_gateway_that_is_passed_is_not_mixed_up():
    mixed = gateway("exclusive", "g", gatewayDirection="Mixed")

    assert found(user("a"), mixed, end(), flows="a > g > e") == []


def test_what_undoes_an_activity_is_no_beginning_of_a_sub_process():
    undone = (
        user("a")
        + boundary("undo", "a", COMPENSATE)
        + user("release", isForCompensation="true")
        + "<association id='as' sourceRef='undo' targetRef='release'/>"
    )

    assert ("no-beginning", "s") in found(sub("s", undone, user("b"), flows="a > b > a"))
