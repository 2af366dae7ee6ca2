"""What goes into elements and comes out of them, events as well as activities."""

import pytest

from bpmn import deployment
from bpmn.workflow import NotStartedSo
from tests.bpmn.running import Run
from tests.bpmn.sketch import (
    ERROR,
    MESSAGE,
    SIGNAL,
    boundary,
    cardinality,
    catch,
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
    task,
    throw,
    timer,
    user,
)


def extended(*content: str) -> str:
    return f"<extensionElements>{''.join(content)}</extensionElements>"


def mapped(*moves: str) -> str:
    return extended(f"<zeebe:ioMapping>{''.join(moves)}</zeebe:ioMapping>")


TAKE_ORDER = mapped("<zeebe:output source='=number' target='order.id'/>")

# ---------------------------------------------------------------- where variables live


@pytest.mark.parametrize("declared", ["<dataObject id='amount'/>", "<property id='amount'/>"])
def test_what_a_case_starts_with_is_kept_in_a_data_object_of_that_name(declared):
    run = Run(model("p", declared, user("a")), variables={"amount": 9})

    assert run.variables == {"amount": 9}


def test_what_a_call_hands_over_is_kept_in_a_property_of_that_name():
    given = extended("<camunda:in source='n' target='x'/><camunda:out source='y' target='y'/>")
    source = definitions(
        process(
            "p", element("callActivity", "c", given, calledElement="q"), user("u"), flows="c > u"
        ),
        process("q", "<property id='x'/>", script("s", "y = x")),
    )

    assert Run(source, variables={"n": 9}).variables == {"n": 9, "y": 9}


def test_a_process_that_asks_at_once_for_what_is_not_given_does_not_start():
    late = event_sub("h", event_start("t", timer("=wait")), user("x"), flows="t > x")
    source = model("p", user("a"), late)

    with pytest.raises(NotStartedSo, match="wait"):
        Run(source)
    assert Run(source, variables={"wait": "PT1H"}).waiting == ["a"]


# ---------------------------------------------------------------- events


def test_a_caught_message_gives_what_its_outputs_choose():
    source = model("p", catch("c", TAKE_ORDER + MESSAGE), user("a"), flows="c > a")

    assert Run(source).send("Message", number=7, secret=1).variables == {"order": {"id": 7}}


def test_the_standard_outputs_of_an_event_are_read():
    outputs = (
        "<dataOutput id='out' name='number'/>"
        "<dataOutputAssociation><sourceRef>out</sourceRef><targetRef>kept</targetRef>"
        "</dataOutputAssociation>"
    )
    source = model(
        "p", "<dataObject id='kept'/>", catch("c", outputs + MESSAGE), user("a"), flows="c > a"
    )

    assert Run(source).send("Message", number=7).variables == {"kept": 7}


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_on_a_border_gives_its_outputs(interrupting):
    source = model(
        "p",
        user("a"),
        boundary("b", "a", TAKE_ORDER + MESSAGE, interrupting=interrupting),
        user("x"),
        flows="b > x",
    )

    assert Run(source).send("Message", number=7).variables == {"order": {"id": 7}}


def test_an_error_on_a_border_gives_its_outputs():
    source = model(
        "p", user("a"), boundary("b", "a", TAKE_ORDER + ERROR), user("x"), flows="b > x"
    )
    run = Run(source)

    assert run.fail("a", "E1", number=7)
    assert run.variables == {"order": {"id": 7}}


def test_the_start_of_an_event_sub_process_gives_its_outputs():
    handler = event_sub("h", event_start("m", TAKE_ORDER + MESSAGE), user("x"), flows="m > x")

    run = Run(model("p", user("a"), handler)).send("Message", number=7)

    assert (run.waiting, run.variables) == (["x"], {"order": {"id": 7}})


