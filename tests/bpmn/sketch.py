"""
Models in a line or two, for tests of behaviour.

    process("p", start("s"), user("a"), end("e"), flows="s > a > e")
    process("p", ..., flows="s > g; g > a ? amount > 100; g > b; a > e; b > e")

A flow's id is its ends: `g>a`. A gateway's default is named by the flow: `xor("g", default="g>b")`.
"""

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
RUTIN = "https://rutin.example/schema/1"


def definitions(*processes: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{BPMN}" xmlns:rutin="{RUTIN}" '
        f'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="tests">\n'
        + "\n".join(processes)
        + "\n</definitions>"
    ).encode()


def process(key: str, *elements: str, flows: str = "", **attributes: str) -> str:
    return _tag("process", key, *elements, flows=flows, isExecutable="true", **attributes)


def model(key: str, *elements: str, flows: str = "") -> bytes:
    return definitions(process(key, *elements, flows=flows))


def element(kind: str, key: str, *content: str, **attributes: str) -> str:
    return _tag(kind, key, *content, **attributes)


def start(key: str = "s", *content: str) -> str:
    return _tag("startEvent", key, *content)


def end(key: str = "e", *content: str) -> str:
    return _tag("endEvent", key, *content)


def user(key: str, *content: str, **attributes: str) -> str:
    return _tag("userTask", key, *content, **attributes)


def script(key: str, text: str, **attributes: str) -> str:
    return _tag("scriptTask", key, f"<script>{escape(text)}</script>", **attributes)


def xor(key: str, **attributes: str) -> str:
    return _tag("exclusiveGateway", key, **attributes)


def both(key: str) -> str:
    return _tag("parallelGateway", key)


def sub(key: str, *elements: str, flows: str = "") -> str:
    return _tag("subProcess", key, *elements, flows=flows)


def call(key: str, called: str) -> str:
    return _tag("callActivity", key, calledElement=called)


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
                f"<sequenceFlow id={quoteattr(f'{source}>{target}')} sourceRef={quoteattr(source)} "
                f"targetRef={quoteattr(target)}>{inside}</sequenceFlow>"
            )
    return drawn
