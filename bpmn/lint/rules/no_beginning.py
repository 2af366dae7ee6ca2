"""A process and a sub-process must have somewhere to begin (BPMN 2.0 §13.3.4)."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding

NOTHING = "There is nothing in the process, so it cannot begin."
NOBODY = "There is no start event, and every element waits for another one or for an event."


def check(process: Process) -> Iterator[Finding]:
    filled = {each.scope for each in process.elements.values()}
    begun = {each.scope for each in process.elements.values() if _begins(each)}
    scopes = [(process.id, process.line)]
    scopes += [(each.id, each.line) for each in process.elements.values() if each.id in filled]
    for scope, line in scopes:
        if scope not in begun:
            yield Finding(
                process.resource,
                "no-beginning",
                NOBODY if scope in filled else NOTHING,
                element_id=scope,
                line=line,
            )


def _begins(element: Element) -> bool:
    return not (
        element.incoming
        or element.type == "boundaryEvent"
        or element.triggered_by_event
        or element.for_compensation
        or (
            element.type == "intermediateCatchEvent"
            and any(each.trigger is Trigger.LINK for each in element.events)
        )
    )
