"""An event says what it is about: which message or signal, when, on what condition (BPMN 2.0 §10.5.5)."""

from collections.abc import Iterator

from bpmn.description import Element, EventDefinition, Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        for template in _missing(element):
            yield at(process, element, "event-incomplete", template)


def _missing(element: Element) -> Iterator[str]:
    if not element.events and element.type == "intermediateCatchEvent":
        yield "'{element}' does not say what it waits for."
    if not element.events and element.type == "boundaryEvent":
        yield "'{element}' does not say what happens."
    for definition in element.events:
        template = _unsaid(definition, is_caught=element.type in CATCHING)
        if template is not None:
            yield template


def _unsaid(definition: EventDefinition, *, is_caught: bool) -> str | None:
    match definition.trigger:
        case Trigger.TIMER if not definition.text:
            return "'{element}' does not say when."
        case Trigger.CONDITIONAL if not definition.text:
            return "'{element}' has no condition."
        case Trigger.MESSAGE if is_caught and not definition.name:
            return "'{element}' does not say which message it waits for."
        case Trigger.SIGNAL if not definition.name:
            return (
                "'{element}' does not say which signal it waits for."
                if is_caught
                else "'{element}' does not say which signal it throws."
            )
    return None
