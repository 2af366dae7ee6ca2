"""A sub-process is entered by the flow, so nothing else can start it (BPMN 2.0 §10.5.2, table 10.85)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        is_inside = element.scope in process.elements
        if element.type != "startEvent" or not element.events or not is_inside:
            continue
        if not process.is_event_sub_process(element.scope):
            yield at(
                process,
                element,
                "sub-process-start",
                "A sub-process is entered by the flow; '{element}' cannot start it by an event.",
            )
