"""
The workflow patterns of van der Aalst and others, as BPMN models that run.

WCP34, 36 and 39 have no BPMN construct. A pattern's name stands in the test's name. Here they are models in a line
or two, some in several ways; the drawn ones that the page on BPMN support tells of are in `scenarios/patterns.py`.
"""

import pytest

from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    CANCEL,
    ERROR,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    both,
    boundary,
    call,
    cardinality,
    catch,
    completion,
    definitions,
    element,
    end,
    event_start,
    event_sub,
    gateway,
    model,
    multi,
    process,
    script,
    start,
    sub,
    task,
    throw,
    user,
    xor,
)

S, E = start(), end()


def test_wcp01_sequence():
    assert Run(model("p", S, task("a"), task("b"), E, flows="s > a > b > e")).passed("a", "b") == [
        "a",
        "b",
    ]


@pytest.mark.parametrize("split", [both("g"), task("g")], ids=["gateway", "implicit"])
def test_wcp02_parallel_split(split):
    run = Run(model("p", S, split, user("a"), user("b"), flows="s > g; g > a; g > b"))

    assert run.waiting == ["a", "b"]


def test_wcp03_synchronization():
    source = model(
        "p",
        S,
        both("g"),
        user("a"),
        user("b"),
        both("j"),
        user("c"),
        flows="s > g; g > a > j; g > b > j; j > c",
    )

    run = Run(source).do("b")
    assert run.waiting == ["a"]
    assert run.do("a").waiting == ["c"]


def test_wcp04_exclusive_choice_and_wcp05_simple_merge():
    source = model(
        "p",
        S,
        xor("g", default="g--b"),
        task("a"),
        task("b"),
        xor("m"),
        user("c"),
        flows="s > g; g > a ? n > 1; g > b; a > m; b > m; m > c",
    )

    assert Run(source, variables={"n": 2}).passed("a", "b") == ["a"]
    assert Run(source, variables={"n": 0}).passed("a", "b") == ["b"]
    assert Run(source, variables={"n": 0}).waiting == ["c"]


CHOICES = "s > g; g > a ? x; g > b ? y; g > c"


@pytest.mark.parametrize("kind", ["inclusive", "task", "complex"])
def test_wcp06_multi_choice(kind):
    choice = task("g", default="g--c") if kind == "task" else gateway(kind, "g", default="g--c")
    source = model("p", S, choice, user("a"), user("b"), user("c"), flows=CHOICES)

    assert Run(source, variables={"x": True, "y": True}).waiting == ["a", "b"]
    assert Run(source, variables={"x": False, "y": True}).waiting == ["b"]
    assert Run(source, variables={"x": False, "y": False}).waiting == ["c"]


def test_wcp07_structured_synchronizing_merge():
    source = model(
        "p",
        S,
        gateway("inclusive", "g"),
        user("a"),
        user("b"),
        gateway("inclusive", "j"),
        user("c"),
        flows="s > g; g > a ? x; g > b ? y; a > j; b > j; j > c",
    )

    run = Run(source, variables={"x": True, "y": True}).do("a")
    assert run.waiting == ["b"]
    assert run.do("b").waiting == ["c"]
    assert Run(source, variables={"x": True, "y": False}).do("a").waiting == ["c"]


def test_wcp08_multi_merge():
    source = model(
        "p",
        S,
        both("g"),
        task("a"),
        task("b"),
        xor("m"),
        user("c"),
        flows="s > g; g > a > m; g > b > m; m > c",
    )

    assert Run(source).waiting == ["c", "c"]


def discriminator(condition):
    return model(
        "p",
        S,
        both("g"),
        user("a"),
        user("b"),
        user("c"),
        gateway("complex", "j", f"<activationCondition>{condition}</activationCondition>"),
        user("x"),
        flows="s > g; g > a > j; g > b > j; g > c > j; j > x",
    )


def test_wcp09_structured_discriminator_and_wcp28_blocking_discriminator():
    run = Run(discriminator("activationCount &gt;= 1")).do("b")
    assert run.waiting == ["a", "c", "x"]

    run.do("a").do("c").do("x")

    assert run.finished
    assert run.passed("x") == ["x"]


