"""
What refers to something else in the file, and does not find it there or finds something that cannot be meant.

Keys are not references: which process a call activity calls is known when it is called. What only says of which
type a value is (`itemSubjectRef`, `structureRef`) is not read.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from bpmn import xml
from bpmn.description import Reference
from bpmn.findings import Severity
from bpmn.reader import data, events
from bpmn.reader.draft import File
from bpmn.reader.tags import ACTIVITIES, EVENTS, FLOW_NODES, B, label, place, reference

DATA = frozenset({"dataInput", "dataObject", "dataObjectReference", "dataOutput", "property"})
IN_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "dataObjectRef": frozenset({"dataObject"}),
    "dataStoreRef": frozenset({"dataStore"}),
    "errorRef": frozenset({"error"}),
    "escalationRef": frozenset({"escalation"}),
    "messageRef": frozenset({"message"}),
    "noneBehaviorEventRef": events.TAGS,
    "oneBehaviorEventRef": events.TAGS,
    "operationRef": frozenset({"operation"}),
    "signalRef": frozenset({"signal"}),
}
IN_TEXTS: Mapping[str, frozenset[str]] = {
    "eventDefinitionRef": events.TAGS,
    "flowNodeRef": FLOW_NODES,
    "operationRef": frozenset({"operation"}),
}
"""Which tags an attribute, or the text of a tag, can refer to."""
FROM_ELSEWHERE = frozenset({"dataStoreRef", "operationRef"})
"""References that say nothing about the execution; they may lead into another file."""
ASSOCIATIONS = frozenset({"dataInputAssociation", "dataOutputAssociation"})


def astray(process: etree._Element, file: File) -> Iterator[Reference]:
    """Return the references of a process that do not lead to what they should."""
    for node, where in _nodes(process, file):
        for name, written, meant in _references(node, file):
            identity = reference(written)
            found = file.by_id.get(identity or "")
            if identity is None or (found is not None and xml.local_name(found) in meant):
                continue
            if name in FROM_ELSEWHERE and _is_elsewhere(written, node):
                continue
            yield Reference(
                element_id=str(where.get("id", "")),
                label=label(where),
                line=where.sourceline,
                name=name,
                identity=identity,
            )


def of_collaborations(file: File) -> None:
    """Note the pools and message flows that refer to what is not in the file: they are drawn, not executed."""
    for tag, attribute in (
        ("participant", "processRef"),
        ("messageFlow", "sourceRef"),
        ("messageFlow", "targetRef"),
    ):
        for node in file.root.iter(f"{B}{tag}"):
            written = str(node.get(attribute, ""))
            identity = reference(written)
            if identity is None or identity in file.by_id or _is_elsewhere(written, node):
                continue
            file.find(
                node,
                "collaboration",
                "'{element}' leads to '{reference}', which is not in the file.",
                Severity.WARNING,
                element=label(node),
                reference=identity,
            )


def _nodes(process: etree._Element, file: File) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Return what may refer, with its place: also what an event refers to outside of the process."""
    for node in process.iter(f"{B}*"):
        yield node, place(node)
        if xml.local_name(node) == "eventDefinitionRef":
            found = file.by_id.get(reference(node.text) or "")
            if found is not None:
                yield found, place(node)


def _references(node: etree._Element, file: File) -> Iterator[tuple[str, str, frozenset[str]]]:
    for name, value in node.attrib.items():
        if name in IN_ATTRIBUTES:
            yield str(name), str(value), IN_ATTRIBUTES[str(name)]
    tag = xml.local_name(node)
    if tag in IN_TEXTS:
        yield tag, node.text or "", IN_TEXTS[tag]
    if tag in ASSOCIATIONS:
        yield from _ends(node, file)


def _ends(association: etree._Element, file: File) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Return what an association moves from and to, unless it only shows a data store."""
    around = association.getparent()
    if (
        xml.local_name(around) not in ACTIVITIES | EVENTS
        or association.find(f"{B}assignment") is not None
    ):
        return
    ends = [
        each for tag in ("sourceRef", "targetRef") for each in association.iterchildren(B + tag)
    ]
    found = [file.by_id.get(reference(each.text) or "") for each in ends]
    if any(each is not None and xml.local_name(each) in data.STORES for each in found):
        return
    for end, node in zip(ends, found, strict=True):
        if node is not around:  # an arrow to the activity as a whole, as some tools draw it
            meant = DATA if node is None or _holds_data(node, file) else frozenset()
            yield xml.local_name(end), end.text or "", meant


def _holds_data(node: etree._Element, file: File) -> bool:
    identity = reference(node.get("dataObjectRef"))
    return identity is None or identity in file.by_id


def _is_elsewhere(written: str, node: etree._Element) -> bool:
    """Tell whether a reference is into the namespace of another file."""
    prefix = written.strip().rpartition(":")[0]
    target = node.getroottree().getroot().get("targetNamespace")
    return bool(node.nsmap.get(prefix, target) != target)
