"""Where tokens go: sequences, decisions, parallel branches, loops."""

import pytest

from bpmn.errors import NoSuchWait
from bpmn.limits import Limits
from bpmn.moments import WorkingDays
from bpmn.values import InvalidValue
from tests.bpmn.running import NOW, Run
from tests.bpmn.sketch import (
    both,
    call,
    definitions,
    element,
    end,
    model,
    process,
    script,
    start,
    sub,
    task,
    user,
    xor,
)


def test_a_process_without_waits_runs_to_its_end():
    run = Run(model("p", start(), element("task", "t"), end(), flows="s > t > e"))

    assert run.finished
    assert run.trace == ["s", "t", "e"]


def test_a_user_task_waits_until_it_is_completed():
    run = Run(model("p", start(), user("a"), user("b"), end(), flows="s > a > b > e"))

    assert run.waiting == ["a"]
    run.do("a", answer=42)

    assert run.waiting == ["b"]
    assert run.variables == {"answer": 42}
    assert run.do("b").finished


def test_a_manual_task_waits_for_a_person_too():
    run = Run(model("p", start(), element("manualTask", "m"), end(), flows="s > m > e"))

    assert run.waiting == ["m"]
    assert run.do("m").finished


def test_a_path_may_end_without_an_end_event():
    run = Run(model("p", start(), user("a"), flows="s > a"))

    assert run.do("a").finished


def test_a_process_may_begin_without_a_start_event():
    run = Run(model("p", user("a"), user("b"), end(), flows="a > e; b > e"))

    assert run.waiting == ["a", "b"]


@pytest.mark.parametrize(("amount", "reached"), [(50, "small"), (100, "large"), (2000, "huge")])
def test_an_exclusive_gateway_takes_the_first_true_condition(amount, reached):
    source = model(
        "p",
        start(),
        xor("g", default="g--small"),
        user("small"),
        user("large"),
        user("huge"),
        flows="s > g; g > small; g > huge ? amount > 1000; g > large ? amount >= 100",
    )

    assert Run(source, variables={"amount": amount}).waiting == [reached]


@pytest.mark.parametrize(("n", "reached"), [(2, "b"), (0, "a")])
def test_the_only_way_without_a_condition_is_the_default_wherever_it_stands(n, reached):
    source = model(
        "p", start(), xor("g"), user("a"), user("b"), flows="s > g; g > a; g > b ? n > 1"
    )

    assert Run(source, variables={"n": n}).waiting == [reached]


def test_without_a_true_condition_and_a_default_the_gateway_is_an_incident():
    source = model(
        "p", start(), xor("g"), user("a"), user("b"), flows="s > g; g > a ? n > 1; g > b ? n > 2"
    )

    run = Run(source, variables={"n": 0})

    assert run.waiting == []
    assert "No condition after 'g' is true" in run.failures[0]
    assert not run.finished


def test_a_condition_that_is_neither_true_nor_false_is_an_incident():
    source = model(
        "p",
        start(),
        xor("g", default="g--b"),
        user("a"),
        user("b"),
        flows="s > g; g > a ? n; g > b",
    )

    assert "neither true nor false" in Run(source, variables={"n": 5}).failures[0]


def test_several_flows_out_of_a_task_are_taken_together():
    run = Run(model("p", start(), user("a"), user("b"), user("c"), flows="s > a; a > b; a > c"))

    assert run.do("a").waiting == ["b", "c"]


def test_an_exclusive_merge_passes_every_token():
    source = model(
        "p",
        start(),
        both("split"),
        user("a"),
        user("b"),
        xor("merge"),
        user("c"),
        flows="s > split; split > a > merge; split > b > merge; merge > c",
    )

    run = Run(source).do("a").do("b")

    assert run.waiting == ["c", "c"]


REVIEW = model(
    "p",
    start(),
    xor("again"),
    both("split"),
    user("a"),
    user("b"),
    both("join"),
    xor("ok", default="ok--again"),
    end(),
    flows="s > again > split; split > a > join; split > b > join; join > ok; ok > again; "
    "ok > e ? approved",
)


def test_a_parallel_join_waits_for_every_branch_in_every_round():
    run = Run(REVIEW)
    for _ in range(3):
        run.do("b", approved=False)
        assert run.waiting == ["a"], "one of two has come"
        run.do("a")
        assert run.waiting == ["a", "b"], "both have come: the next round"

    run.do("a").do("b", approved=True)

    assert run.finished


