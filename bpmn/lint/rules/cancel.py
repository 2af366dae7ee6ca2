"""Only a transaction is cancelled: from an end event in it, and by an event on its border (BPMN 2.0 §10.5.5)."""

from collections.abc import Iterator

from bpmn.description import Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

CANCELLING = frozenset({"endEvent", "boundaryEvent"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        is_cancel = any(each.trigger is Trigger.CANCEL for each in element.events)
        if not is_cancel or element.type not in CANCELLING:
            continue
        around = process.elements.get(element.attached_to or element.scope)
        if around is None or around.type != "transaction":
            yield at(
                process,
                element,
                "cancel",
                "'{element}' cancels a transaction, but is not part of one.",
            )
