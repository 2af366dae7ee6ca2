"""Where a process decides, each way has a condition or is the default (BPMN 2.0 §10.6.2)."""

from collections.abc import Iterator

from bpmn.description import Element, Process
from bpmn.findings import Finding, Severity


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.default is not None and element.default not in element.outgoing:
            yield Finding(
                process.resource,
                "default-flow",
                "The default flow '{flow}' does not leave this element.",
                element_id=element.id,
                line=element.line,
                values={"flow": element.default},
            )
        if element.type == "exclusiveGateway":
            yield from _missing(process, element)
        else:
            yield from _conditional(process, element)


def _missing(process: Process, gateway: Element) -> Iterator[Finding]:
    if len(gateway.outgoing) < 2:
        return
    for flow_id in gateway.outgoing:
        flow = process.flows[flow_id]
        if not flow.condition and flow_id != gateway.default:
            yield Finding(
                process.resource,
                "missing-condition",
                "The flow '{flow}' after '{gateway}' needs a condition, or must be the default flow.",
                element_id=flow_id,
                line=flow.line,
                values={"flow": flow.name or flow_id, "gateway": gateway.label},
            )


def _conditional(process: Process, element: Element) -> Iterator[Finding]:
    """A parallel or event-based gateway takes its flows without asking."""
    if element.type not in {"parallelGateway", "eventBasedGateway"}:
        return
    for flow_id in element.outgoing:
        flow = process.flows[flow_id]
        if flow.condition:
            yield Finding(
                process.resource,
                "needless-condition",
                "The condition of the flow '{flow}' is not asked: '{gateway}' takes every flow.",
                Severity.WARNING,
                flow_id,
                flow.line,
                {"flow": flow.name or flow_id, "gateway": element.label},
            )
