"""An event is of a kind that can stand where it stands (BPMN 2.0 §10.5.5, tables 10.84 to 10.93)."""

from collections.abc import Iterator, Mapping

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

FROM_OUTSIDE = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.TIMER, Trigger.CONDITIONAL})
ALLOWED: Mapping[str, frozenset[Trigger]] = {
    "startEvent": FROM_OUTSIDE,
    "intermediateCatchEvent": FROM_OUTSIDE | {Trigger.LINK},
    "intermediateThrowEvent": frozenset(
        {Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ESCALATION, Trigger.COMPENSATION, Trigger.LINK}
    ),
    "boundaryEvent": frozenset(Trigger) - {Trigger.TERMINATE, Trigger.LINK},
    "endEvent": frozenset(
        {
            Trigger.MESSAGE,
            Trigger.SIGNAL,
            Trigger.ERROR,
            Trigger.ESCALATION,
            Trigger.CANCEL,
            Trigger.COMPENSATION,
            Trigger.TERMINATE,
        }
    ),
    "sendTask": frozenset({Trigger.MESSAGE}),
    "receiveTask": frozenset({Trigger.MESSAGE}),
}
"""Which kinds may stand where."""
IN_EVENT_SUB_PROCESS = FROM_OUTSIDE | {Trigger.ERROR, Trigger.ESCALATION, Trigger.COMPENSATION}
"""What may start an event sub-process."""

SENTENCES: Mapping[Trigger, str] = {
    Trigger.MESSAGE: "'{element}' cannot have a message; events have one, and send and receive tasks.",
    Trigger.SIGNAL: "'{element}' cannot have a signal; only events have one.",
    Trigger.TIMER: (
        "'{element}' cannot have a time; it starts something, is waited for, or interrupts an activity."
    ),
    Trigger.CONDITIONAL: (
        "'{element}' cannot have a condition; it starts something, is waited for, or interrupts an activity."
    ),
    Trigger.ERROR: (
        "'{element}' cannot have an error; end events throw it, boundary events and event sub-processes catch it."
    ),
    Trigger.ESCALATION: (
        "'{element}' cannot have an escalation; throwing events and end events throw it, "
        "boundary events and event sub-processes catch it."
    ),
    Trigger.COMPENSATION: (
        "'{element}' cannot have a compensation; throwing events and end events throw it, "
        "boundary events and event sub-processes catch it."
    ),
    Trigger.CANCEL: (
        "'{element}' cannot cancel; an end event in a transaction does, and an event on its border catches it."
    ),
    Trigger.TERMINATE: "'{element}' cannot terminate; only an end event does.",
    Trigger.LINK: "'{element}' cannot be a link; only intermediate events are.",
}


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        allowed = _allowed(element, process)
        for definition in element.events:
            if definition.trigger not in allowed:
                yield at(process, element, "event-position", SENTENCES[definition.trigger])


def _allowed(element: Element, process: Process) -> frozenset[Trigger]:
    if element.type == "startEvent" and process.is_event_sub_process(element.scope):
        return IN_EVENT_SUB_PROCESS
    return ALLOWED.get(element.type, frozenset())
