"""The default flow of an element is one of the flows that leave it (BPMN 2.0 §10.6.2)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.default is not None and element.default not in element.outgoing:
            yield at(
                process,
                element,
                "default-flow",
                "The default flow '{flow}' does not leave this element.",
                flow=element.default,
            )
