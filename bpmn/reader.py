"""
From the XML of a file to its description.

The reader takes every legal model, also what is not executed: whether a thing may run is for `lint` to say.
It walks with a stack of its own, so that no depth or length of a model can exhaust Python's; it gives ids
to flows and elements that lack them (they are optional in the schema, and dropping such flows would change
the process); and it takes the direction of flows from the flows alone, not from the optional
`incoming` and `outgoing` of the elements, which tools forget to update.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from bpmn import extensions, namespaces, xml
from bpmn.description import Element, Flow, Lane, Model, Part, Process, Script
from bpmn.findings import Finding

B = f"{{{namespaces.BPMN}}}"

CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "complexGateway",
        "eventBasedGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
        "event",
    }
)
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
    }
)
ACTIVITIES = TASKS | CONTAINERS | {"callActivity"}
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS

SILENT = frozenset(
    {
        "association",
        "auditing",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "monitoring",
        "outgoing",
        "script",
        "supportedInterfaceRef",
        "textAnnotation",
    }
)
"""What may stand in a process or element and says nothing about its execution."""

UNEXECUTED_ATTRIBUTES = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "triggeredByEvent": "false",
    "instantiate": "false",
    "parallelMultiple": "false",
}
"""Attributes that change execution when they differ from these values, their defaults."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stood in a file, and what was wrong with the way it was written."""

    model: Model
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Draft:
    """A process while its file is read."""

    resource: str
    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    nameless: int = 0

    def identify(self, node: etree._Element) -> str:
        """Return the node's id, or one derived from its place, which is the same at every reading."""
        given = node.get("id")
        if given:
            return str(given)
        self.nameless += 1
        return f"{xml.local_name(node)}-without-id-{self.nameless}"


def read(source: bytes, resource: str) -> Reading:
    """
    Describe the processes of a BPMN file.

    Raises `InvalidXml` where the bytes are no XML that we read.
    """
    root = xml.parse(source)
    findings = list(_duplicate_ids(root, resource))
    processes = []
    for node in root.iter(f"{B}process"):
        draft = _Draft(resource)
        processes.append(_process(node, draft))
        findings += draft.findings
    if not processes:
        findings.append(
            Finding(
                resource,
                "no-process",
                "The file holds no process that could be executed.",
                line=root.sourceline,
            )
        )
    return Reading(Model(resource, tuple(processes)), tuple(findings))


def _process(node: etree._Element, draft: _Draft) -> Process:
    process_id = draft.identify(node)
    unread = [*extensions.unread(node), *_contents(node, process_id, draft)]
    return Process(
        id=process_id,
        resource=draft.resource,
        name=node.get("name"),
        executable=node.get("isExecutable", "true") in {"true", "1"},
        line=node.sourceline,
        elements=_connected(draft),
        flows=draft.flows,
        documentation=_documentation(node),
        unread=tuple(unread),
    )


def _contents(process: etree._Element, process_id: str, draft: _Draft) -> Iterator[Part]:
    """Note what stands in a process, at every depth; gives what is not known to stand there."""
    scopes = [(process, process_id)]
    while scopes:
        scope, scope_id = scopes.pop()
        for child in scope.iterchildren(f"{B}*"):
            name = xml.local_name(child)
            if name == "sequenceFlow":
                flow = _flow(child, draft)
                draft.flows[flow.id] = flow
            elif name == "laneSet":
                _lanes(child, draft)
            elif name in FLOW_NODES or child.find(f"{B}incoming") is not None:
                element = _element(child, scope_id, draft)
                draft.elements[element.id] = element
                if name in CONTAINERS:
                    scopes.append((child, element.id))
            elif scope is process and name not in SILENT:
                yield Part(name, child.sourceline)


def _element(node: etree._Element, scope: str, draft: _Draft) -> Element:
    kind = xml.local_name(node)
    return Element(
        id=draft.identify(node),
        type=kind,
        scope=scope,
        name=node.get("name"),
        line=node.sourceline,
        documentation=_documentation(node),
        default=node.get("default"),
        work=extensions.work(node) if kind in {"userTask", "manualTask"} else None,
        script=_script(node) if kind == "scriptTask" else None,
        called=_called(node) if kind == "callActivity" else None,
        unread=tuple(_unread(node)),
    )