@pytest.mark.parametrize(
    "target",
    [
        catch("c", TAKE_ORDER + MESSAGE),
        element("receiveTask", "c", TAKE_ORDER, messageRef="msg"),
    ],
    ids=["event", "receive-task"],
)
def test_an_event_after_an_event_gateway_gives_its_outputs(target):
    source = model(
        "p",
        start(),
        gateway("eventBased", "g"),
        target,
        catch("other", SIGNAL),
        user("a"),
        flows="s > g; g > c > a; g > other",
    )

    run = Run(source).send("Message", number=7)

    assert (run.waiting, run.variables) == (["a"], {"order": {"id": 7}})


def test_a_start_event_gives_its_outputs():
    source = model("p", start("s", TAKE_ORDER + MESSAGE), user("a"), flows="s > a")

    assert Run(source, variables={"number": 7}, at="s").variables["order"] == {"id": 7}


def test_an_output_that_fails_is_an_incident_that_keeps_what_came():
    source = model(
        "p",
        catch("c", mapped("<zeebe:output source='=number / by' target='x'/>") + MESSAGE),
        user("a"),
        flows="c > a",
    )
    run = Run(source).send("Message", number=7)
    assert len(run.failures) == 1

    run.workflow._instance.assign({"by": 7})
    run.retry("c")

    assert run.variables == {"by": 7, "x": 1}


def test_a_message_carries_what_its_inputs_say_and_else_everything():
    told = mapped("<zeebe:input source='=n + 1' target='count'/>")

    [chosen] = Run(model("p", end("e", told + MESSAGE)), variables={"n": 1}).happened.thrown
    [whole] = Run(model("p", end("e", MESSAGE)), variables={"n": 1}).happened.thrown

    assert (dict(chosen.variables), dict(whole.variables)) == ({"count": 2}, {"n": 1})


def test_a_send_task_carries_what_its_inputs_say():
    told = mapped("<zeebe:input source='=n + 1' target='count'/>")
    source = model("p", element("sendTask", "t", told, messageRef="msg"))

    [thrown] = Run(source, variables={"n": 1}).happened.thrown

    assert dict(thrown.variables) == {"count": 2}


def test_a_signal_carries_what_its_inputs_say():
    signal = SIGNAL.replace("/>", ">") + extended("<camunda:in source='n' target='m'/>")
    source = model(
        "p",
        start(),
        gateway("parallel", "g"),
        catch("c", SIGNAL),
        user("before"),
        throw("t", f"{signal}</signalEventDefinition>"),
        flows="s > g; g > c; g > before > t",
    )

    assert Run(source, variables={"n": 1}).do("before").variables == {"n": 1, "m": 1}


def test_names_are_worked_out_on_both_sides():
    head = "<signal id='sig' name='case-${n}'/><message id='msg' name='=&quot;to-&quot; + kind'/>"
    both = process(
        "p",
        start(),
        gateway("parallel", "g"),
        catch("c", SIGNAL),
        user("before"),
        throw("t", SIGNAL),
        throw("m", MESSAGE),
        user("x"),
        flows="s > g; g > c > x; g > before > t > m",
    )

    run = Run(definitions(head, both), variables={"n": 7, "kind": "board"})
    run.do("before")

    assert run.waiting == ["x"]
    assert run.thrown == ["case-7", "to-board"]


def test_a_message_that_a_program_sends_is_a_job():
    external = MESSAGE.replace("/>", " camunda:type='external' camunda:topic='mail'/>")

    [wait] = Run(model("p", end("e", external))).workflow.waits()

    assert (wait.kind, wait.name) == ("job", "mail")


# ---------------------------------------------------------------- activities


def test_with_outputs_of_camunda_8_nothing_else_comes_out():
    outputs = mapped("<zeebe:output source='=a' target='kept'/>")
    source = model("p", element("serviceTask", "j", outputs), user("x"), flows="j > x")

    assert Run(source).do("j", a=1, b=2).variables == {"kept": 1}


def test_the_outputs_of_each_round_are_set():
    outputs = mapped("<zeebe:output source='=answer * 2' target='doubled'/>")
    collected = (
        "<zeebe:loopCharacteristics inputCollection='=[1, 2]' inputElement='item'"
        " outputCollection='all' outputElement='=doubled'/>"
    )
    source = model(
        "p",
        user("a", outputs, multi(extended(collected), isSequential="true")),
        user("x"),
        flows="a > x",
    )

    run = Run(source).do("a", answer=1).do("a", answer=5)

    assert run.variables == {"all": [2, 10]}


