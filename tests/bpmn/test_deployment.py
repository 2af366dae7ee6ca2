"""A deployment is taken whole or refused whole, with a place and a reason for everything."""

import json

import pytest

from bpmn import deployment
from bpmn.deployment import Kind, Options
from bpmn.findings import Severity
from bpmn.lint.rules.not_supported import EXECUTED
from bpmn.spiff.makers import MAKERS
from tests.bpmn.sketch import (
    CANCEL,
    ERROR,
    SIGNAL,
    TERMINATE,
    boundary,
    call,
    cardinality,
    catch,
    definitions,
    element,
    end,
    event_sub,
    flow,
    gateway,
    link,
    model,
    multi,
    process,
    script,
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)


def findings(*sources: bytes):
    """Return what is found, but for the schema: sketches name flows by their ends, which are no XML ids."""
    resources = {f"{number}.bpmn": source for number, source in enumerate(sources)}
    found = deployment.check(resources).findings
    return tuple(each for each in found if each.rule != "schema")


def test_lint_and_engine_agree_on_what_is_executed():
    assert set(MAKERS) == EXECUTED


@pytest.mark.parametrize(
    ("drawn", "refused"),
    [
        (element("choreographyTask", "x", "<incoming>f</incoming>"), "x"),
        (element("event", "x"), "x"),
        (user("x", "<unheardOf/>"), "x"),
        (element("globalConversation", "x"), "p"),
    ],
)
def test_what_is_not_executed_is_refused_with_its_element_and_line(drawn, refused):
    found = [
        each
        for each in findings(model("p", start(), user("a"), drawn, flows="s > a"))
        if each.severity == "error"
    ]

    assert [(each.rule, each.element_id) for each in found] == [("not-supported", refused)]
    assert found[0].line is not None
    assert found[0].line > 1


@pytest.mark.parametrize(
    ("drawn", "element_id"),
    [
        (boundary("x", "nowhere", SIGNAL), "x"),
        (boundary("x", "a", ""), "x"),
        (boundary("x", "a", TERMINATE), "x"),
        (boundary("x", "a", CANCEL), "x"),
        (catch("x", ""), "x"),
        (catch("x", "<messageEventDefinition/>"), "x"),
        (catch("x", "<signalEventDefinition/>"), "x"),
        (catch("x", "<timerEventDefinition/>"), "x"),
        (catch("x", "<conditionalEventDefinition/>"), "x"),
        (catch("x", ERROR), "x"),
        (catch("x", timer("tomorrow noon")), "x"),
        (catch("x", timer("0 99 8 * * ?", "timeCycle")), "x"),
        (catch("x", timer("0 0 8 * * ?")), "x"),
        (throw("x", timer("PT1H")), "x"),
        (throw("x", link("nowhere")), "x"),
        (throw("x", "<compensateEventDefinition activityRef='nowhere'/>"), "x"),
        (end("x", CANCEL), "x"),
        (end("x", timer("PT1H")), "x"),
        (sub("u", start("x", SIGNAL), user("v"), flows="x > v"), "x"),
        (event_sub("x", start("y"), user("v"), flows="y > v"), "x"),
        (event_sub("x", start("y", SIGNAL), start("z", SIGNAL)), "x"),
        (user("x", "<multiInstanceLoopCharacteristics/>"), "x"),
        (user("x", multi(cardinality("(("))), "x"),
        (element("receiveTask", "x", messageRef="nowhere"), "x"),
        (element("eventBasedGateway", "x") + user("y") + flow("x", "y"), "x"),
        (user("x", isForCompensation="true") + user("y") + flow("x", "y"), "x"),
        (gateway("complex", "x", "<activationCondition>((</activationCondition>"), "x"),
        (
            user(
                "x",
                "<extensionElements><camunda:inputOutput><camunda:inputParameter name='y'>"
                "${bean.call()}</camunda:inputParameter></camunda:inputOutput></extensionElements>",
            ),
            "x",
        ),
    ],
)
def test_what_bpmn_does_not_allow_is_found_at_its_element(drawn, element_id):
    found = [
        each
        for each in findings(model("p", start(), user("a"), drawn, flows="s > a"))
        if each.severity == "error"
    ]

    assert element_id in {each.element_id for each in found}, found
    assert all(each.line for each in found)


def test_what_another_product_says_is_told():
    mail = element("serviceTask", "x", camunda__class="com.example.Mail")
    listener = user(
        "y", "<extensionElements><camunda:taskListener class='x'/></extensionElements>"
    )

    found = findings(model("p", start(), mail, listener, flows="s > x > y"))

    assert {(each.rule, each.element_id, each.severity.value) for each in found} == {
        ("foreign-implementation", "x", "warning"),
        ("extension-not-read", "y", "warning"),
    }


