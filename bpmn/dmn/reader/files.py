"""A whole file: what it imports, its item definitions, and the elements of its requirements graph."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from bpmn import namespaces, xml
from bpmn.dmn.boxes import Variable
from bpmn.dmn.description import (
    Decision,
    Element,
    Import,
    InputData,
    KnowledgeModel,
    Model,
    Reference,
    Service,
)
from bpmn.dmn.reader import boxes, items, nodes
from bpmn.errors import InvalidXml

BESIDE_LOGIC = frozenset(
    {
        "description",
        "extensionElements",
        "question",
        "allowedAnswers",
        "variable",
        "informationRequirement",
        "knowledgeRequirement",
        "authorityRequirement",
        "supportedObjective",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "usingProcess",
        "usingTask",
    }
)


def is_dmn(root: etree._Element) -> bool:
    return xml.local_name(root) == "definitions" and xml.namespace(root) in namespaces.DMN


def read(source: bytes, resource: str) -> Model:
    """
    Describe a DMN file.

    Raises `InvalidXml` where the bytes are no XML that we read, or no DMN document.
    """
    root = xml.parse(source)
    if not is_dmn(root):
        raise InvalidXml("The file is not a DMN document.", line=root.sourceline)
    return Model(
        resource=resource,
        name=nodes.name_of(root),
        namespace=str(root.get("namespace") or ""),
        id=nodes.identity(root),
        imports=tuple(_import(each) for each in nodes.children(root, "import")),
        items=tuple(items.read(each) for each in nodes.children(root, "itemDefinition")),
        elements=tuple(_elements(root)),
    )


def _import(node: etree._Element) -> Import:
    return Import(
        nodes.name_of(node),
        str(node.get("namespace") or ""),
        str(node.get("importType") or ""),
        node.sourceline,
    )


def _elements(root: etree._Element) -> Iterator[Element]:
    for node in nodes.children(root):
        reader = READERS.get(xml.local_name(node))
        if reader is not None:
            yield reader(node)


def _key(node: etree._Element) -> str:
    return nodes.identity(node) or nodes.name_of(node)


def _variable(node: etree._Element) -> Variable:
    """Return the name under which others see the element: that of the element, whose variable has the type."""
    named = nodes.child(node, "variable")
    name = nodes.name_of(node)
    if named is None:
        return Variable(name or _key(node), None, node.sourceline)
    return nodes.variable(named, name)


def _input_data(node: etree._Element) -> InputData:
    return InputData(_key(node), nodes.name_of(node), node.sourceline, _variable(node))


def _decision(node: etree._Element) -> Decision:
    return Decision(
        id=_key(node),
        name=nodes.name_of(node),
        line=node.sourceline,
        variable=_variable(node),
        required=tuple(
            reference
            for requirement in nodes.children(node, "informationRequirement")
            for reference in _references(requirement, "requiredDecision", "requiredInput")
        ),
        knowledge=_knowledge(node),
        logic=boxes.within(node, BESIDE_LOGIC),
        description=nodes.said(node, "description"),
        question=nodes.said(node, "question"),
    )


def _knowledge_model(node: etree._Element) -> KnowledgeModel:
    logic = nodes.child(node, "encapsulatedLogic")
    return KnowledgeModel(
        id=_key(node),
        name=nodes.name_of(node),
        line=node.sourceline,
        variable=_variable(node),
        logic=boxes.function(logic) if logic is not None else None,
        knowledge=_knowledge(node),
    )


def _service(node: etree._Element) -> Service:
    return Service(
        id=_key(node),
        name=nodes.name_of(node),
        line=node.sourceline,
        variable=_variable(node),
        outputs=tuple(_references(node, "outputDecision")),
        encapsulated=tuple(_references(node, "encapsulatedDecision")),
        input_decisions=tuple(_references(node, "inputDecision")),
        input_data=tuple(_references(node, "inputData")),
    )


def _knowledge(node: etree._Element) -> tuple[Reference, ...]:
    return tuple(
        reference
        for requirement in nodes.children(node, "knowledgeRequirement")
        for reference in _references(requirement, "requiredKnowledge")
    )


def _references(node: etree._Element, *names: str) -> Iterator[Reference]:
    for child in nodes.children(node):
        if xml.local_name(child) in names:
            namespace, _, identity = str(child.get("href") or "").rpartition("#")
            yield Reference(identity, namespace or None, child.sourceline)


READERS: Mapping[str, Callable[[etree._Element], Element]] = MappingProxyType(
    {
        "inputData": _input_data,
        "decision": _decision,
        "businessKnowledgeModel": _knowledge_model,
        "decisionService": _service,
    }
)
