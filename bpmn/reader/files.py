"""A whole file: its processes, their elements at every depth, and the flows and lanes between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from bpmn import extensions, namespaces, xml
from bpmn.description import Element, Flow, Model, Part, Process
from bpmn.errors import InvalidXml
from bpmn.findings import Finding, Severity
from bpmn.reader import attributes, data, elements, lanes, languages, references
from bpmn.reader.draft import Draft, File
from bpmn.reader.languages import expression
from bpmn.reader.tags import (
    CONTAINERS,
    FALSE,
    FLOW_NODES,
    GLOBAL_TASKS,
    NEVER_MEANT,
    SILENT,
    B,
    documentation,
    is_true,
    reference,
)

DRAWN = FLOW_NODES | {"process", "sequenceFlow"}
MOST_DRAWN = 25_000
"""Elements and flows of all processes in a file: more are refused before they cost anything."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stood in a file, and what was wrong with the way it was written."""

    model: Model
    findings: tuple[Finding, ...]
    root: etree._Element
    is_bpmn: bool
    """Whether it is a BPMN document at all."""


def read(source: bytes, resource: str) -> Reading:
    """
    Describe the processes of a BPMN file.

    Raises `InvalidXml` where the bytes are no XML that we read, or far too much of it.
    """
    root = xml.parse(source)
    drawn = sum(1 for _ in root.iter(*(f"{B}{tag}" for tag in DRAWN)))
    if drawn > MOST_DRAWN:
        raise InvalidXml(
            "The file has {count} elements and flows; at most {limit} are read.",
            count=drawn,
            limit=MOST_DRAWN,
        )
    file = File(resource, root)
    _duplicate_ids(file)
    references.of_collaborations(file)
    _unread(file)
    _not_understood(file)
    processes = [_process(node, file) for node in file.root.iter(f"{B}process")]
    processes += [
        _global_task(node, file)
        for tag in GLOBAL_TASKS
        for node in file.root.iterchildren(f"{B}{tag}")
    ]
    is_bpmn = file.root.tag == f"{B}definitions"
    if not is_bpmn:
        file.find(file.root, "not-bpmn", "The file is not a BPMN 2.0 document.")
    elif not processes:
        file.find(
            file.root,
            "no-process",
            "The file holds no process that could be executed.",
            Severity.WARNING,
        )
    model = Model(resource, tuple(processes), _name(file, processes))
    return Reading(model, tuple(file.findings), file.root, is_bpmn)


def _unread(file: File) -> None:
    """Note what the dialects say of messages, errors, pools and the like, and is not read."""
    for node in file.root.iterchildren(f"{B}*"):
        if xml.local_name(node) in {"process", *GLOBAL_TASKS}:
            continue
        for part in extensions.unread(node, elements.APART):
            file.find(
                node,
                "extension-not-read",
                "'{part}' is an extension of another product and has no effect here.",
                Severity.WARNING,
                part=part.name,
            )


def _not_understood(file: File) -> None:
    """Note the extensions without which a model must not be executed, as it says itself (§8.2.3)."""
    for node in file.root.iterchildren(f"{B}extension"):
        if is_true(node, "mustUnderstand"):
            file.find(
                node,
                "not-supported",
                "'{part}' cannot be executed yet, so the model is refused instead of run without it.",
                part=node.get("definition") or "extension",
            )


def _name(file: File, processes: list[Process]) -> str | None:
    """Return what a file is called: by its collaboration, the name of its document, or its first process."""
    collaboration = file.root.find(f"{B}collaboration")
    named = [each.get("name") for each in (collaboration, file.root) if each is not None]
    return next(filter(None, (*named, *(each.name for each in processes))), None)


def _process(node: etree._Element, file: File) -> Process:
    draft = Draft(file)
    process_id = draft.identify(node)
    unread = tuple(_contents(node, process_id, draft))
    described = _connected(draft)
    return Process(
        id=process_id,
        resource=file.resource,
        name=node.get("name"),
        executable=_is_executable(node),
        line=node.sourceline,
        elements=described,
        flows=draft.flows,
        documentation=documentation(node),
        area=extensions.area(node),
        compensations=_compensations(draft, described),
        variables={scope: tuple(names) for scope, names in draft.variables.items()},
        searchable=extensions.searchable(node),
        shortcut=extensions.shortcut(node),
        unread=unread,
        foreign=tuple(extensions.unread(node, elements.APART)),
        languages=tuple(languages.foreign(node)),
        astray=tuple(references.astray(node, file)),
        unknown_values=tuple(attributes.unknown(node)),
    )


