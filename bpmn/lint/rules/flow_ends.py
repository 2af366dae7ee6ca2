"""A sequence flow connects two elements of one scope, and respects where a process begins and ends (§8.3.13)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding


def check(process: Process) -> Iterator[Finding]:
    for flow in process.flows.values():
        source = process.elements.get(flow.source)
        target = process.elements.get(flow.target)
        if source is None or target is None:
            continue  # dangling-flow says so
        for wrong, template in (
            (
                source.scope != target.scope,
                "A sequence flow cannot cross the border of a sub-process.",
            ),
            (target.type == "startEvent", "A sequence flow cannot lead to a start event."),
            (source.type == "endEvent", "A sequence flow cannot leave an end event."),
        ):
            if wrong:
                yield Finding(
                    process.resource, "flow-ends", template, element_id=flow.id, line=flow.line
                )
