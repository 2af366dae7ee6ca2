"""Constructs of BPMN 2.0 that meet: several events at once, what is undone within what is undone, and the like."""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    boundary,
    both,
    catch,
    condition,
    end,
    gateway,
    model,
    start,
    user,
)

S, E = start(), end()
SAVED = pytest.mark.parametrize("saving", [True, False])


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