def _is_executable(node: etree._Element) -> bool | None:
    said = node.get("isExecutable")
    return None if said is None else str(said).strip() not in FALSE


def _global_task(node: etree._Element, file: File) -> Process:
    """A task that is called from elsewhere is a process of one element (§10.3.4)."""
    draft = Draft(file)
    key = draft.identify(node)
    element = replace(elements.read(node, key, draft), id=f"{key}-task")
    return Process(
        id=key,
        resource=file.resource,
        name=node.get("name"),
        executable=True,
        line=node.sourceline,
        elements={element.id: element},
        flows={},
        languages=tuple(languages.foreign(node)),
        astray=tuple(references.astray(node, file)),
        unknown_values=tuple(attributes.unknown(node)),
    )


def _contents(process: etree._Element, process_id: str, draft: Draft) -> Iterator[Part]:
    """Note what stands in a process, at every depth; gives what is not known to stand there."""
    scopes = [(process, process_id)]
    while scopes:
        scope, scope_id = scopes.pop()
        for child in scope.iterchildren(f"{B}*"):
            name = xml.local_name(child)
            if name in NOTED:
                NOTED[name](child, scope_id, draft)
            elif name in FLOW_NODES or child.find(f"{B}incoming") is not None:
                element = elements.read(child, scope_id, draft)
                draft.elements[element.id] = element
                if name in CONTAINERS:
                    scopes.append((child, element.id))
            elif scope is process and name not in SILENT and name not in elements.READ:
                yield Part(name, child.sourceline)


def _note_flow(node: etree._Element, _scope: str, draft: Draft) -> None:
    flow = Flow(
        id=draft.identify(node),
        source=str(node.get("sourceRef", "")),
        target=str(node.get("targetRef", "")),
        condition=expression(node, "conditionExpression"),
        name=node.get("name"),
        line=node.sourceline,
        foreign=tuple(extensions.unread(node, frozenset())),
    )
    draft.flows[flow.id] = flow


def _note_association(node: etree._Element, _scope: str, draft: Draft) -> None:
    source, target = reference(node.get("sourceRef")), reference(node.get("targetRef"))
    draft.associations.append((source or "", target or ""))


NOTED = {
    "sequenceFlow": _note_flow,
    "laneSet": lanes.note,
    "association": _note_association,
    "dataObject": data.declare,
    "property": data.declare,
}


def _connected(draft: Draft) -> dict[str, Element]:
    """Tell each element its flows and its lane."""
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in draft.flows.values():
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    return {
        element.id: replace(
            element,
            incoming=tuple(incoming.get(element.id, ())),
            outgoing=tuple(outgoing.get(element.id, ())),
            lane=lanes.of(element, draft),
        )
        for element in draft.elements.values()
    }


def _compensations(draft: Draft, described: dict[str, Element]) -> dict[str, str]:
    """Return the handler of each compensation boundary event: an association leads there (§10.7)."""
    found = {}
    for one, other in draft.associations:
        for source, target in ((one, other), (other, one)):
            event, handler = described.get(source), described.get(target)
            if event and handler and event.attached_to and handler.for_compensation:
                found[event.id] = handler.id
    return found


def _duplicate_ids(file: File) -> None:
    """Note ids that stand twice: an error where one could be meant for the other, else only said."""
    seen: dict[str, etree._Element] = {}
    for node in file.root.iter(etree.Element):
        identity = node.get("id")
        if identity is None or xml.namespace(node) != namespaces.BPMN:
            continue
        first = seen.setdefault(str(identity), node)
        if first is not node:
            tags = {xml.local_name(first), xml.local_name(node)}
            file.find(
                _whole(node),
                "duplicate-id",
                "The id '{id}' is used more than once; ids must be unique in a file.",
                Severity.WARNING if tags & NEVER_MEANT else Severity.ERROR,
                id=identity,
            )


def _whole(node: etree._Element) -> etree._Element:
    """Return the element that a part such as a condition belongs to."""
    while xml.local_name(node) in NEVER_MEANT and (around := node.getparent()) is not None:
        node = around
    return node
