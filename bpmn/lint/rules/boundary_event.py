"""A boundary event stands on the border of an activity that can be interrupted (BPMN 2.0 §10.5.4, table 10.90)."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

AT_ONCE = frozenset({Trigger.ERROR, Trigger.CANCEL, Trigger.COMPENSATION})
"""What cannot be remembered until something else happens."""


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.type != "boundaryEvent":
            continue
        host = process.elements.get(element.attached_to or "")
        for template in (_misplaced(element, host), _led_to(element), _continues(element)):
            if template is not None:
                label = host.label if host else element.attached_to
                yield at(process, element, "boundary-event", template, host=label)


def _misplaced(event: Element, host: Element | None) -> str | None:
    if host is None or not host.is_activity:
        return "'{element}' is not attached to an activity."
    if host.scope != event.scope:
        return "'{element}' and '{host}', which it is attached to, must stand in the same sub-process."
    if host.triggered_by_event:
        return "'{element}' cannot stand on the border of '{host}', which is an event sub-process."
    if host.for_compensation:
        return "'{element}' cannot stand on the border of '{host}', which compensates."
    return None


def _led_to(event: Element) -> str | None:
    if event.incoming:
        return "No sequence flow leads to '{element}': it stands on the border of an activity."
    return None


def _continues(event: Element) -> str | None:
    if event.parallel_multiple and any(each.trigger in AT_ONCE for each in event.events):
        return "'{element}' cannot wait for an error together with other events."
    triggers = {each.trigger for each in event.events if not event.interrupting}
    if Trigger.ERROR in triggers:
        return "'{element}' must interrupt: an activity with an error cannot go on."
    if Trigger.CANCEL in triggers:
        return "'{element}' must interrupt: a transaction that is cancelled cannot go on."
    return None
