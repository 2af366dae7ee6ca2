"""Events on the border of an activity, and event sub-processes."""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    ERROR,
    ESCALATION,
    HEAD,
    MESSAGE,
    SIGNAL,
    both,
    boundary,
    call,
    condition,
    definitions,
    element,
    end,
    event_start,
    event_sub,
    model,
    process,
    script,
    start,
    sub,
    throw,
    timer,
    user,
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


# ---------------------------------------------------------------- boundary


def bordered(event, *, interrupting):
    return model(
        "p",
        S,
        both("f"),
        user("elsewhere"),
        user("w"),
        boundary("b", "w", event, interrupting=interrupting),
        user("caught"),
        user("normal"),
        flows="s > f; f > elsewhere; f > w > normal; b > caught",
    )


@EACH
def test_an_interrupting_boundary_event_stops_the_activity(trigger):
    run = happen(Run(bordered(TRIGGERS[trigger], interrupting=True)), trigger)

    assert "caught" in run.waiting
    assert "w" not in run.waiting
    assert run.listening == []


@EACH
def test_a_non_interrupting_boundary_event_runs_beside_the_activity(trigger):
    run = happen(Run(bordered(TRIGGERS[trigger], interrupting=False)), trigger)

    assert {"caught", "w"} <= set(run.waiting)
    assert "normal" in run.do("w").waiting


@pytest.mark.parametrize("trigger", ["message", "signal"])
def test_a_non_interrupting_boundary_event_happens_again_and_again(trigger):
    run = Run(bordered(TRIGGERS[trigger], interrupting=False))
    for _ in range(3):
        happen(run, trigger)

    assert run.waiting.count("caught") == 3


def test_a_boundary_cycle_fires_as_often_as_it_says():
    run = Run(bordered(timer("R3/PT1H", "timeCycle"), interrupting=False))
    for _ in range(5):
        run.pass_time(hours=1)

    assert run.waiting.count("caught") == 3
    assert run.listening == []


def test_boundary_events_are_gone_when_the_activity_is_done():
    assert Run(bordered(MESSAGE, interrupting=True)).do("w").listening == []


def test_an_interrupting_event_thrown_inside_stops_what_is_inside():
    inner = sub("sp", throw("t", SIGNAL), user("x"), flows="t > x")
    source = model(
        "p", S, inner, boundary("b", "sp", SIGNAL), user("caught"), flows="s > sp; b > caught"
    )

    assert Run(source).waiting == ["caught"]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_an_error_is_caught_by_the_innermost_event_around_it(depth):
    inner = sub("sp0", user("x"), end("x2", ERROR), flows="x > x2")
    for level in range(1, depth):
        inner = sub(f"sp{level}", inner)
    source = model(
        "p",
        S,
        inner,
        boundary("b", f"sp{depth - 1}", ERROR),
        user("caught"),
        flows=f"s > sp{depth - 1}; b > caught",
    )

    run = Run(source).do("x")
    assert run.waiting == ["caught"]


def test_an_error_comes_out_of_a_called_process():
    source = definitions(
        HEAD,
        process(
            "p",
            S,
            call("c", "q"),
            boundary("b", "c", ERROR),
            user("caught"),
            flows="s > c; b > caught",
        ),
        process("q", start("qs"), end("qe", ERROR), flows="qs > qe"),
    )

    assert Run(source).waiting == ["caught"]


def test_a_boundary_for_the_code_goes_before_one_for_every_error():
    source = model(
        "p",
        S,
        user("w"),
        boundary("all", "w", "<errorEventDefinition/>"),
        boundary("one", "w", ERROR),
        user("a"),
        user("b"),
        flows="s > w; all > a; one > b",
    )

    for code, reached in (("E1", ["b"]), ("E2", ["a"])):
        run = Run(source)
        assert run.fail("w", code)
        assert run.waiting == reached


def test_an_error_thrown_by_a_person_that_nobody_catches_is_an_incident_that_can_be_retried():
    run = Run(model("p", S, user("w"), flows="s > w"))

    assert not run.fail("w", "E9", "Underlag saknas")
    assert "Underlag saknas" in run.failures[0]
    assert run.retry("w").waiting == ["w"]


def test_a_script_throws_an_error_that_is_caught():
    source = model(
        "p",
        S,
        script("w", 'error("E1", "fel")'),
        boundary("b", "w", ERROR),
        user("caught"),
        flows="s > w; b > caught",
    )

    assert Run(source).waiting == ["caught"]


