"""One element with everything that is said about it."""

from collections.abc import Iterator

from lxml import etree

from bpmn import extensions, namespaces, xml
from bpmn.description import AdHoc, Element, EventDefinition, Part, Script
from bpmn.reader import data, events, loops
from bpmn.reader.draft import Draft
from bpmn.reader.languages import expression
from bpmn.reader.tags import (
    ACTIVITIES,
    CONTAINERS,
    EVENTS,
    FLOW_NODES,
    GLOBAL_TASKS,
    SILENT,
    B,
    documentation,
    is_true,
    quantity,
    reference,
)

READ = frozenset(
    {
        "activationCondition",
        "completionCondition",
        "dataInput",
        "dataInputAssociation",
        "dataOutput",
        "dataOutputAssociation",
        "eventDefinitionRef",
        "humanPerformer",
        "inputSet",
        "multiInstanceLoopCharacteristics",
        "outputSet",
        "performer",
        "potentialOwner",
        "rendering",
        "resourceRole",
        "sequenceFlow",
        "standardLoopCharacteristics",
    }
)
WITH_PROPERTIES = ACTIVITIES - {"callActivity"}
"""What has a scope in which a property can live."""
WITH_JOB = frozenset(
    {
        "businessRuleTask",
        "callActivity",
        "endEvent",
        "intermediateThrowEvent",
        "scriptTask",
        "sendTask",
        "serviceTask",
    }
)

APART = FLOW_NODES | {"sequenceFlow"}
"""What stands in an element and is described by itself."""


def read(node: etree._Element, scope: str, draft: Draft) -> Element:
    tag = xml.local_name(node)
    kind = GLOBAL_TASKS.get(tag, tag)
    is_activity = kind in ACTIVITIES
    return Element(
        id=draft.identify(node),
        type=kind,
        scope=scope,
        name=node.get("name"),
        line=node.sourceline,
        documentation=documentation(node),
        default=node.get("default"),
        direction=node.get("gatewayDirection"),
        work=extensions.work(node, draft.file.by_id)
        if kind in {"userTask", "manualTask"}
        else None,
        script=_script(node) if kind == "scriptTask" else None,
        called=_called(node, kind),
        call=extensions.call(node),
        events=_events(node, kind, draft),
        parallel_multiple=is_true(node, "parallelMultiple"),
        attached_to=reference(node.get("attachedToRef")),
        interrupting=_interrupts(node, kind),
        triggered_by_event=is_true(node, "triggeredByEvent"),
        for_compensation=is_true(node, "isForCompensation"),
        instantiate=is_true(node, "instantiate"),
        event_gateway_parallel=node.get("eventGatewayType") == "Parallel",
        loop=loops.read(node, draft.file) if is_activity else None,
        ad_hoc=_ad_hoc(node) if kind == "adHocSubProcess" else None,
        start_quantity=quantity(node.get("startQuantity", "")) or 1,
        completion_quantity=quantity(node.get("completionQuantity", "")) or 1,
        activation=expression(node, "activationCondition"),
        inputs=data.inputs(node, draft.file) if is_activity or kind in EVENTS else (),
        outputs=data.outputs(node, draft.file) if is_activity or kind in EVENTS else (),
        confines=extensions.confines(node),
        before=extensions.script_around(node, "preScript") if is_activity else None,
        after=extensions.script_around(node, "postScript") if is_activity else None,
        job=extensions.job(node) if kind in WITH_JOB else None,
        decision_result=extensions.decision_result(node),
        initiator=extensions.said(node, "initiator") if kind == "startEvent" else None,
        unread=tuple(_unread(node, kind, draft)),
        foreign=tuple(extensions.unread(node, APART)),
    )


def _unread(node: etree._Element, kind: str, draft: Draft) -> Iterator[Part]:
    if kind == "callActivity":
        yield from extensions.unread_binding(node)
    yield from _another_type(node)
    yield from data.unread(node, draft.file)
    yield from events.uncorrelated(node, kind, draft.file)
    for child in node.iterchildren(f"{B}*"):
        name = xml.local_name(child)
        if name == "property" and kind not in WITH_PROPERTIES:
            yield Part(name, child.sourceline)
        if name in SILENT or name in READ or name in events.TAGS:
            continue
        if kind in CONTAINERS and name in FLOW_NODES:
            continue
        yield Part(name, child.sourceline)


def _another_type(node: etree._Element) -> Iterator[Part]:
    """Return the type of an element that is written as something else, as XML Schema lets it (`xsi:type`)."""
    said = node.get(f"{{{namespaces.XSI}}}type")
    tag = xml.local_name(node)
    if said is not None and reference(said) != f"t{tag[0].upper()}{tag[1:]}":
        yield Part(f"xsi:type {said}", node.sourceline)


def _script(node: etree._Element) -> Script:
    child = node.find(f"{B}script")
    said = extensions.script(node)
    if said is not None:
        text, result = said
        return Script(text, "feel", node.sourceline, result)
    return Script(
        text="" if child is None else "".join(child.itertext()),
        format=node.get("scriptFormat") or node.get("scriptLanguage"),
        line=node.sourceline if child is None else child.sourceline,
        result=extensions.said(node, "resultVariable"),
    )


def _called(node: etree._Element, kind: str) -> str | None:
    if kind == "businessRuleTask":
        return extensions.called_decision(node)
    if kind != "callActivity":
        return None
    called: str | None = node.get("calledElement") or extensions.called_process(node)
    if called is None or called.strip()[:1] in {"$", "=", "#"}:
        return called
    return called.strip().rpartition(":")[2] or None


def _events(node: etree._Element, kind: str, draft: Draft) -> tuple[EventDefinition, ...]:
    if kind in {"sendTask", "receiveTask"}:
        return events.of_task(node, draft.file)
    return events.read(node, draft.file)


def _interrupts(node: etree._Element, kind: str) -> bool:
    attribute = "cancelActivity" if kind == "boundaryEvent" else "isInterrupting"
    return is_true(node, attribute, default=True)


def _ad_hoc(node: etree._Element) -> AdHoc:
    return AdHoc(
        sequential=node.get("ordering") == "Sequential",
        completion=expression(node, "completionCondition"),
        cancel_remaining=is_true(node, "cancelRemainingInstances", default=True),
    )
