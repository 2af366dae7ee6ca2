"""Where an exclusive gateway decides, each way has a condition or is the default (BPMN 2.0 §10.6.2)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for gateway in process.elements.values():
        if gateway.type != "exclusiveGateway" or len(gateway.outgoing) < 2:
            continue
        for flow_id in gateway.outgoing:
            if not process.flows[flow_id].condition and flow_id != gateway.default:
                yield at(
                    process,
                    process.flows[flow_id],
                    "missing-condition",
                    "The flow '{element}' after '{gateway}' needs a condition, or must be the default flow.",
                    gateway=gateway.label,
                )
