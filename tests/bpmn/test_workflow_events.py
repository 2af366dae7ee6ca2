"""Events in every position that BPMN 2.0 allows."""

import pytest

from bpmn.workflow import NotStartedSo
from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    ERROR,
    ESCALATION,
    HEAD,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    both,
    catch,
    condition,
    definitions,
    element,
    end,
    gateway,
    link,
    model,
    process,
    start,
    sub,
    task,
    throw,
    timer,
    user,
    xor,
)

S, E = start(), end()


def happen(run, trigger):
    """Let an event of a kind happen."""
    match trigger:
        case "message":
            run.send("Message", payload=1)
        case "signal":
            run.signal("Signal", payload=1)
        case "timer":
            run.pass_time(hours=2)
        case "condition":
            run.do("elsewhere", payload=1)
    return run


TRIGGERS = {
    "message": MESSAGE,
    "signal": SIGNAL,
    "timer": timer("PT1H"),
    "condition": condition("payload == 1"),
}
EACH = pytest.mark.parametrize("trigger", sorted(TRIGGERS))


# ---------------------------------------------------------------- start


@EACH
def test_a_process_starts_by_an_event(trigger):
    source = model("p", start("s", TRIGGERS[trigger]), user("a"), flows="s > a")

    with pytest.raises(NotStartedSo):
        Run(source)
    run = Run(source, variables={"payload": 1}, at="s")

    assert run.waiting == ["a"]
    assert run.trace == ["s"]


def test_of_several_starts_only_the_one_that_happened_begins():
    source = model("p", S, start("m", MESSAGE), user("a"), user("b"), flows="s > a; m > b")

    assert Run(source).waiting == ["a"]
    assert Run(source, at="m").waiting == ["b"]


@pytest.mark.parametrize("event", [MESSAGE + SIGNAL])
def test_a_multiple_start_event_starts_by_either(event):
    assert Run(model("p", start("s", event), user("a"), flows="s > a"), at="s").waiting == ["a"]


def test_a_receive_task_can_start_a_process():
    source = model(
        "p",
        element("receiveTask", "r", messageRef="msg", instantiate="true"),
        user("a"),
        flows="r > a",
    )

    assert Run(source, at="r").waiting == ["a"]


# ---------------------------------------------------------------- intermediate catch


@EACH
def test_a_catch_event_waits_for_its_event(trigger):
    source = model(
        "p",
        S,
        both("f"),
        user("elsewhere"),
        catch("c", TRIGGERS[trigger]),
        user("a"),
        flows="s > f; f > elsewhere; f > c > a",
    )

    run = Run(source)
    assert run.listening == ["c"]
    happen(run, trigger)

    assert "a" in run.waiting
    assert run.listening == []


def test_the_payload_of_a_message_becomes_variables():
    run = Run(model("p", S, catch("c", MESSAGE), flows="s > c")).send("Message", amount=7)

    assert run.variables == {"amount": 7}


def test_one_of_several_events_is_enough_and_its_payload_survives():
    source = model("p", S, catch("c", MESSAGE + SIGNAL), user("a"), flows="s > c > a")

    run = Run(source)
    assert run.listening == ["c", "c"]
    run.send("Message", amount=7)

    assert (run.waiting, run.variables) == (["a"], {"amount": 7})


def test_all_of_several_parallel_events_are_needed():
    source = model(
        "p", S, catch("c", MESSAGE + SIGNAL, parallelMultiple="true"), user("a"), flows="s > c > a"
    )

    run = Run(source).send("Message", one=1)
    assert (run.waiting, run.listening) == ([], ["c"])
    run.signal("Signal", two=2)

    assert (run.waiting, run.variables) == (["a"], {"one": 1, "two": 2})


def test_a_link_leads_to_the_event_of_its_name():
    source = model(
        "p", S, throw("t", link("L")), catch("c", link("L")), user("a"), flows="s > t; c > a"
    )

    run = Run(source)
    assert run.waiting == ["a"]
    assert run.trace == ["s", "t", "c"]


def test_a_condition_that_holds_already_does_not_wait():
    source = model("p", S, catch("c", condition("n > 1")), user("a"), flows="s > c > a")

    assert Run(source, variables={"n": 2}).waiting == ["a"]
    assert Run(source).listening == ["c"], "a variable that is not there yet is no error"


