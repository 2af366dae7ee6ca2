"""Constructs of BPMN 2.0 that meet: several events at once, what fails after something was done, and the like."""

import pytest

from bpmn.limits import Limits
from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    ESCALATION,
    HEAD,
    MESSAGE,
    SIGNAL,
    both,
    boundary,
    cardinality,
    catch,
    completion,
    condition,
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
    timer,
    user,
    xor,
)

S = start()
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


@SAVED
def test_what_is_no_answer_whether_an_ad_hoc_sub_process_ends_is_asked_again(saving):
    run = Run(
        model(
            "p",
            S,
            both("f"),
            element("adHocSubProcess", "o", user("a"), user("b"), completion("ready")),
            user("set"),
            user("z"),
            flows="s > f; f > set; f > o > z",
        ),
        saving=saving,
    )

    run.do("a", ready=5)
    assert [each.element.id for each in run.workflow.standing() if each.state == "incident"] == [
        "o"
    ]
    run.do("b")
    assert run.waiting == ["set"]
    run.retry("o")
    assert "neither true nor false" in run.failures[0]
    run.do("set", ready=True)
    run.retry("o")

    assert run.waiting == ["z"]


@SAVED
def test_a_late_token_at_a_complex_gateway_does_not_end_a_sequential_ad_hoc_sub_process(saving):
    run = Run(
        model(
            "p",
            S,
            element(
                "adHocSubProcess",
                "o",
                user("a"),
                user("b"),
                user("c"),
                element("complexGateway", "g", "<activationCondition>True</activationCondition>"),
                user("last"),
                flows="a > b > g; a > c > g",
                ordering="Sequential",
            ),
            user("z"),
            flows="s > o > z",
        ),
        saving=saving,
    )

    run.do("a").do("b").do("c")

    assert run.waiting == ["last"]


# ---------------------------------------------------------------- several events


@SAVED
def test_an_event_beside_a_time_that_has_come_can_still_happen(saving):
    run = Run(
        model(
            "p",
            S,
            user("a"),
            boundary("b", "a", timer("PT1H") + MESSAGE, interrupting=False),
            user("h"),
            flows="s > a; b > h",
        ),
        saving=saving,
    )

    run.pass_time(hours=2)
    assert run.listening == ["b"]
    run.send("Message").send("Message")

    assert run.waiting == ["a", "h", "h", "h"]


@SAVED
def test_times_that_were_waited_for_together_do_not_come_again(saving):
    together = boundary("b", "a", timer("PT1H") + MESSAGE, interrupting=False)
    together = together.replace("<boundaryEvent", "<boundaryEvent parallelMultiple='true'")
    source = model("p", S, user("a"), together, user("h"), flows="s > a; b > h")

    for first in ("time", "message"):
        run = Run(source, saving=saving)
        if first == "time":
            run.pass_time(hours=2).send("Message")
        else:
            run.send("Message").pass_time(hours=2)

        assert run.waiting == ["a", "h"]
        assert run.listening == []


@SAVED
def test_of_several_events_of_an_instance_that_stop_the_activity_the_first_happens(saving):
    implied = "".join(
        f"<complexBehaviorDefinition><condition>True</condition><event id='i{number}'>{event}</event>"
        "</complexBehaviorDefinition>"
        for number, event in enumerate((SIGNAL, ESCALATION))
    )
    run = Run(
        model(
            "p",
            S,
            user("a", multi(cardinality("3") + implied, behavior="Complex")),
            boundary("b1", "a", SIGNAL),
            boundary("b2", "a", ESCALATION),
            user("one"),
            user("two"),
            flows="s > a; b1 > one; b2 > two",
        ),
        saving=saving,
    )

    run.do("a")

    assert run.waiting == ["one"]


# ---------------------------------------------------------------- what fails after something was done


@SAVED
def test_a_script_whose_way_on_cannot_be_chosen_has_changed_nothing(saving):
    run = Run(
        model("p", S, script("a", "n = n + 1"), user("z"), flows="s > a; a > z ? flag"),
        variables={"n": 1},
        saving=saving,
    )

    run.retry("a")

    assert run.failures
    assert run.variables == {"n": 1}


@SAVED
def test_a_send_task_whose_way_on_cannot_be_chosen_has_sent_nothing(saving):
    run = Run(
        model(
            "p",
            S,
            both("f"),
            user("set"),
            element("sendTask", "a", messageRef="msg"),
            user("z"),
            flows="s > f; f > set; f > a; a > z ? flag",
        ),
        saving=saving,
    )
    assert run.thrown == []

    run.do("set", flag=True)
    run.retry("a")

    assert run.thrown == ["Message"]