def test_wcp30_structured_partial_join_and_wcp31_and_wcp32():
    run = Run(discriminator("activationCount &gt;= 2")).do("a")
    assert run.waiting == ["b", "c"]
    assert run.do("b").waiting == ["c", "x"]
    assert run.do("c").waiting == ["x"]
    assert run.do("x").finished


def test_wcp10_arbitrary_cycles():
    source = model(
        "p",
        S,
        xor("m1"),
        user("a"),
        xor("m2"),
        user("b"),
        xor("d1", default="d1--m2"),
        xor("d2", default="d2--e"),
        E,
        flows="s > m1 > a > d1; d1 > m1 ? back; d1 > m2 > b > d2; d2 > m1 ? again; d2 > e",
    )

    run = Run(source).do("a", back=True).do("a", back=False).do("b", again=True)
    assert run.waiting == ["a"]
    assert run.do("a").do("b", again=False).finished


def test_wcp11_implicit_termination():
    run = Run(model("p", S, both("g"), user("a"), user("b"), flows="s > g; g > a; g > b"))

    assert not run.do("a").finished
    assert run.do("b").finished


def test_wcp12_multiple_instances_without_synchronization():
    loop = (
        "<multiInstanceLoopCharacteristics behavior='None' noneBehaviorEventRef='sd'>"
        "<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    source = definitions(
        "<signal id='sig' name='Signal'/><signalEventDefinition id='sd' signalRef='sig'/>",
        process(
            "p",
            S,
            user("m", loop),
            boundary("b", "m", SIGNAL, interrupting=False),
            user("next"),
            flows="s > m; b > next",
        ),
    )

    run = Run(source).do("m")
    assert run.waiting == ["m", "m", "next"]
    assert run.do("m").waiting == ["m", "next", "next"]


def test_wcp13_and_wcp14_multiple_instances_with_a_known_number():
    source = model("p", S, user("m", multi(cardinality("n"))), user("x"), flows="s > m > x")

    run = Run(source, variables={"n": 3})
    assert run.waiting == ["m", "m", "m"]
    assert run.do("m").do("m").do("m").waiting == ["x"]


def test_wcp15_multiple_instances_without_a_known_number():
    source = model(
        "p",
        S,
        user("main"),
        boundary("b", "main", MESSAGE, interrupting=False),
        user("more"),
        flows="s > main; b > more",
    )

    run = Run(source)
    for _ in range(3):
        run.send("Message")
    assert run.waiting == ["main", "more", "more", "more"]


def test_wcp15_a_collection_that_grows_while_it_is_worked_through():
    source = model(
        "p",
        S,
        user("m", multi(rutin__collection="items", rutin__elementVariable="item")),
        user("x"),
        flows="s > m > x",
    )

    run = Run(source, variables={"items": ["a", "b"]}).do("m", items=["a", "b", "c"])
    assert run.waiting == ["m", "m"]
    assert run.do("m").do("m").waiting == ["x"]


def test_wcp16_deferred_choice():
    source = model(
        "p",
        S,
        gateway("eventBased", "g"),
        catch("one", MESSAGE),
        catch("two", SIGNAL),
        user("a"),
        user("b"),
        flows="s > g; g > one > a; g > two > b",
    )

    run = Run(source)
    assert run.listening == ["one", "two"]
    run.send("Message")
    assert (run.waiting, run.listening) == (["a"], [])


def ad_hoc(*content, ordering="Parallel", condition="False", **attributes):
    return element(
        "adHocSubProcess", "ah", *content, completion(condition), ordering=ordering, **attributes
    )


def test_wcp17_interleaved_parallel_routing_and_wcp40_interleaved_routing():
    source = model(
        "p",
        S,
        ad_hoc(user("a"), user("b"), user("c"), ordering="Sequential"),
        user("x"),
        flows="s > ah > x",
    )

    run = Run(source)
    for name in ("a", "b", "c"):
        assert run.waiting == [name]
        run.do(name)
    assert run.waiting == ["x"]