def test_a_second_token_on_one_flow_stays_for_the_next_round():
    source = model(
        "p",
        start(),
        both("split"),
        user("a1"),
        user("a2"),
        user("b"),
        xor("merge"),
        both("join"),
        user("c"),
        flows="s > split; split > a1 > merge; split > a2 > merge; merge > join; split > b > join; "
        "join > c",
    )

    run = Run(source).do("a1").do("a2")
    assert run.waiting == ["b"]
    run.do("b")

    assert run.waiting == ["c"]
    run.do("c")
    assert "waits for a token that cannot come" in run.failures[0]


def test_two_flows_between_the_same_elements_are_two_flows():
    source = definitions(
        process(
            "p",
            start(),
            both("split"),
            both("join"),
            user("a"),
            '<sequenceFlow id="one" sourceRef="split" targetRef="join"/>',
            '<sequenceFlow id="two" sourceRef="split" targetRef="join"/>',
            flows="s > split; join > a",
        )
    )

    assert Run(source).waiting == ["a"]


def test_flows_without_ids_are_flows():
    source = definitions(
        process(
            "p",
            start(),
            user("a"),
            '<sequenceFlow sourceRef="s" targetRef="a"/>',
        )
    )

    assert Run(source).waiting == ["a"]


@pytest.mark.parametrize("name", ["Start", "End", "Root", "p.EndJoin"])
def test_ids_that_spiffworkflow_uses_itself_are_free(name):
    assert Run(model("p", user(name), flows="")).waiting == [name]


def test_a_deadlock_is_told_instead_of_standing_still_for_ever():
    source = model(
        "p",
        start(),
        xor("g", default="g--j"),
        user("a"),
        both("j"),
        end(),
        flows="s > g; g > a ? False; g > j; a > j; j > e",
    )

    run = Run(source)

    assert run.failures == ["'j' waits for a token that cannot come any more."]


def test_a_wait_ends_once():
    run = Run(model("p", start(), user("a"), user("b"), flows="s > a > b"))
    token = run.workflow.waits()[0].token
    run.do("a")

    with pytest.raises(NoSuchWait):
        run.workflow.complete(token, {}, now=NOW)


def test_what_cannot_be_kept_is_refused_and_nothing_is_changed():
    run = Run(model("p", start(), user("a"), end(), flows="s > a > e"))
    token = run.workflow.waits()[0].token
    before = run.workflow.dump()

    for variables in ({"_secret": 1}, {"": 1}, {"x": object()}, {"x": "\0"}, {"x": "\ud800"}):
        with pytest.raises(InvalidValue):
            run.workflow.complete(token, variables, now=NOW)

    assert run.workflow.dump() == before


# ---------------------------------------------------------------- scopes


def test_a_sub_process_is_left_when_its_last_token_is_gone():
    inner = sub("sub", start("is"), both("f"), user("x"), user("y"), flows="is > f; f > x; f > y")
    run = Run(model("p", start(), inner, user("after"), flows="s > sub > after"))

    assert run.do("x").waiting == ["y"]
    assert run.do("y").waiting == ["after"]
    assert run.trace.index("sub") > run.trace.index("y")


def test_sub_processes_nest():
    innermost = sub("inner", user("a"))
    run = Run(model("p", start(), sub("outer", innermost), end(), flows="s > outer > e"))

    assert run.do("a", n=1).finished
    assert run.variables == {"n": 1}


def test_an_empty_sub_process_is_passed():
    assert Run(model("p", start(), sub("sub"), user("a"), flows="s > sub > a")).waiting == ["a"]


def test_a_called_process_takes_the_variables_and_gives_them_back():
    source = definitions(
        process("p", start(), call("c", "q"), user("after"), flows="s > c > after"),
        process("q", script("double", "n = n * 2"), user("inside"), flows="double > inside"),
    )

    run = Run(source, variables={"n": 4})
    assert run.waiting == ["inside"]
    assert run.variables == {"n": 4}, "what is called has variables of its own"
    run.do("inside", extra=True)

    assert run.waiting == ["after"]
    assert run.variables == {"n": 8, "extra": True}


def test_a_called_process_gives_back_only_what_it_has_set():
    source = definitions(
        process("p", start(), both("f"), call("c", "q"), user("u"), flows="s > f; f > c; f > u"),
        process("q", user("inside")),
    )

    run = Run(source, variables={"status": "old"}).do("u", status="new").do("inside", extra=1)

    assert run.variables == {"status": "new", "extra": 1}