def test_what_says_nothing_about_execution_is_taken():
    source = model(
        "p",
        "<documentation>Why</documentation>",
        "<dataObject id='do'/><dataObjectReference id='dr' dataObjectRef='do'/>",
        "<textAnnotation id='ta'><text>Note</text></textAnnotation>",
        "<association id='as' sourceRef='a' targetRef='ta'/>",
        "<group id='g'/>",
        start(),
        user("a", "<extensionElements><camunda:properties/></extensionElements>"),
        flows="s > a",
    )

    assert findings(source) == ()


@pytest.mark.parametrize(
    ("source", "rule", "element_id"),
    [
        (model("p", user("a"), flows="a > nowhere"), "dangling-flow", "a--nowhere"),
        (model("p", user("a"), user("a")), "duplicate-id", "a"),
        (model("p", user("a"), user("b"), flows="a > b > a"), "no-beginning", "p"),
        (model("p"), "no-beginning", "p"),
        (model("p", start(), user("a"), flows="s > a > s"), "flow-ends", "a--s"),
        (model("p", user("a"), end(), flows="e > a"), "flow-ends", "e--a"),
        (model("p", user("a"), sub("u", user("b")), flows="a > b"), "flow-ends", "a--b"),
        (
            model("p", xor("g"), user("a"), user("b"), flows="g > a; g > b"),
            "missing-condition",
            "g--a",
        ),
        (model("p", xor("g", default="no"), user("a"), flows="g > a"), "default-flow", "g"),
        (model("p", call("c", "")), "no-called-process", "c"),
        (model("p", script("x", "import os")), "unreadable", "x"),
        (model("p", script("x", "a = ")), "unreadable", "x"),
        (model("p", script("x", "a()", scriptFormat="groovy")), "script", "x"),
        (model("p", script("x", "a()", scriptFormat="JavaScript")), "script", "x"),
        (
            model("p", xor("g", default="g--b"), user("a"), user("b"), flows="g > a ? ((; g > b"),
            "unreadable",
            "g--a",
        ),
        (
            model(
                "p",
                xor("g", default="g--b"),
                user("a"),
                user("b"),
                flows="g > a ? __import__('os').system('id') == 0; g > b",
            ),
            "unreadable",
            "g--a",
        ),
        (model("p", user("a", rutin__assignee="=)(")), "unreadable", "a"),
        (
            model("p", user("a"), user("b"), flows="a > b ? x == 1").replace(
                b"<conditionExpression>", b"<conditionExpression language='groovy'>"
            ),
            "expression-language",
            "a--b",
        ),
        (
            model("p", user("a"), user("b"), flows="a > b ? x").replace(
                b"<conditionExpression>", b"<conditionExpression camunda:resource='x.groovy'>"
            ),
            "expression-language",
            "a--b",
        ),
        (
            model(
                "p",
                user(
                    "a",
                    "<extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
                    "<camunda:script scriptFormat='JavaScript'>1</camunda:script>"
                    "</camunda:inputParameter></camunda:inputOutput></extensionElements>",
                ),
            ),
            "expression-language",
            "a",
        ),
        (model("p", user("a", rutin__dueDate="tomorrow")), "assignment", "a"),
        (model("p", user("a", rutin__dueDate="0BD")), "assignment", "a"),
        (model("p", user("a", rutin__notPerformerOf="b")), "assignment", "a"),
        (
            model("p", user("a"), user("b")).replace(
                b'isExecutable="true"', b'isExecutable="false"'
            ),
            "not-executable",
            "p",
        ),
    ],
)
def test_a_mistake_is_found_where_it_is(source, rule, element_id):
    found = findings(source)

    assert (rule, element_id) in {(each.rule, each.element_id) for each in found}
    assert all(each.line for each in found)
    assert all(each.message for each in found)


def test_a_mistake_in_a_script_is_found_on_its_line():
    source = model("p", script("x", "a = 1\nb = 2\nimport os"))
    line = source.decode().splitlines().index("import os</script>") + 1

    assert findings(source)[0].line == line


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"not xml",
        b"<a><b></a>",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode(
            "utf-16"
        ),
        b"<a>" + b"x" * 6_000_000 + b"</a>",
        b"<a>" * 5_000 + b"</a>" * 5_000,
    ],
)
def test_hostile_and_broken_xml_is_one_finding(source):
    found = findings(source)

    assert [each.rule for each in found] == ["invalid-xml"]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_every_declared_encoding_is_read(encoding):
    text = model("p", user("a", name="Ärende")).decode()
    declared = encoding.removesuffix("-sig")
    source = text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)

    checked = deployment.check({"m.bpmn": source})

    assert checked.processes["p"].process.elements["a"].name == "Ärende"


