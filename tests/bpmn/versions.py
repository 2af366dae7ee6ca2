"""Two versions of a file for tests of what changed: drawn in a line, written otherwise, given new ids."""

import re

from lxml import etree

from bpmn import xml
from bpmn.diff import compare
from tests.bpmn.sketch import (
    BPMN,
    MESSAGE,
    boundary,
    catch,
    definitions,
    end,
    process,
    script,
    start,
    timer,
    user,
    xor,
)

B = f"{{{BPMN}}}"
DI = (
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0"'
)
LANES = "<laneSet id='ls'>{}</laneSet>"


def lane(key, *members, inside=""):
    refs = "".join(f"<flowNodeRef>{each}</flowNodeRef>" for each in members)
    return f"<lane id='{key}' name='Lane {key}'>{refs}{inside}</lane>"


def drawn(*shapes):
    inside = "".join(shapes)
    return (
        f"<di:BPMNDiagram {DI}><di:BPMNPlane bpmnElement='p'>{inside}</di:BPMNPlane>"
        "</di:BPMNDiagram>"
    )


def shape(of, x="100", **attributes):
    said = "".join(f" {key.replace('__', ':')}='{value}'" for key, value in attributes.items())
    return (
        f"<di:BPMNShape id='shape_{of}_{x}' bpmnElement='{of}'{said}>"
        f"<dc:Bounds x='{x}' y='100' width='100' height='80'/></di:BPMNShape>"
    )


def told(before, after):
    """Say changes in short: the kind, the id, and what is different."""
    return [
        (each.kind.value, each.element_id, *(str(one.what) for one in each.differences))
        for each in compare(before, after)
    ]


def difference(before, after):
    """Return the only difference of the only change."""
    (change,) = compare(before, after)
    (found,) = change.differences
    return found


REFERENCES = {"default", "bpmnElement", "calledElement", "notPerformerOf", "performerOf"}


def renamed(source):
    """Give each element of BPMN a new id, as some tools do each time they save."""
    root = xml.parse(source)
    ids = {node.get("id") for node in root.iter(f"{B}*")} - {None}

    def new(text):
        return re.sub(r"[^\s,]+", lambda each: ("new-" * (each[0] in ids)) + each[0], text)

    for node in root.iter(etree.Element):
        for key, value in node.attrib.items():
            name = etree.QName(key).localname
            own = name == "id" and node.tag.startswith(B)
            if own or name in REFERENCES or name.endswith("Ref"):
                node.set(key, new(value))
        if node.text and xml.local_name(node).endswith(("Ref", "Refs", "incoming", "outgoing")):
            node.text = new(node.text)
    return etree.tostring(root)


APPROVAL = definitions(
    "<message id='msg' name='Answer'/>",
    process(
        "p",
        LANES.format(lane("l1", "s", "ask") + lane("l2", "g", "yes", "no", "e")),
        start("s"),
        user("ask", name="Ask", camunda__assignee="${initiator}"),
        xor("g", default="g--no"),
        user("yes", "<documentation>Be kind.</documentation>", name="Say yes"),
        script("no", "answer = 'no'", name="Say no"),
        boundary("b", "yes", timer("P3D")),
        catch("wait", MESSAGE, name="Wait"),
        end("e"),
        "<textAnnotation id='note'><text>By law</text></textAnnotation>",
        "<association sourceRef='ask' targetRef='note'/>",
        flows="s > ask > g; g > yes ? amount > 10; g > no; yes > wait > e; no > e; b > no",
    ),
    drawn(shape("ask"), shape("yes", "300"), shape("g", "200")),
)


def assigned(text):
    inside = f"<formalExpression>{text}</formalExpression>"
    return (
        "<potentialOwner><resourceAssignmentExpression>"
        f"{inside}</resourceAssignmentExpression></potentialOwner>"
    )


def extended(*inside):
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def respelled(source):
    """Write a file as another tool would: with other prefixes, order, line breaks, numbers, and defaults."""
    text = source.decode()
    text = text.replace(f'xmlns="{BPMN}"', f'xmlns:m="{BPMN}"').replace(
        "xmlns:camunda", "xmlns:c7"
    )
    text = re.sub(r"(?<=[ <])camunda:", "c7:", text)
    text = re.sub(r"<(/?)(?=\w+[ />])(?!di:|dc:|c7:|rutin:|zeebe:)", r"<\1m:", text)
    root = xml.parse(text.encode())
    for node in root.iter(etree.Element):
        attributes = sorted(node.attrib.items(), reverse=True)
        node.attrib.clear()
        node.attrib.update(attributes)
        if node.tag == f"{B}userTask":
            node.set("startQuantity", "1")
        if node.tag == f"{B}conditionExpression":
            node.set("{http://www.w3.org/2001/XMLSchema-instance}type", "m:tFormalExpression")
        if xml.local_name(node) == "BPMNShape":
            node.set("id", "other" + node.get("id"))
        if xml.local_name(node) == "Bounds":
            node.set("x", f"{float(node.get('x')):.3f}")
        node.append(etree.Comment("written by another tool"))
    root.set("exporterVersion", "2")
    root.set("{http://camunda.org/schema/modeler/1.0}executionPlatform", "Camunda Cloud")
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-16")
