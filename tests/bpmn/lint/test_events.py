"""Which event may stand where, and what it has to say: all of it, also what no diagram shows."""

import pytest

from tests.bpmn.lint.asked import findings
from tests.bpmn.sketch import (
    CANCEL,
    COMPENSATE,
    ERROR,
    ESCALATION,
    HEAD,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    boundary,
    catch,
    condition,
    definitions,
    element,
    end,
    event_start,
    event_sub,
    link,
    process,
    start,
    sub,
    throw,
    timer,
    user,
)

KINDS = {
    "message": MESSAGE,
    "signal": SIGNAL,
    "timer": timer("P1D"),
    "condition": condition("n > 1"),
    "error": ERROR,
    "escalation": ESCALATION,
    "compensation": COMPENSATE,
    "cancel": CANCEL,
    "terminate": TERMINATE,
    "link": link("there"),
}
PLACES = {
    "start": lambda event: start("x", event),
    "event sub-process": lambda event: event_sub("sub", event_start("x", event), user("b")),
    "catch": lambda event: catch("x", event),
    "boundary": lambda event: boundary("x", "a", event),
    "throw": lambda event: throw("x", event),
    "end": lambda event: end("x", event),
    "task": lambda event: user("x", event),
}
ALLOWED = {
    # BPMN 2.0, table 10.93
    "start": {"message", "signal", "timer", "condition"},
    "event sub-process": {
        *("message", "signal", "timer", "condition", "error", "escalation", "compensation")
    },
    "catch": {"message", "signal", "timer", "condition", "link"},
    "boundary": {
        *("message", "signal", "timer", "condition", "error", "escalation", "compensation"),
        "cancel",
    },
    "throw": {"message", "signal", "escalation", "compensation", "link"},
    "end": {"message", "signal", "error", "escalation", "compensation", "cancel", "terminate"},
    "task": set(),
}


