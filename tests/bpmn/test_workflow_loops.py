"""Activities that are done again: multi-instance and standard loops."""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    HEAD,
    both,
    boundary,
    cardinality,
    completion,
    definitions,
    element,
    end,
    model,
    multi,
    process,
    script,
    start,
    timer,
    user,
)

S, E = start(), end()
OVER = {"rutin__collection": "items", "rutin__elementVariable": "item"}
INTO = {"rutin__outputCollection": "results", "rutin__outputElement": "answer"}

# ---------------------------------------------------------------- multi-instance


def test_results_stand_in_the_order_of_the_items():
    source = model("p", S, user("m", multi(**OVER, **INTO)), user("x"), flows="s > m > x")

    run = Run(source, variables={"items": ["a", "b", "c"]})
    tokens = {wait.token for wait in run.workflow.waits()}
    for number, token in enumerate(sorted(tokens, reverse=True)):
        run.workflow.complete(token, {"answer": number}, now=run.now)
        run._keep()

    assert run.waiting == ["x"]
    assert run.variables["results"] == [2, 1, 0]


def test_what_an_instance_has_of_its_own_does_not_leak():
    source = model("p", S, user("m", multi(**OVER, **INTO)), user("x"), flows="s > m > x")

    run = Run(source, variables={"items": ["a"]}).do("m", answer=1)

    assert run.variables == {"items": ["a"], "results": [1]}


def test_sequential_instances_come_one_after_the_other():
    source = model(
        "p",
        S,
        user("m", multi(isSequential="true", **OVER, **INTO), rutin__assignee="=item"),
        user("x"),
        flows="s > m > x",
    )

    run = Run(source, variables={"items": ["ada", "bo"]})
    assert [each.assignment.assignee for each in run.happened.opened] == ["ada"]
    run.do("m", answer=1)
    assert [each.assignment.assignee for each in run.happened.opened] == ["bo"]
    assert run.do("m", answer=2).variables["results"] == [1, 2]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_no_items_are_no_instances(sequential):
    source = model(
        "p", S, user("m", multi(isSequential=sequential, **OVER)), user("x"), flows="s > m > x"
    )

    run = Run(source, variables={"items": []})
    assert run.waiting == ["x"]
    assert run.trace == ["s", "m"]


def test_a_sequence_with_nothing_in_it_goes_on():
    source = model(
        "p", S, user("m", multi(isSequential="true", **OVER)), user("x"), flows="s > m > x"
    )

    run = Run(source, variables={"items": [None, "b"]}).do("m").do("m")
    assert run.waiting == ["x"]


def test_instances_of_sub_processes_and_calls_have_scopes_of_their_own():
    inner = element(
        "subProcess",
        "sp",
        multi(**OVER),
        start("is"),
        user("u", rutin__assignee="=item"),
        flows="is > u",
    )
    run = Run(model("p", S, inner, user("x"), flows="s > sp > x"), variables={"items": ["a", "b"]})
    assert [each.assignment.assignee for each in run.happened.opened] == ["a", "b"]
    assert run.do("u").do("u").waiting == ["x"]

    source = definitions(
        process(
            "p",
            S,
            element("callActivity", "c", multi(**OVER), calledElement="q"),
            user("x"),
            flows="s > c > x",
        ),
        process("q", user("u", rutin__assignee="=item")),
    )
    run = Run(source, variables={"items": ["a", "b"]})
    assert [each.assignment.assignee for each in run.happened.opened] == ["a", "b"]
    assert run.do("u").do("u").waiting == ["x"]


def test_counts_can_be_asked_for():
    condition = completion("numberOfCompletedInstances / numberOfInstances >= 0.5")
    run = Run(
        model("p", S, user("m", multi(cardinality("4") + condition)), user("x"), flows="s > m > x")
    )

    assert run.do("m").waiting == ["m", "m", "m"]
    assert run.do("m").waiting == ["x"]


def test_the_standards_own_words_for_collections():
    loop = multi(
        "<loopDataInputRef>DR</loopDataInputRef><loopDataOutputRef>out</loopDataOutputRef>"
        "<inputDataItem id='i1' name='item'/><outputDataItem id='o1' name='answer'/>"
    )
    source = model(
        "p",
        "<dataObject id='DO' name='items'/><dataObjectReference id='DR' dataObjectRef='DO'/>",
        S,
        script("fill", "items = [1, 2]"),
        script("m", "answer = item * 10", loop),
        user("x"),
        flows="s > fill > m > x",
    )

    assert Run(source).variables["out"] == [10, 20]


