"""Of several start events in a scope, at most one starts without a reason (BPMN 2.0 §10.5.2)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    begun: set[str] = set()
    for element in process.elements.values():
        if element.type != "startEvent" or element.events:
            continue
        if element.scope in begun:
            yield at(
                process,
                element,
                "several-beginnings",
                "There is more than one start event without a reason to start; which one begins?",
            )
        begun.add(element.scope)