def test_wcp17_ad_hoc_activities_in_any_order():
    source = model("p", S, ad_hoc(user("a"), user("b")), user("x"), flows="s > ah > x")

    run = Run(source).do("b")
    assert run.waiting == ["a"]
    assert run.do("a").waiting == ["x"]


def test_an_ad_hoc_sub_process_ends_when_its_condition_is_true():
    source = model(
        "p", S, ad_hoc(user("a"), user("b"), condition="enough"), user("x"), flows="s > ah > x"
    )

    assert Run(source).do("a", enough=True).waiting == ["x"]


def test_wcp18_milestone():
    source = model(
        "p",
        S,
        both("g"),
        user("b"),
        boundary("gone", "b", SIGNAL),
        user("a"),
        throw("t", SIGNAL),
        task("a2"),
        task("expired"),
        flows="s > g; g > b; g > a > t > a2; gone > expired",
    )

    run = Run(source).do("a")
    assert run.finished
    assert sorted(run.passed("a2", "expired")) == ["a2", "expired"]


def test_wcp19_cancel_task():
    source = model("p", S, user("a"), boundary("b", "a", ERROR), user("x"), flows="s > a; b > x")

    run = Run(source)
    assert run.fail("a", "E1")
    assert run.waiting == ["x"]


def test_wcp20_cancel_case():
    source = model(
        "p",
        S,
        both("g"),
        user("a"),
        user("b"),
        end("t", TERMINATE),
        flows="s > g; g > a; g > b > t",
    )

    run = Run(source).do("b")
    assert run.finished


def test_wcp21_structured_loop():
    loop = "<standardLoopCharacteristics{}><loopCondition>n &lt; {}</loopCondition></standardLoopCharacteristics>"
    source = model(
        "p",
        S,
        script("w", "n = n + 1", loop.format(" testBefore='true'", 0)),
        script("r", "n = n + 1", loop.format("", 2)),
        flows="s > w > r",
    )

    run = Run(source, variables={"n": 0})
    assert run.finished
    assert run.variables["n"] == 2


def test_wcp22_recursion():
    source = definitions(
        process(
            "p",
            S,
            script("a", "n = n - 1"),
            xor("g", default="g--e"),
            call("c", "p"),
            E,
            flows="s > a > g; g > c ? n > 0; g > e",
        )
    )

    run = Run(source, variables={"n": 3})
    assert run.finished
    assert run.passed("a") == ["a"] * 3


def test_wcp23_transient_trigger():
    source = model("p", S, user("u"), catch("c", SIGNAL), user("x"), flows="s > u > c > x")

    run = Run(source).signal("Signal").do("u")
    assert run.waiting == []
    assert run.signal("Signal").waiting == ["x"]


def test_wcp24_persistent_trigger_the_wait_says_which_message_it_wants():
    source = model("p", S, user("u"), catch("c", MESSAGE), user("x"), flows="s > u > c > x")

    run = Run(source).do("u")
    assert run.listening == ["c"]
    assert run.send("Message").waiting == ["x"]


def test_wcp25_cancel_region():
    inner = sub("sp", both("f"), user("a"), user("b"), flows="f > a; f > b")
    source = model(
        "p",
        S,
        inner,
        boundary("x", "sp", SIGNAL),
        user("after"),
        user("normal"),
        flows="s > sp > normal; x > after",
    )

    assert Run(source).do("a").signal("Signal").waiting == ["after"]


def test_wcp26_cancel_multiple_instance_activity():
    source = model(
        "p",
        S,
        user("m", multi(cardinality("3"))),
        boundary("x", "m", MESSAGE),
        user("after"),
        flows="s > m; x > after",
    )

    assert Run(source).do("m").send("Message").waiting == ["after"]


@pytest.mark.parametrize("condition", ["True", "numberOfCompletedInstances >= 1"])
def test_wcp27_complete_multiple_instance_activity(condition):
    loop = multi(cardinality("3") + completion(condition))
    run = Run(model("p", S, user("m", loop), user("x"), flows="s > m > x")).do("m")

    assert run.waiting == ["x"]


