"""
From the description of a process to SpiffWorkflow's graph of specifications.

The library's XML parser is not used: it recurses along the model, drops flows without ids, evaluates texts as
Python and ignores what it does not know. Here everything has been described and checked before.
"""

from collections.abc import Callable, Mapping

from bpmn.description import Element, Flow, Process
from bpmn.limits import Limits
from bpmn.scripting import expressions, marks, scripts
from bpmn.spiff import assignment
from bpmn.spiff.process import Connection, ProcessSpec
from bpmn.spiff.specs import (
    CallActivity,
    ExclusiveGateway,
    FlowNode,
    ManualTask,
    ParallelGateway,
    ScriptTask,
    SubProcess,
    UserTask,
)

Maker = Callable[[ProcessSpec, Element, Limits], FlowNode]

MAKERS: Mapping[str, Maker] = {
    "startEvent": lambda spec, element, _: FlowNode(spec, element),
    "endEvent": lambda spec, element, _: FlowNode(spec, element),
    "intermediateThrowEvent": lambda spec, element, _: FlowNode(spec, element),
    "task": lambda spec, element, _: FlowNode(spec, element),
    "userTask": lambda spec, element, limits: UserTask(
        spec, element, assignment.plan(element, limits)
    ),
    "manualTask": lambda spec, element, limits: ManualTask(
        spec, element, assignment.plan(element, limits)
    ),
    "scriptTask": lambda spec, element, limits: ScriptTask(
        spec,
        element,
        scripts.read(element.script.text if element.script else "", limits.expressions),
    ),
    "exclusiveGateway": lambda spec, element, _: ExclusiveGateway(spec, element),
    "parallelGateway": lambda spec, element, _: ParallelGateway(spec, element),
    "subProcess": lambda spec, element, _: SubProcess(spec, element),
    "callActivity": lambda spec, element, _: CallActivity(spec, element),
}
"""The elements that are executed, by the name of their tag."""


def build(process: Process, limits: Limits) -> ProcessSpec:
    """
    Build the graph of a process that `lint` has found executable.

    Raises `InvalidExpression` for a condition, script or assignment that cannot be read.
    """
    spec = ProcessSpec(process)
    nodes = {
        element.id: MAKERS[element.type](spec, element, limits)
        for element in process.elements.values()
    }
    connections = {
        flow.id: _connection(flow, process, nodes, limits) for flow in process.flows.values()
    }
    for node in nodes.values():
        node.flows_into([connections[each] for each in node.element.outgoing])
        if isinstance(node, ExclusiveGateway) and node.element.default:
            node.default = connections[node.element.default]
    for scope in (process.id, *(each.id for each in process.elements.values())):
        spec.begin_at(
            scope,
            tuple(Connection(nodes[each.id], -1) for each in beginnings(process, scope)),
        )
    return spec


def beginnings(process: Process, scope: str) -> list[Element]:
    """
    Return the elements where a process or sub-process starts.

    Those are its start events; without any, every element that no flow leads to (BPMN 2.0 §13.3.4).
    """
    children = process.children(scope)
    starts = [element for element in children if element.type == "startEvent"]
    return starts or [element for element in children if not element.incoming]


def _connection(
    flow: Flow, process: Process, nodes: Mapping[str, FlowNode], limits: Limits
) -> Connection:
    condition = None
    if flow.condition:
        condition = expressions.read(marks.unmarked(flow.condition), limits.expressions)
    target = process.elements[flow.target]
    return Connection(nodes[target.id], target.incoming.index(flow.id), flow.id, condition)
