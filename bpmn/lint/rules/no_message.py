"""What receives or sends says which message (BPMN 2.0 §10.3.3, §10.5.5); without one a case passes it."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at

THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        template = None if element.job else _missing(element)
        if template is not None:
            yield at(process, element, "no-message", template, Severity.WARNING)


def _missing(element: Element) -> str | None:
    if element.type == "receiveTask" and not element.events:
        return (
            "'{element}' does not say which message it receives: a case passes it without waiting."
        )
    is_nameless = any(each.trigger is Trigger.MESSAGE and not each.name for each in element.events)
    if (element.type == "sendTask" and not element.events) or (
        element.type in THROWING and is_nameless
    ):
        return "'{element}' does not say which message it sends: a case passes it, and nobody is told."
    return None