def test_a_chain_of_thousands_of_elements_is_no_matter():
    count = 3_000
    elements = [user(f"u{number}") for number in range(count)]
    flows = " > ".join(f"u{number}" for number in range(count))

    assert findings(model("p", *elements, flows=flows)) == ()


def test_more_elements_than_anybody_draws_are_refused():
    found = findings(model("p", *(user(f"u{number}") for number in range(21_000))))

    assert "too-large" in {each.rule for each in found}


def test_the_same_bytes_are_the_same_version_and_a_form_belongs_to_it():
    diagram = model("p", user("a", rutin__formKey="ask"))
    form = json.dumps(
        {
            "key": "ask",
            "title": {"sv": "Fråga", "en": "Ask"},
            "fields": [{"name": "x", "type": "text", "label": {"sv": "Svar", "en": "Answer"}}],
        }
    ).encode()
    changed = form.replace(b"Ask", b"Ask me")

    def identity(resources):
        checked = deployment.check(resources)
        assert not checked.refused, checked.findings
        return checked.processes["p"].identity

    one = identity({"p.bpmn": diagram, "ask.form.json": form})
    assert identity({"other.bpmn": diagram, "ask.form.json": form}) == one
    assert identity({"p.bpmn": diagram, "ask.form.json": changed}) != one
    assert identity({"p.bpmn": diagram + b" ", "ask.form.json": form}) != one


def test_a_form_that_is_missing_is_a_warning():
    checked = deployment.check({"p.bpmn": model("p", user("a", rutin__formKey="ask"))})

    assert [each.severity for each in checked.findings] == [Severity.WARNING]
    assert "p" in checked.processes


@pytest.mark.parametrize(
    ("source", "element_id", "part"),
    [
        (model("p", user("a", camunda__followUpDate="P1D")), "a", "camunda:followUpDate"),
        (
            model("p", element("serviceTask", "a", camunda__mapDecisionResult="x")),
            "a",
            "camunda:mapDecisionResult",
        ),
        (
            model("p", user("a", multi(cardinality("2"), camunda__elementIndexVariable="i"))),
            "a",
            "camunda:elementIndexVariable",
        ),
        (
            model("p", user("a")).replace(
                b'isExecutable="true"', b'isExecutable="true" camunda:candidateStarterUsers="x"'
            ),
            "p",
            "camunda:candidateStarterUsers",
        ),
        (
            model(
                "p", user("a", "<extensionElements><camunda:taskListener/></extensionElements>")
            ),
            "a",
            "camunda:taskListener",
        ),
        (model("p", user("a", camunda__formRefBinding="latest")), "a", "camunda:formRefBinding"),
    ],
)
def test_what_another_product_says_and_we_do_not_read_is_told(source, element_id, part):
    told = [
        (each.element_id, each.values["part"])
        for each in findings(source)
        if each.rule == "extension-not-read"
    ]

    assert told == [(element_id, part)]


@pytest.mark.parametrize(
    "said",
    [
        {"camunda__asyncBefore": "true"},
        {"camunda__formRefBinding": "deployment"},
        {"zeebe__modelerTemplate": "x"},
        {"camunda__assignee": "anna"},
    ],
)
def test_what_changes_nothing_is_not_told(said):
    assert findings(model("p", user("a", **said))) == ()


def test_pools_are_processes_of_their_own():
    source = definitions(
        process("one", user("a")),
        process("two", user("b")),
        "<collaboration id='c'><participant id='x' processRef='one'/></collaboration>",
    )

    checked = deployment.check({"m.bpmn": source})

    assert {(each.kind, each.key) for each in checked.definitions} == {
        (Kind.PROCESS, "one"),
        (Kind.PROCESS, "two"),
    }


def test_one_mistake_refuses_everything():
    checked = deployment.check(
        {"good.bpmn": model("good", user("a")), "bad.bpmn": b"", "note.txt": b"hello"}
    )

    assert checked.refused
    assert (checked.definitions, dict(checked.processes)) == ((), {})
    assert {each.resource for each in checked.findings} == {"bad.bpmn", "note.txt"}


def test_a_key_is_used_once_in_a_deployment():
    assert "same-key-twice" in {
        each.rule for each in findings(model("p", user("a")), model("p", user("b")))
    }


# ---------------------------------------------------------------- drawings


def marked(source: bytes, says: bytes) -> bytes:
    return source.replace(b'isExecutable="true"', says)


def test_a_model_without_an_executable_process_is_a_drawing():
    source = marked(model("p", user("a"), catch("c", "")), b'isExecutable="false"')

    checked = deployment.check({"karta.bpmn": source})

    assert not checked.refused
    assert [(each.kind, each.key) for each in checked.definitions] == [(Kind.DRAWING, "karta")]
    assert {"not-executable", "event-incomplete"} <= {each.rule for each in checked.findings}


