"""From the XML of a file to what can be drawn of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from bpmn import xml
from bpmn.description import Trigger
from bpmn.diagram.content import MULTIPLE, PARALLEL_MULTIPLE, Content, Element, Trait
from bpmn.diagram.kinds import CHOREOGRAPHY, CONTAINERS, DATA_ASSOCIATIONS, EDGES, PLANES, SHAPES
from bpmn.diagram.limits import MAX_ELEMENTS
from bpmn.reader.tags import GLOBAL_TASKS, B, is_true, reference, text

AROUND = SHAPES | PLANES
READ = AROUND | EDGES

TRIGGERS = frozenset(each.value for each in Trigger)
REFERRED = (
    TRIGGERS
    | set(GLOBAL_TASKS)
    | {"categoryValue", "dataObject", "dataStore", "message", "process", "globalChoreographyTask"}
)
"""What others refer to, and take something from."""

NAMED_AFTER = {
    "dataObjectReference": "dataObjectRef",
    "dataStoreReference": "dataStoreRef",
    "messageFlow": "messageRef",
    "participant": "processRef",
}
"""Whose name is that of something else, where it has none."""

SAID: Mapping[tuple[str, str], tuple[Trait, ...]] = {
    ("associationDirection", "One"): (Trait.TO_TARGET,),
    ("associationDirection", "Both"): (Trait.TO_SOURCE, Trait.TO_TARGET),
    ("cancelActivity", "false"): (Trait.NON_INTERRUPTING,),
    ("cancelActivity", "0"): (Trait.NON_INTERRUPTING,),
    ("eventGatewayType", "Parallel"): (Trait.ALL_EVENTS,),
    ("instantiate", "true"): (Trait.INSTANTIATING,),
    ("instantiate", "1"): (Trait.INSTANTIATING,),
    ("isCollection", "true"): (Trait.COLLECTION,),
    ("isCollection", "1"): (Trait.COLLECTION,),
    ("isForCompensation", "true"): (Trait.COMPENSATION,),
    ("isForCompensation", "1"): (Trait.COMPENSATION,),
    ("isInterrupting", "false"): (Trait.NON_INTERRUPTING,),
    ("isInterrupting", "0"): (Trait.NON_INTERRUPTING,),
    ("loopType", "MultiInstanceParallel"): (Trait.PARALLEL,),
    ("loopType", "MultiInstanceSequential"): (Trait.SEQUENTIAL,),
    ("loopType", "Standard"): (Trait.LOOP,),
    ("triggeredByEvent", "true"): (Trait.BY_EVENT,),
    ("triggeredByEvent", "1"): (Trait.BY_EVENT,),
}
"""What an attribute with a value tells."""

HOLDS = {
    "conditionExpression": Trait.CONDITIONAL,
    "participantMultiplicity": Trait.PARALLEL,
    "standardLoopCharacteristics": Trait.LOOP,
}
"""What is told by a child that is there."""


def read(root: etree._Element) -> Content:
    """Read what can be drawn. Of two elements with one id the first counts; what has no id gets one."""
    reading = _Reading(root)
    for event, node in etree.iterwalk(root, events=("start", "end"), tag=f"{B}*"):
        kind = xml.local_name(node)
        if event == "end" and kind in AROUND:
            reading.around.pop()
        elif event == "start" and kind in READ:
            key = reading.note(node, kind)
            if kind in AROUND:
                reading.around.append(key)
    return Content(reading.elements, reading.left_out)


@dataclass(slots=True)
class _Reading:
    root: etree._Element
    elements: dict[str, Element] = field(default_factory=dict)
    around: list[str] = field(default_factory=lambda: [""])
    referred: dict[str, etree._Element] = field(default_factory=dict)
    defaults: set[str] = field(default_factory=set)
    left_out: int = 0
    nameless: int = 0

    def __post_init__(self) -> None:
        for node in self.root.iter(*(f"{B}{tag}" for tag in sorted(REFERRED))):
            if node.get("id"):
                self.referred.setdefault(str(node.get("id")), node)
        for node in self.root.iter(f"{B}*"):
            if node.get("default"):
                self.defaults.add(str(node.get("default")))

    def note(self, node: etree._Element, kind: str) -> str:
        key = str(node.get("id") or "")
        if not key:
            self.nameless += 1
            key = f"{kind}-without-id-{self.nameless}"
        if len(self.elements) >= MAX_ELEMENTS:
            self.left_out += 1
        elif key not in self.elements:
            self.elements[key] = self._element(node, kind, key)
        return key

    def _element(self, node: etree._Element, kind: str, key: str) -> Element:
        source, target = _ends(node, kind, self.around[-1])
        return Element(
            id=key,
            kind=kind,
            name=self._name(node, kind),
            scope=self.around[-1],
            depth=len(self.around) - 1,
            source=source,
            target=target,
            attached_to=reference(node.get("attachedToRef")) or "",
            called=self._called(node, kind),
            trigger=self._trigger(node, kind),
            traits=frozenset(self._traits(node, kind, key)),
            members=tuple(_members(node, kind)),
        )

    def _name(self, node: etree._Element, kind: str) -> str:
        if kind == "textAnnotation":
            return text(node, "text") or _attribute(node, "name")
        if kind == "group":
            return _attribute(self._other(node, "categoryValueRef"), "value")
        other = self._other(node, NAMED_AFTER[kind]) if kind in NAMED_AFTER else None
        name = _attribute(node, "name") or _attribute(other, "name")
        state = _attribute(node.find(f"{B}dataState"), "name")
        return f"{name} [{state}]".strip() if state and f"[{state}]" not in name else name

    def _called(self, node: etree._Element, kind: str) -> str:
        if kind == "participant":
            return reference(node.get("processRef")) or ""
        called = self._other(node, "calledElement") if kind == "callActivity" else None
        return "" if called is None else xml.local_name(called)

    def _trigger(self, node: etree._Element, kind: str) -> str:
        event = _start(node) if kind in CONTAINERS else node
        found = [] if event is None else list(self._triggers(event))
        if len(found) > 1:
            return PARALLEL_MULTIPLE if is_true(node, "parallelMultiple") else MULTIPLE
        return found[0] if found else ""

    def _triggers(self, event: etree._Element) -> Iterator[str]:
        for child in event.iterchildren(f"{B}*"):
            tag = xml.local_name(child)
            if tag == "eventDefinitionRef":
                other = self.referred.get(reference(child.text) or "")
                tag = "" if other is None else xml.local_name(other)
            if tag in TRIGGERS:
                yield tag

    def _traits(self, node: etree._Element, kind: str, key: str) -> Iterator[Trait]:
        for said in node.attrib.items():
            yield from SAID.get(said, ())
        for tag, trait in HOLDS.items():
            if node.find(f"{B}{tag}") is not None:
                yield trait
        if key in self.defaults:
            yield Trait.DEFAULT
        if kind in DATA_ASSOCIATIONS:
            yield Trait.TO_TARGET
        yield from self._traits_of_others(node, kind)

    def _traits_of_others(self, node: etree._Element, kind: str) -> Iterator[Trait]:
        """Give what is told by something in the element, or something it refers to."""
        several = node.find(f"{B}multiInstanceLoopCharacteristics")
        if several is not None:
            yield Trait.SEQUENTIAL if is_true(several, "isSequential") else Trait.PARALLEL
        start = _start(node) if kind in CONTAINERS else None
        if start is not None and not is_true(start, "isInterrupting", default=True):
            yield Trait.NON_INTERRUPTING
        thing = self._other(node, "dataObjectRef")
        if thing is not None and is_true(thing, "isCollection"):
            yield Trait.COLLECTION

    def _other(self, node: etree._Element, attribute: str) -> etree._Element | None:
        return self.referred.get(reference(node.get(attribute)) or "")


def _ends(node: etree._Element, kind: str, around: str) -> tuple[str, str]:
    """Return where an edge begins and ends; the one end of a data association is the activity it stands in."""
    if kind not in EDGES:
        return "", ""
    source = reference(node.get("sourceRef") or text(node, "sourceRef")) or ""
    target = reference(node.get("targetRef") or text(node, "targetRef")) or ""
    if kind == "dataInputAssociation":
        return source, around
    return (around, target) if kind == "dataOutputAssociation" else (source, target)


def _members(node: etree._Element, kind: str) -> Iterator[str]:
    if kind == "lane":
        for each in node.iterchildren(f"{B}flowNodeRef"):
            yield reference(each.text) or ""
    if kind in CHOREOGRAPHY:
        first = reference(node.get("initiatingParticipantRef")) or ""
        others = [reference(each.text) or "" for each in node.iterchildren(f"{B}participantRef")]
        yield from sorted(others, key=lambda each: each != first)


def _start(node: etree._Element) -> etree._Element | None:
    """Return the start event of an event sub-process, which a closed one shows in its corner."""
    return node.find(f"{B}startEvent") if is_true(node, "triggeredByEvent") else None


def _attribute(node: etree._Element | None, name: str) -> str:
    return "" if node is None else str(node.get(name) or "").strip()