@pytest.mark.parametrize(
    ("text", "kind", "hours"),
    [
        ("PT1H", "timeDuration", 1),
        ("2026-05-01T10:00:00Z", "timeDate", 2),
        ("R3/PT2H", "timeCycle", 2),
        ("=wait", "timeDuration", 3),
        ("${wait}", "timeDuration", 3),
        ('"PT3H"', "timeDuration", 3),
    ],
)
def test_a_timer_fires_when_it_is_time(text, kind, hours):
    source = model("p", S, catch("c", timer(text, kind)), user("a"), flows="s > c > a")

    run = Run(source, variables={"wait": "PT3H"})
    assert run.pass_time(minutes=60 * hours - 1).waiting == []
    assert run.pass_time(minutes=2).waiting == ["a"]


def test_a_timer_that_is_no_time_is_an_incident():
    run = Run(model("p", S, catch("c", timer("=wait")), flows="s > c"), variables={"wait": "soon"})

    assert "'soon' is neither a date" in run.failures[0]


def test_a_receive_task_waits_for_its_message():
    source = model(
        "p", S, element("receiveTask", "r", messageRef="msg"), user("a"), flows="s > r > a"
    )

    run = Run(source)
    assert run.listening == ["r"]
    assert run.send("Message").waiting == ["a"]


# ---------------------------------------------------------------- throw and end


@pytest.mark.parametrize("place", ["throw", "end"])
def test_messages_and_signals_are_sent_out(place):
    event = throw("t", MESSAGE + SIGNAL) if place == "throw" else end("t", MESSAGE + SIGNAL)

    run = Run(model("p", S, event, flows="s > t"))

    assert run.finished
    assert run.thrown == ["Message", "Signal"]


def test_a_send_task_sends_its_message():
    run = Run(model("p", S, element("sendTask", "t", messageRef="msg"), flows="s > t"))

    assert (run.finished, run.thrown) == (True, ["Message"])


def test_a_signal_reaches_everybody_in_the_instance_who_waits_for_it():
    source = model(
        "p",
        S,
        both("f"),
        catch("c", SIGNAL),
        user("a"),
        user("go"),
        throw("t", SIGNAL),
        flows="s > f; f > c > a; f > go > t",
    )

    assert Run(source).do("go").waiting == ["a"]


def test_an_uncaught_error_is_an_incident():
    run = Run(model("p", S, end("x", ERROR), flows="s > x"))

    assert "E1" in run.failures[0]
    assert not run.finished


def test_an_escalation_that_nobody_catches_is_told_and_goes_on():
    run = Run(model("p", S, throw("t", ESCALATION), user("a"), flows="s > t > a"))

    assert (run.waiting, run.thrown) == (["a"], ["U1"])


def test_terminate_ends_its_scope_only():
    inner = sub("sp", both("f"), user("x"), end("t", TERMINATE), flows="f > x; f > t")
    source = model(
        "p", S, both("g"), inner, user("a"), user("after"), flows="s > g; g > sp > after; g > a"
    )

    assert Run(source).waiting == ["a", "after"]


# ---------------------------------------------------------------- event-based gateways


def test_the_first_event_decides_and_the_others_are_forgotten():
    source = model(
        "p",
        S,
        gateway("eventBased", "g"),
        catch("m", MESSAGE),
        catch("t", timer("PT1H")),
        element("receiveTask", "r", messageRef="msg2"),
        user("a"),
        user("b"),
        user("c"),
        flows="s > g; g > m > a; g > t > b; g > r > c",
    )

    assert Run(source).pass_time(hours=1).waiting == ["b"]
    assert Run(source).send("Other", x=1).waiting == ["c"]
    run = Run(source).send("Message")
    assert run.pass_time(hours=2).waiting == ["a"]
    assert run.trace == ["s", "g", "m"]


def test_a_loop_waits_at_its_event_gateway_again():
    source = model(
        "p",
        S,
        xor("again"),
        gateway("eventBased", "g"),
        catch("m", MESSAGE),
        catch("x", SIGNAL),
        E,
        flows="s > again > g; g > m > again; g > x > e",
    )

    run = Run(source)
    for _ in range(3):
        run.send("Message")
    assert run.signal("Signal").finished


def test_conditional_flows_after_an_event_are_asked():
    source = model(
        "p",
        start("s"),
        task("a"),
        user("b"),
        user("c"),
        flows="s > a ? n > 1; s > c ? n < 1; a > b",
    )

    assert Run(source, variables={"n": 2}).waiting == ["b"]
    assert Run(source, variables={"n": 0}).waiting == ["c"]
    assert Run(source, variables={"n": 1}).finished


def test_an_event_definition_may_be_referred_to():
    source = definitions(
        HEAD,
        "<signalEventDefinition id='shared' signalRef='sig'/>",
        process(
            "p",
            S,
            catch("c", "<eventDefinitionRef>shared</eventDefinitionRef>"),
            user("a"),
            flows="s > c > a",
        ),
    )

    assert Run(source).signal("Signal").waiting == ["a"]
