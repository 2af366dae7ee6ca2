"""The default flow is taken when no condition is true; its own is never asked (BPMN 2.0 §8.3.13)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.default in element.outgoing and process.flows[element.default].condition:
            yield at(
                process,
                process.flows[element.default],
                "default-condition",
                "The condition of the flow '{element}' is not asked: it is the default after '{source}'.",
                Severity.WARNING,
                source=element.label,
            )