def test_a_called_process_that_is_not_installed_is_an_incident_that_can_be_retried():
    run = Run(model("p", start(), call("c", "missing"), end(), flows="s > c > e"))

    assert run.failures == ["The routine 'missing' that is called here is not installed."]
    assert run.retry("c").failures == run.failures


def test_a_process_that_calls_itself_for_ever_is_an_incident():
    run = Run(model("p", start(), call("c", "p"), flows="s > c"), limits=Limits(depth=10))

    assert "nested more than 10 deep" in run.failures[0]


# ---------------------------------------------------------------- scripts and budgets


def test_a_script_sets_variables_and_says_which():
    run = Run(
        model("p", start(), script("x", "total = price * 3"), flows="s > x"),
        variables={"price": 7},
    )

    assert run.variables == {"price": 7, "total": 21}
    assert [dict(each.wrote) for each in run.happened.visits] == [{}, {"total": 21}]


@pytest.mark.parametrize(
    ("text", "said", "variables"),
    [
        ("n + 1", {"scriptFormat": "feel", "camunda__resultVariable": "sum"}, {"sum": 3}),
        ("=n + 1", {"scriptFormat": "feel", "rutin__resultVariable": "sum"}, {"sum": 3}),
        ("{sum: n + 1}", {"scriptFormat": "feel"}, {"sum": 3}),
        (
            "if n = 2 then 1 else 0",
            {"scriptFormat": "FEEL", "camunda__resultVariable": "a"},
            {"a": 1},
        ),
        ("${n + 1}", {"scriptFormat": "juel", "camunda__resultVariable": "sum"}, {"sum": 3}),
        ("n + 1", {"scriptFormat": "python", "camunda__resultVariable": "sum"}, {"sum": 3}),
    ],
)
def test_a_script_may_be_one_expression(text, said, variables):
    run = Run(model("p", script("x", text, **said)), variables={"n": 2})

    assert run.variables == {"n": 2, **variables}


def test_a_script_of_camunda_8_is_an_expression():
    said = "<extensionElements><zeebe:script expression='=n + 1' resultVariable='sum'/></extensionElements>"

    run = Run(model("p", element("scriptTask", "x", said)), variables={"n": 2})

    assert run.variables == {"n": 2, "sum": 3}


def test_a_value_that_nothing_is_to_keep_is_an_incident():
    run = Run(model("p", script("x", "1 + 1", scriptFormat="feel")))

    assert run.failures == ["The script gives a value, but names no variable to keep it in."]


@pytest.mark.parametrize("said", ["language='feel'", "language='http://www.omg.org/spec/FEEL/1'"])
def test_a_condition_can_say_that_it_is_feel(said):
    source = model(
        "p", xor("g", default="g--b"), user("a"), user("b"), flows="g > a ? n = 2; g > b"
    ).replace(b"<conditionExpression>", f"<conditionExpression {said}>".encode())

    assert Run(source, variables={"n": 2}).waiting == ["a"]
    assert Run(source, variables={"n": 3}).waiting == ["b"]


def test_a_file_can_say_that_it_is_in_feel():
    source = model(
        "p", xor("g", default="g--b"), user("a"), user("b"), flows="g > a ? n = 2; g > b"
    ).replace(
        b"<definitions",
        b"<definitions expressionLanguage='https://www.omg.org/spec/DMN/20191111/FEEL/'",
    )

    assert Run(source, variables={"n": 2}).waiting == ["a"]


def test_a_default_is_taken_only_when_nothing_else_is():
    flows = "a > b; a > c ? n == 1; a > d"
    source = model("p", task("a", default="a--d"), user("b"), user("c"), user("d"), flows=flows)

    assert Run(source, variables={"n": 1}).waiting == ["b", "c"]
    assert Run(source, variables={"n": 2}).waiting == ["b"]


def test_a_script_that_fails_leaves_its_token_before_it():
    source = model("p", start(), user("a"), script("x", "y = 1 / n"), end(), flows="s > a > x > e")

    run = Run(source).do("a", n=0)
    assert run.trace == ["s", "a"], "what a person did stands"
    assert run.failures
    assert run.retry("x").failures, "nothing has changed, so it fails again"


