"""
From the description of a process to SpiffWorkflow's graph of specifications.

The library's XML parser is not used: it recurses along the model, drops flows without ids, evaluates texts as
Python and ignores what it does not know. Here everything has been described and checked before.
"""

from collections.abc import Iterator, Mapping

from bpmn.description import (
    Element,
    EventDefinition,
    Flow,
    MultiInstance,
    Process,
    StandardLoop,
    Transfer,
    Trigger,
)
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.scripting import texts
from bpmn.scripting.texts import Expression
from bpmn.spiff import makers, moves, scripts, throwing
from bpmn.spiff.activities import Activity
from bpmn.spiff.awaiting import Value
from bpmn.spiff.containers import CallActivity
from bpmn.spiff.events import (
    BoundaryEvent,
    EventSubProcessStart,
)
from bpmn.spiff.loops import Loop, MultipleInstances, StandardLooping
from bpmn.spiff.moves import Move
from bpmn.spiff.nodes import FlowNode
from bpmn.spiff.process import Connection, ProcessSpec, ScopePlan
from bpmn.spiff.scripts import Computed


def build(process: Process, limits: Limits) -> ProcessSpec:
    """
    Build the graph of a process that `lint` has found executable.

    Raises `InvalidExpression` for a condition, script or assignment that cannot be read.
    """
    spec = ProcessSpec(process)
    nodes = {
        element.id: makers.node(spec, element, process, limits)
        for element in process.elements.values()
    }
    connections = {
        flow.id: _connection(flow, process, nodes, limits) for flow in process.flows.values()
    }
    borders = _borders(nodes)
    for node in nodes.values():
        node.flows_into([connections[each] for each in node.element.outgoing])
        node.moves_in = moves.read(node.element.inputs, limits)
        node.moves_out = moves.read(node.element.outputs, limits)
        if isinstance(node, Activity):
            _complete_activity(node, borders.get(node.name, []), process, limits)
        if isinstance(node, EventSubProcessStart):
            node.sub_process = nodes[node.element.scope]
    _connect_links(process, nodes)
    _connect_beginnings(nodes)
    for scope in {process.id, *(each.scope for each in process.elements.values())}:
        spec.plans[scope] = _plan(process, scope, nodes)
    return spec


def problems(process: Process, limits: Limits) -> Iterator[tuple[str, int | None, BpmnError]]:
    """Return every text in a process that cannot be read, with the element or flow it stands in."""
    for element in process.elements.values():
        for read in (
            lambda each: makers.node(ProcessSpec(process), each, process, limits),
            lambda each: _loop(each, limits),
            lambda each: moves.read(each.inputs + each.outputs, limits),
            lambda each: _scripts_around(each, limits),
        ):
            try:
                read(element)
            except BpmnError as error:
                yield element.id, _line(element, error), error
    for flow in process.flows.values():
        try:
            _condition(flow, limits)
        except BpmnError as error:
            yield flow.id, flow.line, error


def _line(element: Element, error: BpmnError) -> int | None:
    """Return the line in the file; a script knows the line within itself."""
    inside = getattr(error, "line", None)
    if element.script is not None and element.script.line and inside:
        return int(element.script.line + inside - 1)
    return element.line


def beginnings(process: Process, scope: str) -> list[Element]:
    """
    Return the elements where a process or sub-process starts without anything having happened.

    Those are its none start events; without any start event, every element that nothing leads to (§13.3.4).
    """
    children = process.children(scope)
    starts = [element for element in children if element.type == "startEvent"]
    if starts:
        return [element for element in starts if not element.events]
    return [element for element in children if _begins(element)]


def _begins(element: Element) -> bool:
    return not (
        element.incoming
        or element.type == "boundaryEvent"
        or element.triggered_by_event
        or element.for_compensation
        or element.instantiate
        or any(each.trigger is Trigger.LINK for each in element.events)
    )


def _plan(process: Process, scope: str, nodes: Mapping[str, FlowNode]) -> ScopePlan:
    starts = tuple(
        start
        for child in process.children(scope)
        if child.triggered_by_event
        for inside in process.children(child.id)
        if isinstance(start := nodes[inside.id], EventSubProcessStart)
    )
    return ScopePlan(
        tuple(Connection(nodes[each.id], -1) for each in beginnings(process, scope)),
        starts,
        process.variables.get(scope, ()),
    )