def test_the_code_of_a_caught_error_is_kept_where_the_model_says():
    caught = ERROR.replace(
        "/>", " camunda:errorCodeVariable='code' camunda:errorMessageVariable='text'/>"
    )
    source = model("p", S, user("w"), boundary("b", "w", caught), user("a"), flows="s > w; b > a")

    run = Run(source)
    run.fail("w", "E1", "fel", extra=1)

    assert run.variables == {"code": "E1", "text": "fel", "extra": 1}


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_is_caught_on_the_border_of_its_sub_process(interrupting):
    inner = sub(
        "sp", throw("t", ESCALATION), throw("t2", ESCALATION), user("x"), flows="t > t2 > x"
    )
    source = model(
        "p",
        S,
        inner,
        boundary("b", "sp", ESCALATION, interrupting=interrupting),
        user("caught"),
        flows="s > sp; b > caught",
    )

    expected = ["caught"] if interrupting else ["caught", "caught", "x"]
    assert Run(source).waiting == expected


def test_a_person_escalates_what_they_work_with():
    run = Run(bordered(ESCALATION, interrupting=False))

    assert run.escalate("w", "U1")
    assert {"caught", "w"} <= set(run.waiting)


def test_boundary_events_on_every_kind_of_activity():
    for kind in ("userTask", "manualTask", "serviceTask", "receiveTask", "businessRuleTask"):
        more = {"messageRef": "msg2"} if kind == "receiveTask" else {}
        source = model(
            "p",
            S,
            element(kind, "w", **more),
            boundary("b", "w", timer("PT1H")),
            user("caught"),
            flows="s > w; b > caught",
        )

        assert Run(source).pass_time(hours=1).waiting == ["caught"], kind


# ---------------------------------------------------------------- event sub-processes


def with_handler(event, *, interrupting):
    return model(
        "p",
        S,
        user("elsewhere"),
        user("normal"),
        event_sub(
            "es", event_start("es1", event, interrupting=interrupting), user("h"), flows="es1 > h"
        ),
        flows="s > elsewhere > normal",
    )


@EACH
def test_an_interrupting_event_sub_process_takes_over(trigger):
    if trigger == "condition":
        source = with_handler(condition("payload == 1"), interrupting=True)
    else:
        source = with_handler(TRIGGERS[trigger], interrupting=True)
    run = happen(Run(source), trigger)

    assert run.waiting == ["h"]
    assert run.listening == []
    assert run.do("h").finished


@EACH
def test_a_non_interrupting_event_sub_process_runs_beside(trigger):
    run = happen(Run(with_handler(TRIGGERS[trigger], interrupting=False)), trigger)

    assert "h" in run.waiting
    assert len(run.waiting) == 2


@pytest.mark.parametrize("trigger", ["message", "signal"])
def test_a_non_interrupting_event_sub_process_starts_again_and_again(trigger):
    run = Run(with_handler(TRIGGERS[trigger], interrupting=False))
    for _ in range(3):
        happen(run, trigger)

    assert run.waiting == ["elsewhere", "h", "h", "h"]


def test_an_event_sub_process_does_not_start_by_itself_and_does_not_hold_the_process():
    run = Run(with_handler(ERROR, interrupting=True))

    assert run.waiting == ["elsewhere"]
    assert run.do("elsewhere").do("normal").finished


def test_one_instance_does_not_change_what_another_one_listens_for():
    source = with_handler(MESSAGE, interrupting=False)
    Run(source).send("Message")

    assert Run(source).waiting == ["elsewhere"]


def test_an_error_in_a_scope_starts_its_event_sub_process():
    inner = sub(
        "sp",
        start("is"),
        user("x"),
        end("x2", ERROR),
        event_sub("es", event_start("es1", ERROR), user("h"), flows="es1 > h"),
        flows="is > x > x2",
    )
    run = Run(model("p", S, inner, user("after"), flows="s > sp > after")).do("x")

    assert run.waiting == ["h"]
    assert run.do("h").waiting == ["after"]


def test_an_error_in_a_handler_goes_outwards():
    handler = event_sub("es", event_start("es1", ERROR), end("again", ERROR), flows="es1 > again")
    inner = sub("sp", start("is"), user("x"), end("x2", ERROR), handler, flows="is > x > x2")
    source = model(
        "p", S, inner, boundary("b", "sp", ERROR), user("caught"), flows="s > sp; b > caught"
    )

    assert Run(source).do("x").waiting == ["caught"]


def test_an_escalation_starts_an_event_sub_process_beside():
    source = model(
        "p",
        S,
        throw("t", ESCALATION),
        user("a"),
        event_sub(
            "es", event_start("es1", ESCALATION, interrupting=False), user("h"), flows="es1 > h"
        ),
        flows="s > t > a",
    )

    assert Run(source).waiting == ["a", "h"]


def test_event_sub_processes_nest():
    innermost = event_sub("in", event_start("in1", SIGNAL), user("deep"), flows="in1 > deep")
    handler = event_sub("es", event_start("es1", MESSAGE), user("h"), innermost, flows="es1 > h")
    run = Run(model("p", S, user("a"), handler, flows="s > a"))

    assert run.signal("Signal").waiting == ["a"], (
        "the inner one listens only while the outer one runs"
    )
    run.send("Message")
    assert run.waiting == ["h"]
    assert run.signal("Signal").waiting == ["deep"]
    assert run.do("deep").finished
