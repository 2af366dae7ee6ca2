"""A parallel or event-based gateway takes its flows without asking (BPMN 2.0 §10.6.4, §10.6.6)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at

NEVER_ASKING = frozenset({"parallelGateway", "eventBasedGateway"})


def check(process: Process) -> Iterator[Finding]:
    for gateway in process.elements.values():
        if gateway.type not in NEVER_ASKING:
            continue
        for flow_id in gateway.outgoing:
            if process.flows[flow_id].condition:
                yield at(
                    process,
                    process.flows[flow_id],
                    "needless-condition",
                    "The condition of the flow '{element}' is not asked: '{gateway}' takes every flow.",
                    Severity.WARNING,
                    gateway=gateway.label,
                )
