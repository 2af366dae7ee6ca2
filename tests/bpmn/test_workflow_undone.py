"""What is undone: compensation within compensation, and transactions that are cancelled."""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    CANCEL,
    COMPENSATE,
    MESSAGE,
    both,
    boundary,
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


@SAVED
def test_a_cancelled_transaction_undoes_what_was_done_in_a_sub_process_that_goes_on(saving):
    run = Run(
        model(
            "p",
            S,
            element(
                "transaction",
                "o",
                start("os"),
                user("first"),
                *undone_by("undo_first", "first"),
                both("f"),
                sub(
                    "n",
                    start("ns"),
                    user("a"),
                    *undone_by("undo_a", "a"),
                    user("b"),
                    flows="ns > a > b",
                ),
                user("stop"),
                end("no", CANCEL),
                flows="os > first > f; f > n; f > stop > no",
            ),
            boundary("cancelled", "o", CANCEL),
            user("z"),
            flows="s > o; cancelled > z",
        ),
        saving=saving,
    )

    run.do("first").do("a").do("stop")
    assert run.waiting == ["undo_a"]
    run.do("undo_a")
    assert run.waiting == ["undo_first"]
    run.do("undo_first")

    assert run.waiting == ["z"]


@SAVED
def test_what_was_done_in_an_event_sub_process_is_undone_with_the_scope_around_it(saving):
    run = Run(
        model(
            "p",
            S,
            user("a"),
            event_sub(
                "es",
                event_start("ess", MESSAGE, interrupting=False),
                user("b"),
                *undone_by("undo_b", "b"),
                flows="ess > b",
            ),
            throw("t", COMPENSATE),
            user("z"),
            flows="s > a > t > z",
        ),
        saving=saving,
    )

    run.send("Message").do("b").do("a")
    assert run.waiting == ["undo_b"]
    run.do("undo_b")

    assert run.waiting == ["z"]