def test_a_failed_element_is_executed_again_when_it_is_retried():
    source = model(
        "p",
        start(),
        both("f"),
        script("x", "y = 1 / n"),
        user("mend"),
        flows="s > f; f > x; f > mend",
    )

    run = Run(source, variables={"n": 0})
    assert run.failures
    run.do("mend", n=2)
    run.retry("x")

    assert run.variables["y"] == 0.5
    assert run.finished


def test_a_loop_without_an_end_is_an_incident():
    source = model("p", start(), xor("m"), script("x", "n = 1"), flows="s > m > x > m")

    run = Run(source, limits=Limits(steps=100))

    assert run.failures == [
        "More than 100 elements were executed without a pause; is there a loop without an end?"
    ]


def test_cancelling_ends_everything_that_is_alive():
    inner = sub("sub", user("x"))
    run = Run(model("p", start(), both("f"), inner, user("y"), flows="s > f; f > sub; f > y"))

    run.workflow.cancel(now=NOW)
    happened = run.workflow.happened()

    assert run.workflow.finished
    assert {visit.element.id: visit.state for visit in happened.visits} == {
        "sub": "cancelled",
        "x": "cancelled",
        "y": "cancelled",
    }
    assert len(happened.closed) == 3


# ---------------------------------------------------------------- assignment


def test_lanes_and_attributes_say_who_may_do_a_task():
    lanes = (
        "<laneSet id='ls'><lane id='l1' name='Handläggare' rutin:role='officer'>"
        "<flowNodeRef>a</flowNodeRef></lane><lane id='l2' name='chef'>"
        "<flowNodeRef>b</flowNodeRef><flowNodeRef>c</flowNodeRef></lane></laneSet>"
    )
    source = model(
        "p",
        lanes,
        user("a"),
        user("b", rutin__candidateGroups="x, y", rutin__assignee="=boss"),
        user("c", camunda__candidateUsers="${people}", camunda__dueDate="2026-05-02"),
    )

    run = Run(source, variables={"boss": "eva", "people": ["ada", "bo"]})
    opened = {each.wait.element.id: each.assignment for each in run.happened.opened}

    assert opened["a"].candidate_groups == ("officer",)
    assert (opened["b"].candidate_groups, opened["b"].assignee) == (("x", "y"), "eva")
    assert opened["c"].candidate_users == ("ada", "bo")
    assert opened["c"].candidate_groups == ("chef",)
    assert opened["c"].due is not None
    assert opened["c"].due.isoformat() == "2026-05-02T21:59:59+00:00"


@pytest.mark.parametrize("text", ["5BD", " 5BD ", "=due", "${due}", "${days}BD"])
def test_working_days_are_left_for_the_organisation_to_count(text):
    run = Run(model("p", user("a", camunda__dueDate=text)), variables={"due": "5BD", "days": 5})

    assert [each.assignment.due for each in run.happened.opened] == [WorkingDays(5)]


def test_a_due_date_that_is_worked_out_wrong_is_an_incident():
    run = Run(model("p", user("a", rutin__dueDate="=due")), variables={"due": "5 BD"})

    assert [each.values["text"] for each in run.happened.failures] == ["5 BD"]


def test_an_assignee_that_is_no_name_is_an_incident():
    run = Run(model("p", user("a", rutin__assignee="=n")), variables={"n": 7})

    assert "The assignee is to be a name" in run.failures[0]


@pytest.mark.parametrize(
    ("priority", "names", "resolved"), [("80", {}, 80), ("=p + 1", {"p": 4}, 5), ("", {}, None)]
)
def test_a_task_has_a_priority(priority, names, resolved):
    source = model("p", user("a", camunda__priority=priority))

    [opened] = Run(source, variables=names).happened.opened

    assert opened.assignment.priority == resolved


def test_a_priority_that_is_no_number_is_an_incident():
    run = Run(model("p", user("a", rutin__priority="=urgency")), variables={"urgency": "high"})

    assert run.failures == ["The priority is to be a whole number, not 'high'."]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Pay ${amount} kr", "Pay 7 kr"),
        ("${amount + 1}", "8"),
        ("Pay ${nobody}", "Pay ${nobody}"),
        ("Pay ${bean.call()}", "Pay ${bean.call()}"),
        ("=amount", "=amount"),
    ],
)
def test_the_name_of_a_task_may_hold_variables(name, shown):
    [opened] = Run(model("p", user("a", name=name)), variables={"amount": 7}).happened.opened

    assert opened.name == shown