# ---------------------------------------------------------------- activities


def _borders(nodes: Mapping[str, FlowNode]) -> dict[str, list[BoundaryEvent]]:
    """Return the events on the border of each activity."""
    found: dict[str, list[BoundaryEvent]] = {}
    for node in nodes.values():
        if isinstance(node, BoundaryEvent) and node.element.attached_to:
            found.setdefault(node.element.attached_to, []).append(node)
    return found


def _complete_activity(
    node: Activity, borders: list[BoundaryEvent], process: Process, limits: Limits
) -> None:
    element = node.element
    node.boundaries = tuple(borders)
    node.is_compensated = any(each.element.id in process.compensations for each in borders)
    node.loop = _loop(element, limits)
    node.before, node.after = _scripts_around(element, limits)
    if isinstance(node, CallActivity):
        node.gives = _handed_over(element.inputs, limits, everything=element.call.gives_all)
        node.takes = _handed_over(element.outputs, limits, everything=element.call.returns_all)
        node.moves_in = node.moves_out = ()


def _scripts_around(element: Element, limits: Limits) -> tuple[Computed | None, Computed | None]:
    before, after = (
        scripts.read(each, limits) if each else None for each in (element.before, element.after)
    )
    return before, after


def _handed_over(
    transfers: tuple[Transfer, ...], limits: Limits, *, everything: bool
) -> tuple[Move, ...] | None:
    """Return what a call hands over; None: all there is, where no mapping says what."""
    return None if everything and not transfers else moves.read(transfers, limits)


def _loop(element: Element, limits: Limits) -> Loop | None:
    loop = element.loop
    if isinstance(loop, StandardLoop):
        return StandardLooping(
            loop, makers.expression(loop.condition, limits), _number(loop.maximum, limits)
        )
    if isinstance(loop, MultiInstance):
        return MultipleInstances(
            loop,
            cardinality=makers.expression(loop.cardinality, limits),
            collection=makers.expression(loop.collection, limits),
            completion=makers.expression(loop.completion, limits),
            output_item=makers.expression(loop.output_item, limits),
            thrown=tuple(throwing.read(each, limits) for each in loop.thrown),
            complex_=tuple(
                (condition, throwing.read(thrown, limits) if thrown else None)
                for text, thrown in loop.complex
                if (condition := makers.expression(text, limits)) is not None
            ),
        )
    return None


def _number(text: str | None, limits: Limits) -> Value:
    return makers.expression(text, limits) or (lambda _: None)


# ---------------------------------------------------------------- flows


def _connection(
    flow: Flow, process: Process, nodes: Mapping[str, FlowNode], limits: Limits
) -> Connection:
    target = process.elements[flow.target]
    index = target.incoming.index(flow.id)
    return Connection(nodes[target.id], index, flow.id, _condition(flow, limits))


def _condition(flow: Flow, limits: Limits) -> Expression | None:
    if not flow.condition:
        return None
    return texts.expression(flow.condition, limits.expressions)


def _connect_links(process: Process, nodes: Mapping[str, FlowNode]) -> None:
    """A link event that throws is followed by the one of the same name that catches (§10.5.5)."""
    catching = {
        (each.scope, link.name): each
        for each in process.elements.values()
        if each.type == "intermediateCatchEvent" and (link := _link(each))
    }
    for element in process.elements.values():
        link = _link(element)
        if link and element.type == "intermediateThrowEvent":
            target = nodes[catching[element.scope, link.name].id]
            nodes[element.id].flows_into([Connection(target, -1)])


def _connect_beginnings(nodes: Mapping[str, FlowNode]) -> None:
    """Where a process starts by several events, the first starts it and the others are waited for (§10.6.6)."""
    for node in nodes.values():
        if node.element.instantiate and node.element.event_gateway_parallel:
            for each in node.connections:
                each.target.begun_with = tuple(
                    other for other in node.connections if other is not each
                )


def _link(element: Element) -> EventDefinition | None:
    return next((each for each in element.events if each.trigger is Trigger.LINK), None)
