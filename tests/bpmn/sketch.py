"""
Models in a line or two, for tests of behaviour.

    process("p", start("s"), user("a"), end("e"), flows="s > a > e")
    process("p", ..., flows="s > g; g > a ? amount > 100; g > b; a > e; b > e")

A flow's id is its ends: `g--a`. A gateway's default is named by the flow: `xor("g", default="g--b")`.
"""

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
RUTIN = "https://rutin.example/schema/1"


NAMESPACES = {
    "": BPMN,
    ":rutin": RUTIN,
    ":camunda": "http://camunda.org/schema/1.0/bpmn",
    ":spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    ":zeebe": "http://camunda.org/schema/zeebe/1.0",
}


def definitions(*processes: str) -> bytes:
    said = " ".join(f'xmlns{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    inside = "\n".join(processes)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f"{head}\n<definitions {said} targetNamespace='tests'>\n{inside}\n</definitions>".encode()
    )


def process(key: str, *elements: str, flows: str = "", **attributes: str) -> str:
    return _tag("process", key, *elements, flows=flows, isExecutable="true", **attributes)


def model(key: str, *elements: str, flows: str = "") -> bytes:
    return definitions(HEAD, process(key, *elements, flows=flows))


MESSAGE = "<messageEventDefinition messageRef='msg'/>"
SIGNAL = "<signalEventDefinition signalRef='sig'/>"
ERROR = "<errorEventDefinition errorRef='err'/>"
ESCALATION = "<escalationEventDefinition escalationRef='esc'/>"
COMPENSATE = "<compensateEventDefinition/>"
TERMINATE = "<terminateEventDefinition/>"
CANCEL = "<cancelEventDefinition/>"
HEAD = (
    "<message id='msg' name='Message'/><message id='msg2' name='Other'/>"
    "<signal id='sig' name='Signal'/><error id='err' name='Failed' errorCode='E1'/>"
    "<escalation id='esc' name='Up' escalationCode='U1'/>"
)


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{escape(text)}</{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    inside = f"<condition>{escape(text)}</condition>"
    return f"<conditionalEventDefinition>{inside}</conditionalEventDefinition>"


def link(name: str) -> str:
    return f"<linkEventDefinition name={quoteattr(name)}/>"


def catch(key: str, event: str, **attributes: str) -> str:
    return _tag("intermediateCatchEvent", key, event, **attributes)


def throw(key: str, event: str = "") -> str:
    return _tag("intermediateThrowEvent", key, event)


def boundary(key: str, host: str, event: str, *, interrupting: bool = True) -> str:
    return _tag(
        "boundaryEvent",
        key,
        event,
        attachedToRef=host,
        cancelActivity="true" if interrupting else "false",
    )


def event_sub(key: str, begin: str, *elements: str, flows: str = "") -> str:
    return _tag("subProcess", key, begin, *elements, flows=flows, triggeredByEvent="true")


def event_start(key: str, event: str, *, interrupting: bool = True) -> str:
    return _tag("startEvent", key, event, isInterrupting="true" if interrupting else "false")


def gateway(kind: str, key: str, *content: str, **attributes: str) -> str:
    return _tag(f"{kind}Gateway", key, *content, **attributes)


def multi(content: str = "", **attributes: str) -> str:
    said = "".join(
        f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items()
    )
    return f"<multiInstanceLoopCharacteristics{said}>{content}</multiInstanceLoopCharacteristics>"


def cardinality(text: str) -> str:
    return f"<loopCardinality>{escape(text)}</loopCardinality>"


def completion(text: str) -> str:
    return f"<completionCondition>{escape(text)}</completionCondition>"


def element(kind: str, key: str, *content: str, **attributes: str) -> str:
    return _tag(kind, key, *content, **attributes)


def start(key: str = "s", *content: str) -> str:
    return _tag("startEvent", key, *content)


def end(key: str = "e", *content: str) -> str:
    return _tag("endEvent", key, *content)


def task(key: str, *content: str, **attributes: str) -> str:
    return _tag("task", key, *content, **attributes)


def user(key: str, *content: str, **attributes: str) -> str:
    return _tag("userTask", key, *content, **attributes)


def script(key: str, text: str, *content: str, **attributes: str) -> str:
    return _tag("scriptTask", key, *content, f"<script>{escape(text)}</script>", **attributes)


def xor(key: str, **attributes: str) -> str:
    return _tag("exclusiveGateway", key, **attributes)


def both(key: str) -> str:
    return _tag("parallelGateway", key)


def sub(key: str, *elements: str, flows: str = "") -> str:
    return _tag("subProcess", key, *elements, flows=flows)


def call(key: str, called: str, **attributes: str) -> str:
    return _tag("callActivity", key, calledElement=called, **attributes)


def flow(source: str, target: str) -> str:
    return _flows(f"{source} > {target}")[0]


def _tag(kind: str, key: str, *content: str, flows: str = "", **attributes: str) -> str:
    said = "".join(
        f" {name.replace('__', ':')}={quoteattr(value)}" for name, value in attributes.items()
    )
    inside = "\n".join((*content, *_flows(flows)))
    return f"<{kind} id={quoteattr(key)}{said}>\n{inside}\n</{kind}>"


def _flows(text: str) -> list[str]:
    drawn = []
    for line in filter(None, (part.strip() for part in text.split(";"))):
        path, _, condition = line.partition("?")
        ends = [end.strip() for end in path.split(">")]
        for source, target in pairwise(ends):
            inside = (
                f"<conditionExpression>{escape(condition.strip())}</conditionExpression>"
                if condition
                else ""
            )
            drawn.append(
                f"<sequenceFlow id={quoteattr(f'{source}--{target}')} sourceRef={quoteattr(source)} "
                f"targetRef={quoteattr(target)}>{inside}</sequenceFlow>"
            )
    return drawn
