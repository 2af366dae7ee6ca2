"""Activities: loops, data, compensation, transactions, what programs do."""

import pytest

from bpmn.limits import Limits
from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    CANCEL,
    COMPENSATE,
    ERROR,
    MESSAGE,
    both,
    boundary,
    call,
    cardinality,
    completion,
    definitions,
    element,
    end,
    event_start,
    event_sub,
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
OVER = {"rutin__collection": "items", "rutin__elementVariable": "item"}
INTO = {"rutin__outputCollection": "results", "rutin__outputElement": "answer"}

# ---------------------------------------------------------------- what programs do


def test_a_service_task_waits_for_a_program():
    source = model(
        "p",
        S,
        element("serviceTask", "j", camunda__type="external", camunda__topic="print"),
        user("a"),
        flows="s > j > a",
    )

    run = Run(source)
    [wait] = run.workflow.waits()
    assert (wait.kind, wait.name) == ("job", "print")
    assert run.do("j", printed=True).waiting == ["a"]


@pytest.mark.parametrize(
    ("attributes", "content", "name"),
    [
        ({"camunda__class": "com.example.Mail"}, "", "com.example.Mail"),
        ({"camunda__delegateExpression": "${mailer}"}, "", "${mailer}"),
        ({"camunda__expression": "${bean.send(x)}"}, "", "${bean.send(x)}"),
        (
            {},
            "<extensionElements><zeebe:taskDefinition type='send' retries='5'/></extensionElements>",
            "send",
        ),
        (
            {},
            (
                "<extensionElements><camunda:connector><camunda:connectorId>http</camunda:connectorId>"
                "</camunda:connector></extensionElements>"
            ),
            "http",
        ),
        ({}, "", "j"),
    ],
)
def test_every_implementation_is_a_job_of_some_name(attributes, content, name):
    run = Run(model("p", S, element("serviceTask", "j", content, **attributes), flows="s > j"))

    assert [each.name for each in run.workflow.waits()] == [name]


def test_a_business_rule_task_can_be_work_for_a_program():
    run = Run(
        model("p", S, element("businessRuleTask", "d", camunda__topic="grade"), flows="s > d")
    )

    assert [each.name for each in run.workflow.waits()] == ["grade"]


def test_a_program_throws_an_error_that_is_caught():
    source = model(
        "p",
        S,
        element("serviceTask", "j"),
        boundary("b", "j", ERROR),
        user("a"),
        flows="s > j; b > a",
    )

    run = Run(source)
    assert run.fail("j", "E1")
    assert run.waiting == ["a"]


# ---------------------------------------------------------------- data