def test_without_a_collection_the_outputs_of_rounds_go_out():
    outputs = extended(
        "<camunda:inputOutput><camunda:outputParameter name='last'>${answer}</camunda:outputParameter>"
        "</camunda:inputOutput>"
    )
    source = model("p", user("a", outputs, multi(cardinality("2"))), user("x"), flows="a > x")

    assert Run(source).do("a", answer=1).do("a", answer=5).variables["last"] == 5


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("<camunda:script scriptFormat='python'>n + 1</camunda:script>", 3),
        (
            "<camunda:map><camunda:entry key='a'><camunda:list><camunda:value>x</camunda:value>"
            "<camunda:script>n * 2</camunda:script></camunda:list></camunda:entry></camunda:map>",
            {"a": ["x", 4]},
        ),
        ("<camunda:list/>", []),
    ],
)
def test_a_parameter_may_be_composed(written, value):
    parameter = f"<camunda:inputParameter name='v'>{written}</camunda:inputParameter>"
    kept = "<camunda:outputParameter name='kept'>${v}</camunda:outputParameter>"
    box = extended(f"<camunda:inputOutput>{parameter}{kept}</camunda:inputOutput>")

    assert Run(model("p", task("t", box)), variables={"n": 2}).variables["kept"] == value


def test_what_a_call_is_given_without_a_mark_is_a_text():
    given = extended(
        "<camunda:in sourceExpression='hello' target='x'/><camunda:in sourceExpression='${1 + 1}' target='y'/>"
        "<camunda:out source='z' target='z'/>"
    )
    source = definitions(
        process(
            "p", element("callActivity", "c", given, calledElement="q"), user("u"), flows="c > u"
        ),
        process("q", script("s", "z = [x, y]")),
    )

    assert Run(source).variables == {"z": ["hello", 2]}


# ---------------------------------------------------------------- scripts around the work


def test_scripts_of_spiffarena_stand_before_and_after_the_work():
    around = extended(
        "<spiffworkflow:preScript>n = n + 1</spiffworkflow:preScript>"
        "<spiffworkflow:postScript>total = n + answer</spiffworkflow:postScript>"
    )
    run = Run(model("p", user("a", around), user("x"), flows="a > x"), variables={"n": 1})

    assert run.variables == {"n": 2}
    assert run.do("a", answer=5).variables == {"n": 2, "answer": 5, "total": 7}


def test_a_script_after_an_automatic_task_decides_where_it_goes():
    around = extended("<spiffworkflow:postScript>way = 'b'</spiffworkflow:postScript>")
    source = model(
        "p",
        task("t", around),
        user("a"),
        user("b"),
        flows="t > a ? way == 'a'; t > b ? way == 'b'",
    )

    assert Run(source, variables={"way": "a"}).waiting == ["b"]


def test_a_script_before_the_work_is_run_once_however_often_the_rest_is_tried():
    around = extended("<spiffworkflow:preScript>n = n + 1</spiffworkflow:preScript>")
    run = Run(model("p", user("a", around, rutin__assignee="=who")), variables={"n": 0})
    assert len(run.failures) == 1

    run.workflow._instance.assign({"who": "anna"})
    run.retry("a")

    assert run.variables["n"] == 1
    assert run.waiting == ["a"]


def test_scripts_stand_around_each_round():
    around = extended("<spiffworkflow:preScript>n = n + 1</spiffworkflow:preScript>")
    source = model("p", task("t", around, multi(cardinality("3"))), user("x"), flows="t > x")

    assert Run(source, variables={"n": 0}).variables["n"] == 3


# ---------------------------------------------------------------- nothing inside


def test_a_script_task_without_a_script_is_passed_and_told():
    source = model("p", element("scriptTask", "t"), user("x"), flows="t > x")

    assert Run(source).waiting == ["x"]
    assert "script" in {each.rule for each in deployment.check({"m.bpmn": source}).findings}