def found(*drawn: str, flows: str = "") -> set[tuple[str, str | None]]:
    source = definitions(HEAD, process("p", *drawn, flows=flows))
    return {(each.rule, each.element_id) for each in findings(source)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_a_kind_of_event_stands_where_bpmn_lets_it(place, kind):
    refused = ("event-position", "x") in found(user("a"), PLACES[place](KINDS[kind]))

    assert refused is (kind not in ALLOWED[place])


@pytest.mark.parametrize("place", ["start", "event sub-process", "catch", "boundary"])
@pytest.mark.parametrize(
    "empty",
    [
        "<messageEventDefinition/>",
        "<signalEventDefinition/>",
        "<timerEventDefinition/>",
        "<conditionalEventDefinition/>",
    ],
)
def test_what_is_waited_for_is_said(place, empty):
    assert ("event-incomplete", "x") in found(user("a"), PLACES[place](empty))


@pytest.mark.parametrize("place", ["throw", "end"])
def test_what_is_thrown_is_said(place):
    assert ("event-incomplete", "x") in found(PLACES[place]("<signalEventDefinition/>"))
    assert found(PLACES[place]("<messageEventDefinition/>")) == {("no-message", "x")}


def test_a_message_that_is_waited_for_without_a_name_is_told_once():
    assert found(catch("x", "<messageEventDefinition/>")) == {("event-incomplete", "x")}


def test_what_starts_an_event_sub_process_is_not_waited_for_in_it():
    drawn = event_sub("e", event_start("y", SIGNAL), catch("x", ERROR), flows="y > x")

    assert found(user("a"), drawn) == {("event-position", "x")}


def test_an_error_without_a_name_is_caught_by_what_catches_every_error():
    nameless = "<errorEventDefinition/>"

    assert found(sub("s", end("e", nameless)), boundary("x", "s", nameless)) == set()


@pytest.mark.parametrize(
    ("text", "is_cron"),
    [
        ("0 0 8 * * ?", True),
        ("0 8 * * 1", True),
        ("0/5 * * * *", True),
        ("*/10 * * * * *", True),
        ("0 15 10 ? * MON-FRI", True),
        ("0 0 12 L JAN,JUL ? 2026", True),
        ("0 0 6,18 1W * ?", True),
        ("1 2 3 4", False),
        ("1 2 3 4 5 6 7 8", False),
        ("${a + b + c + d}", False),
        ("=a + b + c + d", False),
        ("P1DT2H", False),
        ("R3/PT10M", False),
        ("a + b", False),
        ("start + days * 2 - 1", False),
        ("2 * days + 1 * weeks", False),
    ],
)
def test_a_time_in_cron_is_told_from_an_expression(text, is_cron):
    refused = ("cron", "x") in found(catch("x", timer(text, "timeDate")))

    assert refused is is_cron


def test_a_condition_is_not_taken_for_a_time():
    assert ("cron", "x") not in found(catch("x", condition("0 0 8 * * ?")))


# ---------------------------------------------------------------- borders and event sub-processes


@pytest.mark.parametrize("flows", ["a > x", "x > a"])
def test_no_flow_leads_to_an_event_sub_process_or_from_it(flows):
    drawn = event_sub("x", event_start("y", SIGNAL), user("b"), flows="y > b")

    assert ("event-sub-process", "x") in found(user("a"), drawn, flows=flows)


def test_a_sub_process_inside_an_event_sub_process_begins_as_any_other():
    inside = sub("inner", start("s2"), user("c"), flows="s2 > c")

    drawn = event_sub("x", event_start("y", SIGNAL), inside, flows="y > inner")

    assert found(user("a"), drawn) == set()


@pytest.mark.parametrize("event", [MESSAGE, SIGNAL, ESCALATION, timer("P1D")])
def test_what_is_no_error_need_not_interrupt(event):
    beside = boundary("x", "a", event, interrupting=False)
    inside = event_sub("e", event_start("y", event, interrupting=False), user("b"), flows="y > b")

    assert found(user("a"), beside, inside) == set()


def test_a_boundary_event_says_what_it_stands_on():
    assert ("boundary-event", "x") in found(user("a"), element("boundaryEvent", "x", SIGNAL))


def test_an_event_gateway_may_be_followed_by_a_flow_that_is_lost():
    gateway = element("eventBasedGateway", "g")

    assert found(gateway, catch("x", SIGNAL), flows="g > x; g > gone") == {
        ("dangling-flow", "g--gone")
    }


def test_an_event_after_an_event_gateway_has_its_own_way_to_say_what_it_waits_for():
    assert found(element("eventBasedGateway", "g"), catch("x", ""), flows="g > x") == {
        ("event-incomplete", "x")
    }


@pytest.mark.parametrize("place", ["throw", "catch"])
def test_only_an_end_and_a_border_cancel(place):
    assert found(user("a"), PLACES[place](CANCEL), flows="a > x") == {("event-position", "x")}


def test_nothing_outside_of_a_transaction_cancels():
    assert found(end("x", CANCEL)) == {("cancel", "x")}


def test_a_link_without_a_name_is_known_by_that_of_its_event():
    nameless = "<linkEventDefinition/>"
    source = definitions(process("p", user("a"), throw("x", nameless), flows="a > x"))

    [finding] = findings(source)

    assert "'x' leads to 0" in finding.message


def test_a_link_is_told_of_by_its_own_name():
    source = definitions(process("p", user("a"), throw("x", link("page 2")), flows="a > x"))

    [finding] = findings(source)

    assert "'page 2' leads to 0" in finding.message


def test_a_link_and_its_end_need_no_name():
    nameless = "<linkEventDefinition/>"

    assert (
        found(user("a"), throw("x", nameless), catch("y", nameless), end(), flows="a > x; y > e")
        == set()
    )


# ---------------------------------------------------------------- compensation

UNDONE = (
    user("a")
    + boundary("undo", "a", COMPENSATE)
    + user("release", isForCompensation="true")
    + "<association id='as' sourceRef='undo' targetRef='release'/>"
)


def undoes(activity: str) -> str:
    return f"<compensateEventDefinition activityRef='{activity}'/>"


@pytest.mark.parametrize("kind", ["subProcess", "transaction", "adHocSubProcess"])
def test_what_was_done_inside_is_undone(kind):
    drawn = element(kind, "s", UNDONE)

    assert found(drawn, throw("x", undoes("s")), flows="s > x") == set()


def test_all_of_a_scope_is_undone_where_no_activity_is_named():
    assert found(UNDONE, throw("x", COMPENSATE), flows="a > x") == set()


def test_an_event_sub_process_undoes_what_is_around_it():
    inside = event_sub("e", event_start("y", SIGNAL), end("x", undoes("a")), flows="y > x")

    assert found(UNDONE, inside) == set()


def test_a_start_by_compensation_undoes_nothing_itself():
    inside = event_sub("e", event_start("y", undoes("gone")), user("b"), flows="y > b")

    assert found(sub("s", user("a"), inside)) == set()


@pytest.mark.parametrize("flows", ["a > release", "release > b"])
def test_what_undoes_stands_outside_of_the_flow(flows):
    assert ("compensation", "release") in found(UNDONE, user("b"), flows=flows)


def test_an_event_is_not_undone():
    drawn = process("p", UNDONE, throw("t"), throw("x", undoes("t")), flows="a > t > x")

    [finding] = findings(definitions(drawn))

    assert "'t', which is no activity" in finding.message


def test_an_event_sub_process_that_stands_in_itself_has_an_end():
    twice = event_sub("e", event_sub("e", event_start("y", SIGNAL), end("x", undoes("a"))))

    assert ("duplicate-id", "e") in found(UNDONE, twice)


@pytest.mark.parametrize("kind", ["timeDate", "timeDuration", "timeCycle"])
@pytest.mark.parametrize(
    "text",
    [
        "100",
        "P1H",
        "PT0.5H",
        "2026-02-30",
        "5 minutes",
        "'soon'",
        "=100",
        "${100}",
        "=1/0",
        "R/P1DT",
    ],
)
def test_a_time_that_is_known_to_be_none_is_refused(text, kind):
    assert ("event-incomplete", "x") in found(user("a"), boundary("x", "a", timer(text, kind)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [("R3/PT1H", "timeDuration"), ("R3/PT1H", "timeDate"), ("PT0S", "timeCycle")],
)
def test_a_time_of_another_kind_is_refused(text, kind):
    assert ("event-incomplete", "x") in found(user("a"), boundary("x", "a", timer(text, kind)))


@pytest.mark.parametrize(
    "text", ["due", "=due", "${due}", "'PT' + hours + 'H'", '=duration("P1D")', "${now()}", "P14D"]
)
def test_a_time_that_may_be_one_is_taken(text):
    assert ("event-incomplete", "x") not in found(user("a"), boundary("x", "a", timer(text)))