def test_inputs_live_in_the_activity_and_outputs_go_where_they_are_sent():
    mapping = (
        "<extensionElements><camunda:inputOutput>"
        "<camunda:inputParameter name='local'>${price * 2}</camunda:inputParameter>"
        "<camunda:inputParameter name='text'>plain</camunda:inputParameter>"
        "<camunda:inputParameter name='rows'><camunda:list><camunda:value>${price}</camunda:value>"
        "<camunda:value>x</camunda:value></camunda:list></camunda:inputParameter>"
        "<camunda:outputParameter name='total'>${local + answer}</camunda:outputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )
    run = Run(
        model("p", S, user("a", mapping), user("x"), flows="s > a > x"), variables={"price": 5}
    )
    run.do("a", answer=1)

    assert run.variables["total"] == 11
    assert {"local", "text", "rows"}.isdisjoint(run.variables)


def test_a_mapping_that_fails_when_leaving_keeps_what_the_person_did():
    mapping = (
        "<extensionElements><zeebe:ioMapping><zeebe:input source='=1' target='local'/>"
        "<zeebe:output source='=local / n' target='share'/></zeebe:ioMapping></extensionElements>"
    )
    source = model(
        "p",
        S,
        both("f"),
        user("a", mapping),
        user("mend"),
        user("x"),
        flows="s > f; f > a > x; f > mend",
    )
    run = Run(source).do("a")

    assert run.failures
    run.do("mend", n=4)
    assert run.retry("a").waiting == ["x"]
    assert run.variables["share"] == 0.25


def test_data_objects_live_in_the_scope_they_are_drawn_in():
    inner = sub(
        "sp",
        "<dataObject id='d1' name='draft'/>",
        start("is"),
        script("w", "draft = 1"),
        user("u"),
        flows="is > w > u",
    )
    run = Run(model("p", S, inner, user("x"), flows="s > sp > x"))
    assert run.do("u").waiting == ["x"]

    assert "draft" not in run.variables


def test_data_associations_copy():
    source = model(
        "p",
        "<dataObject id='DO' name='d'/><dataObjectReference id='DR' dataObjectRef='DO'/>",
        S,
        script("fill", "d = 20"),
        script(
            "a",
            "out = given + 1",
            "<ioSpecification><dataInput id='given'/><dataOutput id='out'/></ioSpecification>"
            "<dataInputAssociation><sourceRef>DR</sourceRef><targetRef>given</targetRef></dataInputAssociation>"
            "<dataOutputAssociation><sourceRef>out</sourceRef><targetRef>DR</targetRef></dataOutputAssociation>",
        ),
        user("x"),
        flows="s > fill > a > x",
    )

    assert Run(source).variables == {"d": 21}


def test_a_data_association_with_assignments():
    source = model(
        "p",
        S,
        script(
            "a",
            "y = x * 2",
            "<dataInputAssociation><assignment><from>n + 1</from><to>x</to></assignment></dataInputAssociation>"
            "<dataOutputAssociation><assignment><from>y</from><to>result</to></assignment></dataOutputAssociation>",
        ),
        user("u"),
        flows="s > a > u",
    )

    assert Run(source, variables={"n": 4}).variables["result"] == 10


def test_data_stores_are_documentation():
    source = model(
        "p",
        "<dataStoreReference id='st' name='Arkiv'/>",
        S,
        user(
            "a",
            "<dataOutputAssociation><sourceRef>x</sourceRef><targetRef>st</targetRef>"
            "</dataOutputAssociation>",
        ),
        flows="s > a",
    )

    assert Run(source).do("a").finished


def test_a_call_hands_over_and_takes_back_what_it_says():
    mapping = (
        "<extensionElements><camunda:in source='n' target='x'/>"
        "<camunda:in sourceExpression='${n + 1}' target='y'/>"
        "<camunda:out source='sum' target='total'/></extensionElements>"
    )
    source = definitions(
        process(
            "p",
            S,
            element("callActivity", "c", mapping, calledElement="q"),
            user("u"),
            flows="s > c > u",
        ),
        process("q", script("add", "sum = x + y")),
    )

    assert Run(source, variables={"n": 1, "secret": 2}).variables == {
        "n": 1,
        "secret": 2,
        "total": 3,
    }


def test_what_camunda_8_writes_without_a_mark_is_a_text():
    mapping = (
        "<extensionElements><zeebe:ioMapping>"
        "<zeebe:input source='demo@camunda.com' target='by.email'/>"
        "<zeebe:input source='=who' target='by.name'/>"
        "<zeebe:output source='=by' target='kept.sender'/>"
        "</zeebe:ioMapping></extensionElements>"
    )
    source = model("p", user("a", mapping), user("x"), flows="a > x")

    run = Run(source, variables={"who": "Anna", "kept": {"before": 1}}).do("a")

    assert run.variables["kept"] == {
        "before": 1,
        "sender": {"email": "demo@camunda.com", "name": "Anna"},
    }


def test_what_is_called_may_be_worked_out():
    source = definitions(
        process("p", S, call("c", "=which"), user("u"), flows="s > c > u"),
        process("q", script("a", "done = True")),
    )

    assert Run(source, variables={"which": "q"}).variables["done"] is True


def test_a_global_task_can_be_called():
    source = definitions(
        process("p", S, call("c", "ask"), user("x"), flows="s > c > x"),
        "<globalUserTask id='ask' name='Ask'/>",
    )

    run = Run(source)
    assert run.waiting == ["ask-task"]
    assert run.do("ask-task").waiting == ["x"]


# ---------------------------------------------------------------- compensation and transactions


def undoable(key):
    return "".join(
        (
            user(key),
            boundary(f"{key}-b", key, COMPENSATE),
            user(f"undo-{key}", isForCompensation="true"),
            f"<association id='{key}-as' sourceRef='{key}-b' targetRef='undo-{key}'/>",
        )
    )


def test_compensation_undoes_what_was_done_the_last_thing_first():
    source = model(
        "p",
        S,
        undoable("a"),
        undoable("b"),
        throw("t", COMPENSATE),
        user("x"),
        flows="s > a > b > t > x",
    )

    run = Run(source).do("a").do("b")
    assert run.waiting == ["undo-b"]
    assert run.do("undo-b").waiting == ["undo-a"]
    assert run.do("undo-a").waiting == ["x"]


def test_what_was_not_done_is_not_undone():
    source = model(
        "p",
        S,
        xor("g", default="g--t"),
        undoable("a"),
        throw("t", COMPENSATE),
        user("x"),
        flows="s > g; g > a ? False; a > t; g > t; t > x",
    )

    assert Run(source).waiting == ["x"]


def test_one_activity_is_compensated_by_name():
    only = "<compensateEventDefinition activityRef='a'/>"
    source = model("p", S, undoable("a"), undoable("b"), end("t", only), flows="s > a > b > t")

    run = Run(source).do("a").do("b")
    assert run.waiting == ["undo-a"]
    assert run.do("undo-a").finished


def test_what_is_thrown_after_a_compensation_waits_for_it():
    both_events = f"{COMPENSATE}{MESSAGE}"
    source = model(
        "p", S, undoable("a"), throw("t", both_events), user("x"), flows="s > a > t > x"
    )

    run = Run(source).do("a")
    assert (run.waiting, run.thrown) == (["undo-a"], [])
    run.do("undo-a")
    assert (run.waiting, run.thrown) == (["x"], ["Message"])


def test_a_handler_that_nobody_waits_for_ends_with_the_case_that_it_stands_in():
    aside = "<compensateEventDefinition waitForCompletion='false'/>"
    source = model("p", S, undoable("a"), end("t", aside), flows="s > a > t")

    run = Run(source).do("a")
    assert (run.waiting, run.finished) == (["undo-a"], False)
    assert run.do("undo-a").finished
    assert run.passed("t") == ["t"]


def test_a_sub_process_is_compensated_by_what_is_inside_it():
    inner = sub("sp", start("is"), undoable("a"), flows="is > a")
    source = model("p", S, inner, throw("t", COMPENSATE), user("x"), flows="s > sp > t > x")

    run = Run(source).do("a")
    assert run.waiting == ["undo-a"]
    assert run.do("undo-a").waiting == ["x"]


def test_a_sub_process_is_compensated_by_its_own_handler():
    handler = event_sub("es", event_start("es1", COMPENSATE), user("h"), flows="es1 > h")
    inner = sub("sp", start("is"), undoable("a"), handler, flows="is > a")
    source = model("p", S, inner, throw("t", COMPENSATE), user("x"), flows="s > sp > t > x")

    run = Run(source).do("a")
    assert run.waiting == ["h"]
    assert run.do("h").waiting == ["x"]


def test_each_instance_of_an_activity_is_compensated():
    source = model(
        "p",
        S,
        user("a", multi(cardinality("2"))),
        boundary("ab", "a", COMPENSATE),
        user("undo", isForCompensation="true"),
        "<association id='as' sourceRef='ab' targetRef='undo'/>",
        throw("t", COMPENSATE),
        user("x"),
        flows="s > a > t > x",
    )

    run = Run(source).do("a").do("a").do("undo")
    assert run.waiting == ["undo"]
    assert run.do("undo").waiting == ["x"]


def test_a_cancelled_transaction_undoes_what_was_done_and_goes_on_from_its_cancel_event():
    inner = element(
        "transaction",
        "tx",
        start("ts"),
        both("f"),
        undoable("a"),
        user("open"),
        user("stop"),
        end("c", CANCEL),
        flows="ts > f; f > a; f > open; f > stop > c",
    )
    source = model(
        "p",
        S,
        inner,
        boundary("b", "tx", CANCEL),
        user("x"),
        user("fine"),
        flows="s > tx > fine; b > x",
    )

    run = Run(source).do("a").do("stop")
    assert run.waiting == ["undo-a"]
    assert run.do("undo-a").waiting == ["x"]


def test_a_transaction_that_succeeds_goes_on_normally():
    inner = element("transaction", "tx", start("ts"), user("a"), flows="ts > a")
    source = model(
        "p",
        S,
        inner,
        boundary("b", "tx", CANCEL),
        user("x"),
        user("fine"),
        flows="s > tx > fine; b > x",
    )

    assert Run(source).do("a").waiting == ["fine"]


# ---------------------------------------------------------------- ad-hoc sub-processes


def test_what_remains_is_finished_when_it_is_not_cancelled():
    inner = element(
        "adHocSubProcess",
        "ah",
        user("a"),
        user("b"),
        completion("enough"),
        cancelRemainingInstances="false",
    )
    run = Run(model("p", S, inner, user("x"), flows="s > ah > x")).do("a", enough=True)

    assert run.waiting == ["b"]
    assert run.do("b").waiting == ["x"]


def test_an_ad_hoc_sub_process_may_have_flows_inside():
    inner = element("adHocSubProcess", "ah", user("a"), user("b"), user("c"), flows="a > b")
    run = Run(model("p", S, inner, user("x"), flows="s > ah > x"))

    assert run.waiting == ["a", "c"]
    assert run.do("c").do("a").waiting == ["b"]
    assert run.do("b").waiting == ["x"]


# ---------------------------------------------------------------- people


def test_the_standards_own_words_for_people():
    def owner(tag, text):
        return (
            f"<{tag}><resourceAssignmentExpression><formalExpression>{text}</formalExpression>"
            f"</resourceAssignmentExpression></{tag}>"
        )

    source = model(
        "p",
        user("a", owner("humanPerformer", "eva")),
        user("b", owner("potentialOwner", "user(ada), group(officers)")),
        user("c", owner("potentialOwner", "chefs")),
    )
    opened = {each.wait.element.id: each.assignment for each in Run(source).happened.opened}

    assert opened["a"].assignee == "eva"
    assert (opened["b"].candidate_users, opened["b"].candidate_groups) == (("ada",), ("officers",))
    assert opened["c"].candidate_groups == ("chefs",)


# ---------------------------------------------------------------- budgets


@pytest.mark.parametrize(
    "source",
    [
        model("p", S, xor("m"), task("a"), flows="s > m > a > m"),
        model("p", S, call("c", "p"), flows="s > c"),
        model("p", S, script("x", "y = 9 ** 9 ** 9"), flows="s > x"),
        model("p", S, script("x", "for i in range(1000000):\n    y = i"), flows="s > x"),
        model("p", S, task("x", multi(cardinality("1000000"))), flows="s > x"),
        model(
            "p",
            S,
            task(
                "a",
                "<standardLoopCharacteristics><loopCondition>True</loopCondition>"
                "</standardLoopCharacteristics>",
            ),
            flows="s > a",
        ),
    ],
    ids=["loop", "recursion", "power", "script", "instances", "standard-loop"],
)
def test_what_would_never_end_is_an_incident(source):
    run = Run(source, limits=Limits(steps=2_000))

    assert run.failures
    assert not run.finished


def test_a_process_inside_a_process_fifty_deep():
    inner = user("deep")
    for level in range(50):
        inner = sub(f"sp{level}", inner)

    run = Run(model("p", S, inner, flows="s > sp49"), limits=Limits(depth=60))
    assert run.do("deep").finished


def test_messages_do_not_reach_what_does_not_wait():
    assert Run(model("p", S, user("a"), boundary("b", "a", MESSAGE), flows="s > a")).listening == [
        "b"
    ]
