"""Constructs of BPMN 2.0 that meet: several events at once, what is undone within what is undone, and the like."""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    CANCEL,
    COMPENSATE,
    MESSAGE,
    boundary,
    both,
    catch,
    condition,
    element,
    end,
    event_start,
    event_sub,
    gateway,
    model,
    start,
    sub,
    throw,
    user,
    xor,
)

S, E = start(), end()
NOT_WAITING = "<compensateEventDefinition waitForCompletion='false'/>"
SAVED = pytest.mark.parametrize("saving", [True, False])


def undone_by(handler, activity):
    """Return the event on the border of an activity, the task that undoes it, and what connects them."""
    return (
        boundary(f"{activity}-undone", activity, COMPENSATE),
        user(handler, isForCompensation="true"),
        f"<association id='{activity}-a' sourceRef='{activity}-undone' targetRef='{handler}'/>",
    )


# ---------------------------------------------------------------- conditions


@SAVED
def test_a_condition_that_comes_true_after_its_activity_was_left_changes_nothing(saving):
    run = Run(
        model(
            "p",
            S,
            user("a"),
            boundary("b", "a", condition("x > 1")),
            user("c"),
            user("h"),
            flows="s > a > c; b > h",
        ),
        saving=saving,
    )

    run.do("a")
    run.do("c", x=2)

    assert run.finished
    assert run.trace == ["s", "a", "c"]


@SAVED
def test_of_two_conditions_that_come_true_at_once_an_event_based_gateway_takes_one(saving):
    run = Run(
        model(
            "p",
            S,
            both("f"),
            user("a"),
            gateway("eventBased", "g"),
            catch("c1", condition("x > 1")),
            catch("c2", condition("x > 2")),
            user("one"),
            user("two"),
            flows="s > f; f > a; f > g; g > c1 > one; g > c2 > two",
        ),
        saving=saving,
    )

    run.do("a", x=3)

    assert run.waiting == ["one"]
    assert run.passed("g", "c1", "c2") == ["g", "c1"]


@SAVED
def test_of_two_interrupting_conditions_that_come_true_at_once_one_happens(saving):
    run = Run(
        model(
            "p",
            S,
            both("f"),
            user("a"),
            user("b"),
            boundary("b1", "b", condition("x > 1")),
            boundary("b2", "b", condition("x > 2")),
            user("one"),
            user("two"),
            flows="s > f; f > a; f > b; b1 > one; b2 > two",
        ),
        saving=saving,
    )

    run.do("a", x=3)

    assert run.waiting == ["one"]


# ---------------------------------------------------------------- compensation and cancellation


@SAVED
def test_a_sub_process_with_a_handler_on_its_border_is_undone_once_whatever_is_inside(saving):
    run = Run(
        model(
            "p",
            S,
            sub("o", user("a"), *undone_by("undo_a", "a")),
            *undone_by("undo_o", "o"),
            throw("t", COMPENSATE),
            user("z"),
            flows="s > o > t > z",
        ),
        saving=saving,
    )

    run.do("a")
    assert run.waiting == ["undo_o"]
    run.do("undo_o")

    assert run.waiting == ["z"]


@SAVED
def test_the_compensation_event_sub_process_can_undo_what_was_done_beside_it(saving):
    run = Run(
        model(
            "p",
            S,
            sub(
                "o",
                start("os"),
                user("a"),
                user("b"),
                *undone_by("undo_a", "a"),
                *undone_by("undo_b", "b"),
                event_sub(
                    "es",
                    event_start("ess", COMPENSATE),
                    user("before"),
                    throw("rest", COMPENSATE),
                    user("after"),
                    flows="ess > before > rest > after",
                ),
                flows="os > a > b",
            ),
            throw("t", COMPENSATE),
            user("z"),
            flows="s > o > t > z",
        ),
        saving=saving,
    )

    run.do("a").do("b").do("before")
    assert run.waiting == ["undo_b"]
    run.do("undo_b")
    assert run.waiting == ["undo_a"]
    run.do("undo_a").do("after")

    assert run.waiting == ["z"]


@SAVED
def test_a_cancelled_transaction_without_a_cancel_event_does_not_stop_the_one_around_it(saving):
    run = Run(
        model(
            "p",
            S,
            element(
                "transaction",
                "outer",
                start("os"),
                element(
                    "transaction",
                    "inner",
                    start("is"),
                    user("a"),
                    end("no", CANCEL),
                    flows="is > a > no",
                ),
                user("b"),
                flows="os > inner > b",
            ),
            boundary("cancelled", "outer", CANCEL),
            user("z"),
            flows="s > outer; cancelled > z",
        ),
        saving=saving,
    )

    run.do("a")

    assert run.waiting == ["b"]


@SAVED
def test_what_is_undone_beside_is_not_waited_for_by_an_inclusive_gateway(saving):
    run = Run(
        model(
            "p",
            S,
            user("a"),
            *undone_by("undo_a", "a"),
            both("f"),
            throw("t", NOT_WAITING),
            xor("x", default="x--e"),
            E,
            gateway("inclusive", "j"),
            user("z"),
            flows="s > a > f; f > t > x; x > e; x > j ? x == 1; f > j; j > z",
        ),
        variables={"x": 2},
        saving=saving,
    )

    run.do("a")

    assert run.waiting == ["undo_a", "z"]


# ---------------------------------------------------------------- ad-hoc sub-processes


@SAVED
def test_an_interrupted_ad_hoc_sub_process_begins_no_further_activity(saving):
    run = Run(
        model(
            "p",
            S,
            element(
                "adHocSubProcess",
                "o",
                user("a"),
                user("b"),
                event_sub("es", event_start("ess", MESSAGE), user("x"), flows="ess > x"),
                ordering="Sequential",
            ),
            user("z"),
            flows="s > o > z",
        ),
        saving=saving,
    )

    run.send("Message").do("x")

    assert run.waiting == ["z"]
