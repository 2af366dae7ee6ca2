"""Decision tables (§8.3)."""

from enum import StrEnum
from typing import TypeVar

from lxml import etree

from bpmn.dmn.boxes import Aggregation, HitPolicy, Input, Output, Rule, Table, Text
from bpmn.dmn.reader import nodes

Kind = TypeVar("Kind", bound=StrEnum)


def read(node: etree._Element) -> Table:
    annotations = nodes.children(node, "annotation")
    return Table(
        id=nodes.identity(node),
        line=node.sourceline,
        type=nodes.attribute_type(node),
        label=node.get("outputLabel"),
        hit_policy=_one_of(HitPolicy, node.get("hitPolicy") or HitPolicy.UNIQUE),
        aggregation=_one_of(Aggregation, node.get("aggregation")),
        inputs=tuple(_input(each) for each in nodes.children(node, "input")),
        outputs=tuple(_output(each) for each in nodes.children(node, "output")),
        annotations=tuple(str(each.get("name") or "") for each in annotations),
        rules=tuple(_rule(each) for each in nodes.children(node, "rule")),
    )


def _one_of(kind: type[Kind], written: str | None) -> Kind | None:
    return next((each for each in kind if each.value == written), None)


def _input(node: etree._Element) -> Input:
    expression = nodes.text(nodes.child(node, "inputExpression"))
    return Input(
        expression or Text("", nodes.identity(node), node.sourceline),
        node.get("label"),
        nodes.text(nodes.child(node, "inputValues")),
    )


def _output(node: etree._Element) -> Output:
    return Output(
        nodes.name_of(node) or None,
        node.get("label"),
        nodes.attribute_type(node),
        nodes.text(nodes.child(node, "outputValues")),
        nodes.text(nodes.child(node, "defaultOutputEntry")),
    )


def _rule(node: etree._Element) -> Rule:
    description = nodes.child(node, "description")
    return Rule(
        nodes.identity(node),
        node.sourceline,
        tuple(filter(None, (nodes.text(each) for each in nodes.children(node, "inputEntry")))),
        tuple(filter(None, (nodes.text(each) for each in nodes.children(node, "outputEntry")))),
        tuple(nodes.text_of(each) for each in nodes.children(node, "annotationEntry")),
        description.text if description is not None else None,
    )
