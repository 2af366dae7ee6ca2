"""A sequence flow begins and ends at elements of its process (BPMN 2.0 §8.3.13)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for flow in process.flows.values():
        for end, lost, missing in (
            (
                flow.source,
                "The sequence flow '{element}' begins at '{reference}', which is not in this process.",
                "The sequence flow '{element}' does not say where it begins.",
            ),
            (
                flow.target,
                "The sequence flow '{element}' ends at '{reference}', which is not in this process.",
                "The sequence flow '{element}' does not say where it ends.",
            ),
        ):
            if not end:
                yield at(process, flow, "dangling-flow", missing)
            elif end not in process.elements:
                yield at(process, flow, "dangling-flow", lost, reference=end)
