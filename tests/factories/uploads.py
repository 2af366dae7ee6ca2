"""
Files that must not get in, by what is wrong with them.

Each says what is to be told about it: the rule that speaks, the element and the line it points at. Models are
written by `diagrams.around`: their first element stands on line 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.factories import diagrams

NAME = "p.bpmn"


@dataclass(frozen=True)
class Bad:
    files: Mapping[str, bytes]
    rule: str
    element: str | None = None
    line: int | None = None
    resource: str = NAME


def one(source: bytes, rule: str, element: str | None = None, line: int | None = None) -> Bad:
    return Bad({NAME: source}, rule, element, line)


def drawn(content: str, rule: str, element: str | None, line: int | None = 4) -> Bad:
    return one(diagrams.around(content), rule, element, line)


def _laughs(count: int = 10) -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, count)
    )
    return f"<!DOCTYPE definitions [{entities}]>"


EXTERNAL = '<!DOCTYPE definitions [<!ENTITY host SYSTEM "file:///etc/passwd">]>'
SPEAKS = "<task id='a'><documentation>&{};</documentation></task>"

XML = {
    "an external entity": one(
        diagrams.around(SPEAKS.format("host"), head=EXTERNAL), "invalid-xml", line=1
    ),
    "an external document type": one(
        diagrams.around(
            "<task id='a'/>", head='<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/evil.dtd">'
        ),
        "invalid-xml",
        line=1,
    ),
    "a parameter entity": one(
        diagrams.around(
            "<task id='a'/>",
            head='<!DOCTYPE definitions [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>',
        ),
        "invalid-xml",
        line=1,
    ),
    "a billion laughs": one(
        diagrams.around(SPEAKS.format("l9"), head=_laughs()), "invalid-xml", line=None
    ),
    "a harmless entity": one(
        diagrams.around(
            SPEAKS.format("x"), head="<!DOCTYPE definitions [<!ENTITY x 'harmless'>]>"
        ),
        "invalid-xml",
        line=1,
    ),
    "an entity in UTF-16": one(
        diagrams.around(SPEAKS.format("host"), head=EXTERNAL)
        .decode()
        .replace("UTF-8", "UTF-16")
        .encode("utf-16"),
        "invalid-xml",
        line=1,
    ),
    "an entity in UTF-16 without a mark": one(
        diagrams.around(SPEAKS.format("host"), head=EXTERNAL)
        .decode()
        .replace("UTF-8", "UTF-16LE")
        .encode("utf-16-le"),
        "invalid-xml",
        line=1,
    ),
    "an encoding that does not exist": one(
        diagrams.around("<task id='a'/>").replace(b"UTF-8", b"klingon"), "invalid-xml"
    ),
    "bytes that are no UTF-8": one(
        diagrams.around("<task id='a' name='@'/>").replace(b"@", b"\xff\xfe"), "invalid-xml"
    ),
    "no XML": one(b"Hej!", "invalid-xml"),
    "nothing": one(b"", "invalid-xml"),
    "only blanks": one(b" \n ", "invalid-xml"),
    "NUL": one(b"\0" * 100, "invalid-xml"),
    "a picture": one(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "invalid-xml"),
    "an archive": one(b"PK\x03\x04" + b"\0" * 50, "invalid-xml"),
    "half a document": one(diagrams.one_task()[:-20], "invalid-xml"),
    "two documents": one(diagrams.one_task() * 2, "invalid-xml"),
    "something else in XML": one(b"<html><body/></html>", "not-bpmn", line=1),
    "elements inside one another": one(
        diagrams.around("<subProcess>" * 2_000 + "</subProcess>" * 2_000), "invalid-xml"
    ),
    "more than five million bytes": one(
        diagrams.around(f"<documentation>{'x' * 6_000_000}</documentation>"), "invalid-xml"
    ),
    "more elements than anybody draws": one(
        diagrams.around("\n".join(f'<task id="t{each}"/>' for each in range(20_001))),
        "too-large",
        "p",
        3,
    ),
}

SCRIPTS = {
    "a script that imports": drawn(
        '<startEvent id="s"/>\n<scriptTask id="x"><script>\nn = 1\nimport os\nos.system("id")'
        '</script></scriptTask>\n<sequenceFlow id="f" sourceRef="s" targetRef="x"/>',
        "unreadable",
        "x",
        7,
    ),
    "a script that opens a file": drawn(
        '<scriptTask id="x"><script>n = open("/etc/passwd").read()</script></scriptTask>',
        "unreadable",
        "x",
    ),
    "a script that climbs": drawn(
        '<scriptTask id="x"><script>n = ().__class__.__base__.__subclasses__()</script>'
        "</scriptTask>",
        "unreadable",
        "x",
    ),
    "a script in another language": drawn(
        '<scriptTask id="x" scriptFormat="groovy"><script>println 1</script></scriptTask>',
        "script",
        "x",
    ),
    "a condition that imports": drawn(
        '<exclusiveGateway id="g" default="d"/>\n<task id="a"/>\n'
        '<sequenceFlow id="d" sourceRef="g" targetRef="a"/>\n'
        '<sequenceFlow id="c" sourceRef="g" targetRef="a"><conditionExpression>'
        "__import__('os').system('id')</conditionExpression></sequenceFlow>",
        "unreadable",
        "c",
        7,
    ),
    "an assignee that imports": drawn(
        '<userTask id="a" xmlns:r="https://rutin.example/schema/1" '
        "r:assignee=\"=__import__('os').getlogin()\"/>",
        "unreadable",
        "a",
    ),
    "a due date that nobody can read": drawn(
        '<userTask id="a" xmlns:r="https://rutin.example/schema/1" r:dueDate="soon"/>',
        "assignment",
        "a",
    ),
    "separation from nothing": drawn(
        '<userTask id="a" xmlns:r="https://rutin.example/schema/1" r:notPerformerOf="b"/>',
        "assignment",
        "a",
    ),
}


def _event(kind: str, content: str, **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<{kind} id="x"{said}>\n{content}\n</{kind}>'


def _not_supported(content: str, element: str = "x", line: int = 4) -> Bad:
    return drawn(content, "not-supported", element, line)


def _wrong_event(rule: str, content: str) -> Bad:
    return drawn(content, rule, "x")


UNSUPPORTED = {
    "something that nobody knows in a process": _not_supported(
        '<quantumTask id="x"/>', element="p"
    ),
    "something that nobody knows in a sub-process": _not_supported(
        _event("subProcess", '<startEvent id="s"/><quantumTask id="q"/>'), line=5
    ),
    "a choreography": _not_supported(
        '<choreographyTask id="x"><incoming>f</incoming></choreographyTask>'
    ),
    "a catch event without an event": _wrong_event(
        "event-incomplete", '<intermediateCatchEvent id="x"/>'
    ),
    "a message nobody named": _wrong_event(
        "event-incomplete", _event("intermediateCatchEvent", "<messageEventDefinition/>")
    ),
    "a timer without a time": _wrong_event(
        "event-incomplete", _event("startEvent", "<timerEventDefinition/>")
    ),
    "a link to nowhere": _wrong_event(
        "link", _event("intermediateThrowEvent", '<linkEventDefinition name="l"/>')
    ),
    "cancelling what is no transaction": _wrong_event(
        "cancel", _event("endEvent", "<cancelEventDefinition/>")
    ),
    "a definition that is not there": drawn(
        _event("startEvent", "<eventDefinitionRef>d</eventDefinitionRef>"),
        "dangling-reference",
        "x",
    ),
    "a boundary event on nothing": _wrong_event(
        "boundary-event",
        '<boundaryEvent id="x" attachedToRef="a"><errorEventDefinition/></boundaryEvent>',
    ),
    "an event sub-process without an event": _wrong_event(
        "event-sub-process", _event("subProcess", '<startEvent id="s"/>', triggeredByEvent="1")
    ),
    "instances without a number": drawn(
        _event("userTask", "<multiInstanceLoopCharacteristics/>"), "no-instances", "x"
    ),
    "a mapping that calls a program": drawn(
        _event(
            "userTask",
            '<extensionElements><c:inputOutput xmlns:c="http://camunda.org/schema/1.0/bpmn">'
            '<c:inputParameter name="y">${bean.call()}</c:inputParameter></c:inputOutput></extensionElements>',
        ),
        "unreadable",
        "x",
    ),
    "a condition after a task that cannot be read": drawn(
        '<task id="a"/>\n<task id="b"/>\n<sequenceFlow id="x" sourceRef="a" targetRef="b">'
        "<conditionExpression>n &gt;</conditionExpression></sequenceFlow>",
        "unreadable",
        "x",
        6,
    ),
}

WRONG = {
    "an id used twice": drawn(
        '<task id="a"/>\n<task id="b"/>\n<task id="a"/>', "duplicate-id", "a", 6
    ),
    "a flow to nowhere": drawn(
        '<task id="a"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="b"/>',
        "dangling-flow",
        "f",
        5,
    ),
    "a flow from nowhere": drawn(
        '<task id="a"/>\n<sequenceFlow id="f" sourceRef="b" targetRef="a"/>',
        "dangling-flow",
        "f",
        5,
    ),
    "a flow without ends": drawn(
        '<task id="a"/>\n<sequenceFlow id="f"/>', "dangling-flow", "f", 5
    ),
    "a flow out of a sub-process": drawn(
        '<subProcess id="sub"><task id="a"/></subProcess>\n<task id="b"/>\n'
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"/>',
        "flow-ends",
        "f",
        6,
    ),
    "a flow into a start": drawn(
        '<task id="a"/>\n<startEvent id="s"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="s"/>',
        "flow-ends",
        "f",
        6,
    ),
    "a circle without a beginning": drawn(
        '<task id="a"/><task id="b"/>\n<sequenceFlow id="f" sourceRef="a" targetRef="b"/>\n'
        '<sequenceFlow id="g" sourceRef="b" targetRef="a"/>',
        "no-beginning",
        "p",
        3,
    ),
    "a way without a condition": drawn(
        '<exclusiveGateway id="g"/><task id="a"/>\n'
        '<sequenceFlow id="f" sourceRef="g" targetRef="a"/>\n'
        '<sequenceFlow id="h" sourceRef="g" targetRef="a">'
        "<conditionExpression>n</conditionExpression></sequenceFlow>"
        '<sequenceFlow id="i" sourceRef="g" targetRef="a"/>',
        "missing-condition",
        "f",
        5,
    ),
    "a default that leaves another": drawn(
        '<exclusiveGateway id="g" default="nowhere"/>', "default-flow", "g"
    ),
    "a call of nothing": drawn('<callActivity id="c"/>', "no-called-process", "c"),
    "one key in two files": Bad(
        {"a.bpmn": diagrams.one_task(), "b.bpmn": diagrams.two_steps()},
        "same-key-twice",
        "p",
        resource="b.bpmn",
    ),
    "one key twice in a file": one(
        diagrams.one_task().replace(
            b"</definitions>",
            b'<process id="p" isExecutable="true"><task id="z"/></process></definitions>',
        ),
        "same-key-twice",
        "p",
    ),
    **{
        f"a file called {name}": Bad({name: diagrams.one_task()}, "unknown-kind", resource=name)
        for name in ("p.xml", "p.exe", "p.bpmn.txt", "p", ".bpmn~", "p.form", "form.json")
    },
    "a form that is no JSON": Bad(
        {"answer.form.json": b"{"}, "form-json", resource="answer.form.json"
    ),
    "a form without end": Bad(
        {"answer.form.json": b"[" * 100_000}, "form-json", resource="answer.form.json"
    ),
    "a decision that is none": Bad(
        {"d.dmn": b"<definitions/>"}, "not-dmn", line=1, resource="d.dmn"
    ),
    "a decision with an entity": Bad(
        {"d.dmn": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'},
        "invalid-xml",
        line=1,
        resource="d.dmn",
    ),
}