def test_wcp29_cancelling_discriminator():
    inner = sub(
        "sp",
        both("f"),
        user("a"),
        user("b"),
        end("e1", TERMINATE),
        end("e2", TERMINATE),
        flows="f > a > e1; f > b > e2",
    )

    assert Run(model("p", S, inner, user("x"), flows="s > sp > x")).do("a").waiting == ["x"]


def test_wcp33_generalised_and_join():
    source = model(
        "p",
        S,
        both("g"),
        both("g1"),
        both("g2"),
        task("a1"),
        task("a2"),
        task("b1"),
        task("b2"),
        xor("m1"),
        xor("m2"),
        both("j"),
        task("x"),
        flows="s > g; g > g1; g > g2; g1 > a1 > m1; g1 > a2 > m1; g2 > b1 > m2; g2 > b2 > m2; "
        "m1 > j; m2 > j; j > x",
    )

    run = Run(source)
    assert run.passed("x") == ["x", "x"]
    assert run.finished


def test_wcp35_cancelling_partial_join_for_multiple_instances():
    loop = multi(cardinality("3") + completion("numberOfCompletedInstances >= 2"))
    run = Run(model("p", S, user("m", loop), user("x"), flows="s > m > x")).do("m")

    assert run.waiting == ["m", "m"]
    assert run.do("m").waiting == ["x"]


def test_wcp37_local_synchronizing_merge():
    source = model(
        "p",
        S,
        gateway("inclusive", "o"),
        user("a"),
        both("g"),
        user("b"),
        user("c"),
        gateway("inclusive", "j"),
        task("x"),
        task("y"),
        flows="s > o; o > a ? x1; o > g ? x2; g > b; g > c; a > j; b > j; c > y; j > x",
    )

    run = Run(source, variables={"x1": True, "x2": True}).do("a")
    assert run.passed("x") == []
    run.do("c")
    assert run.passed("x", "y") == ["y"]
    run.do("b")
    assert run.finished
    assert run.passed("x") == ["x"]
    assert Run(source, variables={"x1": True, "x2": False}).do("a").passed("x") == ["x"]


def test_wcp38_general_synchronizing_merge():
    source = model(
        "p",
        S,
        gateway("inclusive", "o"),
        user("a"),
        xor("m"),
        user("b"),
        xor("d", default="d--j"),
        gateway("inclusive", "j"),
        task("x"),
        flows="s > o; o > a ? True; o > m ? True; m > b > d; d > m ? again; d > j; a > j; j > x",
    )

    run = Run(source).do("a")
    assert run.passed("x") == []
    run.do("b", again=True)
    assert (run.passed("x"), run.waiting) == ([], ["b"])
    assert run.do("b", again=False).passed("x") == ["x"]


def test_wcp41_thread_merge():
    source = model(
        "p",
        S,
        both("g"),
        user("a"),
        user("b"),
        xor("m"),
        task("x", startQuantity="2"),
        flows="s > g; g > a > m; g > b > m; m > x",
    )

    run = Run(source).do("a")
    assert run.passed("x") == []
    assert run.do("b").passed("x") == ["x"]
    assert run.finished


def test_wcp42_thread_split():
    run = Run(model("p", S, task("a", completionQuantity="2"), task("x"), flows="s > a > x"))

    assert run.passed("a", "x") == ["a", "x", "x"]


def test_wcp43_explicit_termination():
    run = Run(
        model(
            "p",
            S,
            both("g"),
            user("a"),
            user("b"),
            end("t", TERMINATE),
            flows="s > g; g > a > t; g > b",
        )
    )

    assert run.do("a").finished


def test_transactions_cancel_and_event_sub_processes_are_used():
    """Kept here so that the imports of the patterns say what BPMN has for cancelling."""
    inner = element(
        "transaction", "tx", start("ts"), user("a"), end("c", CANCEL), flows="ts > a > c"
    )
    handler = event_sub("es", event_start("es1", SIGNAL), task("h"), flows="es1 > h")
    source = model(
        "p", S, inner, boundary("b", "tx", CANCEL), user("x"), handler, flows="s > tx; b > x"
    )

    assert Run(source).do("a").waiting == ["x"]
    assert Run(source).signal("Signal").finished