def test_a_process_that_does_not_say_so_is_executed_where_it_is_asked_for():
    source = marked(model("p", user("a")), b"")

    drawn = deployment.check({"p.bpmn": source})
    executed = deployment.check({"p.bpmn": source}, options=Options(execute_unmarked=True))

    assert [each.kind for each in drawn.definitions] == [Kind.DRAWING]
    assert [each.kind for each in executed.definitions] == [Kind.PROCESS]


def test_a_model_that_cannot_be_executed_can_be_kept_as_a_drawing():
    source = model("p", user("a"), flows="a > nowhere")

    refused = deployment.check({"p.bpmn": source})
    drawn = deployment.check({"p.bpmn": source}, options=Options(only_draw=True))

    assert refused.refused
    assert [each.kind for each in drawn.definitions] == [Kind.DRAWING]
    assert "dangling-flow" in {each.rule for each in drawn.findings}


@pytest.mark.parametrize(
    "inside",
    [
        "<choreography id='c'/>",
        "<collaboration id='c'><participant id='x' name='Patient'/></collaboration>",
        "",
    ],
)
def test_a_file_without_a_process_is_a_drawing(inside):
    checked = deployment.check({"c.bpmn": definitions(inside)})

    assert [each.kind for each in checked.definitions] == [Kind.DRAWING]
    assert "no-process" in {each.rule for each in checked.findings}


def test_a_drawing_beside_a_broken_routine_does_not_save_it():
    checked = deployment.check(
        {
            "drawn.bpmn": marked(model("p", user("a")), b""),
            "broken.bpmn": model("q", user("a"), flows="a > nowhere"),
        }
    )

    assert checked.refused
    assert checked.definitions == ()


def test_what_only_another_product_can_do_is_refused_where_it_is_asked_for():
    source = model("p", element("serviceTask", "j", camunda__class="com.example.Mail"))

    assert not deployment.check({"p.bpmn": source}).refused
    assert deployment.check({"p.bpmn": source}, options=Options(refuse_foreign=True)).refused


def test_a_file_that_departs_from_the_schema_is_told_so_at_most_twenty_times():
    wrong = [
        f"<userTask id='a{number}'><outgoing>x</outgoing><documentation/></userTask>"
        for number in range(30)
    ]

    found = [
        each
        for each in deployment.check({"p.bpmn": model("p", *wrong)}).findings
        if each.rule == "schema"
    ]

    assert len(found) == 21
    assert {each.severity for each in found} == {Severity.WARNING}
    assert (found[0].element_id, found[0].line) == ("a0", 5)


def test_another_version_of_bpmn_is_no_bpmn():
    checked = deployment.check(
        {"p.bpmn": b"<definitions xmlns='http://schema.omg.org/spec/BPMN/2.0'/>"}
    )

    assert [each.rule for each in checked.findings] == ["not-bpmn"]
    assert checked.refused


def test_a_name_of_several_lines_is_told_in_one():
    named = element("serviceTask", "c", name="Ask the board", camunda__class="com.example.Board")
    source = model("p", named).replace(b" board", b"&#10;  board")

    told = {each.rule: each.message for each in deployment.check({"m.bpmn": source}).findings}

    assert told["foreign-implementation"].startswith("'Ask the board' is done by")


@pytest.mark.parametrize(
    "drawn",
    [
        "<userTask id='a' " + " ".join(f"x{each}=''" for each in range(20_000)) + "/>",
        "<userTask id='a'><extensionElements>"
        + "<x/>" * 210_000
        + "</extensionElements></userTask>",
        "<userTask id='a' camunda:assignee='${" + "a+" * 1_000_000 + "a}'/>",
        "<userTask id='a' camunda:assignee='" + "${a}" * 1_000_000 + "'/>",
        catch("a", timer("1," * 1_000_000 + " * * * *", "timeCycle")),
        catch("a", timer("R/" + "1" * 1_000_000, "timeCycle")),
        "".join(f"<userTask id='t{each}'/>" for each in range(30_000)),
    ],
    ids=["attributes", "nodes", "expression", "template", "cron", "cycle", "elements"],
)
def test_what_is_far_too_large_is_refused_at_once(drawn):
    found = findings(model("p", drawn))

    assert any(each.severity is Severity.ERROR for each in found)


def test_thousands_of_people_are_found_by_their_names_at_once():
    resources = "".join(f"<resource id='r{each}'/>" for each in range(4_000))
    asked = "<performer><resourceRef>r1</resourceRef></performer>" * 4_000
    owners = "<potentialOwner><resourceRef>r3999</resourceRef></potentialOwner>" * 4_000
    found = findings(definitions(resources, process("p", user("a", asked, owners))))

    assert found == ()