def test_one_is_thrown_at_the_first_instance():
    loop = (
        "<multiInstanceLoopCharacteristics behavior='One' oneBehaviorEventRef='sd'>"
        "<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    source = definitions(
        HEAD,
        "<signalEventDefinition id='sd' signalRef='sig'/>",
        process(
            "p",
            S,
            user("m", loop),
            boundary("b", "m", "<signalEventDefinition signalRef='sig'/>", interrupting=False),
            user("first"),
            flows="s > m; b > first",
        ),
    )

    assert Run(source).do("m").do("m").waiting == ["first", "m"]


def test_a_million_instances_are_an_incident():
    run = Run(model("p", S, user("m", multi(cardinality("1000000"))), flows="s > m"))

    assert "1000000 instances" in run.failures[0]


def test_a_wrong_number_of_instances_is_an_incident_that_can_be_retried():
    source = model(
        "p",
        S,
        both("f"),
        user("m", multi(cardinality("n"))),
        user("mend"),
        flows="s > f; f > m; f > mend",
    )

    run = Run(source, variables={"n": "many"})
    assert run.failures
    run.do("mend", n=2)
    assert run.retry("m").waiting == ["m", "m"]


def test_a_thousand_instances():
    run = Run(model("p", S, user("m", multi(cardinality("1000"))), user("x"), flows="s > m > x"))
    for wait in run.workflow.waits():
        run.workflow.complete(wait.token, {}, now=run.now)
    run._keep()

    assert run.waiting == ["x"]


# ---------------------------------------------------------------- standard loops


@pytest.mark.parametrize(
    ("attributes", "condition", "rounds"),
    [
        ("", "n < 3", 3),
        (" testBefore='true'", "n < 3", 3),
        (" testBefore='true'", "n < 0", 0),
        ("", "n < 0", 1),
        (" loopMaximum='2'", "True", 2),
        (" testBefore='true' loopMaximum='2'", "n < 9", 2),
    ],
)
def test_a_standard_loop(attributes, condition, rounds):
    loop = (
        f"<standardLoopCharacteristics{attributes}><loopCondition>{condition.replace('<', '&lt;')}"
        "</loopCondition></standardLoopCharacteristics>"
    )
    run = Run(model("p", S, script("x", "n = n + 1", loop), flows="s > x"), variables={"n": 0})

    assert (run.finished, run.variables["n"]) == (True, rounds)


def test_a_loop_of_user_tasks_is_left_when_its_condition_is_false():
    loop = "<standardLoopCharacteristics><loopCondition>again</loopCondition></standardLoopCharacteristics>"
    run = Run(model("p", S, user("a", loop), user("x"), flows="s > a > x"))

    assert run.do("a", again=True).waiting == ["a"]
    assert run.do("a", again=False).waiting == ["x"]


def test_a_boundary_event_stops_all_rounds():
    source = model(
        "p",
        S,
        user("m", multi(cardinality("3"))),
        boundary("b", "m", timer("PT1H")),
        user("late"),
        flows="s > m; b > late",
    )

    assert Run(source).do("m").pass_time(hours=1).waiting == ["late"]


# ---------------------------------------------------------------- what fails between two rounds


def test_a_completion_condition_that_failed_is_asked_again_for_all_rounds_that_came_back():
    source = model(
        "p",
        S,
        both("g"),
        user("m", multi(cardinality("3") + completion("numberOfCompletedInstances == enough"))),
        user("say"),
        user("x"),
        flows="s > g > m > x; g > say",
    )

    run = Run(source).do("m")
    assert ["no variable 'enough'" in each for each in run.failures] == [True]
    assert (run.do("m").failures, run.waiting) == ([], ["m", "say"])
    run.do("say", enough=2).retry("m")
    assert run.waiting == ["x"]


def test_a_round_is_not_lost_when_the_next_one_cannot_begin():
    source = model(
        "p",
        S,
        user("m", multi(isSequential="true", **OVER, **INTO)),
        user("x"),
        flows="s > m > x",
    )

    run = Run(source, variables={"items": ["a", "b"]}).do("m", answer=1, items=["a"])
    assert run.failures == ["The collection of a multi-instance activity has no item 2 any more."]
    assert run.retry("m").waiting == []
    assert run.passed("m") == ["m"]


@pytest.mark.parametrize("maximum", ["many", "2.7", "[3]", "true"])
def test_a_number_of_rounds_that_is_none_is_an_incident(maximum):
    looping = (
        f'<standardLoopCharacteristics loopMaximum="{maximum}"><loopCondition>true</loopCondition>'
        "</standardLoopCharacteristics>"
    )

    run = Run(model("p", element("scriptTask", "a", looping)), variables={"many": "several"})

    assert run.failures == ["The number of rounds of a loop is not a whole number."]