def _unread(node: etree._Element) -> Iterator[Part]:
    container = xml.local_name(node) in CONTAINERS
    for name, usual in UNEXECUTED_ATTRIBUTES.items():
        value = node.get(name)
        if value is not None and value != usual and (value, usual) != ("0", "false"):
            yield Part(f"{name}={value}", node.sourceline)
    for child in node.iterchildren():
        name = xml.local_name(child)
        if xml.namespace(child) != namespaces.BPMN or name in SILENT:
            continue
        if container and (name in FLOW_NODES or name in {"sequenceFlow", "laneSet"}):
            continue
        yield Part(name, child.sourceline)
    yield from extensions.unread(node)


def _script(node: etree._Element) -> Script:
    text = node.find(f"{B}script")
    return Script(
        text="" if text is None else "".join(text.itertext()),
        format=node.get("scriptFormat"),
        line=node.sourceline if text is None else text.sourceline,
    )


def _called(node: etree._Element) -> str | None:
    called: str | None = node.get("calledElement") or extensions.called_process(node)
    return called.rpartition(":")[2] if called else None


def _flow(node: etree._Element, draft: _Draft) -> Flow:
    condition = node.find(f"{B}conditionExpression")
    text = None if condition is None else "".join(condition.itertext()).strip()
    return Flow(
        id=draft.identify(node),
        source=str(node.get("sourceRef", "")),
        target=str(node.get("targetRef", "")),
        condition=text or None,
        name=node.get("name"),
        line=node.sourceline,
    )


def _lanes(lane_set: etree._Element, draft: _Draft) -> None:
    """Note the lane of each element; a lane inside a lane comes later and decides."""
    for lane in lane_set.iter(f"{B}lane"):
        name = str(lane.get("name") or lane.get("id") or "")
        described = Lane(name, extensions.role(lane) or name)
        for reference in lane.iterchildren(f"{B}flowNodeRef"):
            draft.lanes[(reference.text or "").strip()] = described


def _connected(draft: _Draft) -> dict[str, Element]:
    """Tell each element its flows and its lane; what leads nowhere becomes a finding."""
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in draft.flows.values():
        for end, reference in (("source", flow.source), ("target", flow.target)):
            if reference not in draft.elements:
                draft.findings.append(
                    Finding(
                        draft.resource,
                        "dangling-flow",
                        "The sequence flow's {end} '{reference}' does not exist in this process.",
                        element_id=flow.id,
                        line=flow.line,
                        values={"end": end, "reference": reference},
                    )
                )
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    return {
        element.id: replace(
            element,
            incoming=tuple(incoming.get(element.id, ())),
            outgoing=tuple(outgoing.get(element.id, ())),
            lane=_lane(element, draft),
        )
        for element in draft.elements.values()
    }


def _lane(element: Element, draft: _Draft) -> Lane | None:
    """Return the element's lane, or that of the sub-process around it."""
    current: Element | None = element
    while current is not None:
        if current.id in draft.lanes:
            return draft.lanes[current.id]
        current = draft.elements.get(current.scope)
    return None


def _documentation(node: etree._Element) -> str | None:
    texts = ["".join(each.itertext()).strip() for each in node.iterchildren(f"{B}documentation")]
    return "\n\n".join(text for text in texts if text) or None


def _duplicate_ids(root: etree._Element, resource: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for node in root.iter(etree.Element):
        identity = node.get("id")
        if identity is None or xml.namespace(node) != namespaces.BPMN:
            continue
        if identity in seen:
            yield Finding(
                resource,
                "duplicate-id",
                "The id '{id}' is used more than once; ids must be unique in a file.",
                element_id=str(identity),
                line=node.sourceline,
                values={"id": identity},
            )
        seen.add(str(identity))