@SAVED
def test_what_an_event_has_thrown_before_it_failed_is_not_thrown_again(saving):
    run = Run(
        definitions(
            HEAD,
            "<signal id='named' name='${name}'/>",
            process(
                "p",
                S,
                both("f"),
                user("set"),
                throw("t", MESSAGE + SIGNAL.replace("sigR", "R").replace("'sig'", "'named'")),
                user("z"),
                flows="s > f; f > set; f > t > z",
            ),
        ),
        saving=saving,
    )
    assert run.thrown == ["Message"]

    run.do("set", name="N")
    run.retry("t")

    assert run.thrown == ["N"]


@SAVED
def test_the_outputs_of_a_round_are_set_once_although_asking_for_another_failed(saving):
    run = Run(
        model(
            "p",
            S,
            both("f"),
            user("set"),
            user(
                "a",
                "<extensionElements><camunda:inputOutput>"
                "<camunda:outputParameter name='total'>${total + amount}</camunda:outputParameter>"
                "</camunda:inputOutput></extensionElements>",
                "<standardLoopCharacteristics><loopCondition>more</loopCondition>"
                "</standardLoopCharacteristics>",
            ),
            user("z"),
            flows="s > f; f > set; f > a > z",
        ),
        variables={"total": 0},
        saving=saving,
    )

    run.do("a", amount=5)
    assert run.failures
    run.retry("a")
    run.do("set", more=False)
    run.retry("a")

    assert run.waiting == ["z"]
    assert run.variables["total"] == 5


# ---------------------------------------------------------------- repetition


@SAVED
def test_the_way_on_is_chosen_by_the_results_of_all_instances(saving):
    of_all = multi(
        camunda__collection="items",
        camunda__elementVariable="item",
        rutin__outputCollection="results",
        rutin__outputElement="double",
    )
    run = Run(
        model(
            "p",
            S,
            script("a", "double = item * 2", of_all),
            user("z"),
            flows="s > a; a > z ? results == [2, 4]",
        ),
        variables={"items": [1, 2]},
        saving=saving,
    )

    assert run.waiting == ["z"]


@SAVED
@pytest.mark.parametrize("maximum", ["'many'", "1.5", "-1", "[1]"])
def test_a_maximum_of_rounds_that_is_no_number_is_an_incident(maximum, saving):
    loop = f'<standardLoopCharacteristics loopMaximum="{maximum}"/>'
    run = Run(model("p", S, user("a", loop), flows="s > a"), saving=saving)

    run.do("a")

    assert "not a whole number" in run.failures[0]
    assert not run.finished


def test_what_had_no_turn_goes_on_in_the_same_order_with_saving_and_without():
    def went(saving):
        run = Run(
            model(
                "p",
                S,
                both("f"),
                catch("c", condition("x == 1")),
                script("set", "x = 1"),
                sub("o", start("os"), task("inner"), flows="os > inner"),
                task("more"),
                task("last"),
                flows="s > f; f > c; f > set > more; f > o; f > last",
            ),
            variables={"x": 0},
            limits=Limits(steps=4),
            saving=saving,
        )
        while failed := [v for v in run.workflow.standing() if v.state == "incident"]:
            run.retry(failed[0].element.id)
        return run.trace

    assert "c" in went(saving=True)
    assert went(saving=True) == went(saving=False)


def test_gateways_that_can_go_on_at_once_do_so_in_the_same_order_with_saving_and_without():
    def branches(level):
        """Return elements of which a signal takes away what an inclusive gateway has waited for."""
        return (
            both(f"f{level}"),
            catch(f"c{level}", SIGNAL),
            xor(f"x{level}", default=f"x{level}--e{level}"),
            end(f"e{level}"),
            gateway("inclusive", f"j{level}"),
        )

    def flows(level):
        return (
            f"f{level} > c{level} > x{level}; x{level} > e{level}; x{level} > j{level} ? x == 1; "
            f"f{level} > j{level}"
        )

    def went(saving):
        inside = sub("n", start("ns"), user("a"), *branches(2), flows=f"ns > a > f2; {flows(2)}")
        source = model(
            "p",
            S,
            both("f"),
            inside,
            *branches(1),
            flows=f"s > f; f > n; f > f1; {flows(1)}",
        )
        return Run(source, variables={"x": 0}, saving=saving).do("a").signal("Signal").trace

    assert went(saving=True) == went(saving=False)
