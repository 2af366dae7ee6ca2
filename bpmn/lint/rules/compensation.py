"""
What undoes an activity is connected to it and stands outside of the flow (BPMN 2.0 §10.7).

A compensation event on the border of an activity leads, by an association, to an activity that is marked as being
for compensation. A compensation that is thrown for one activity finds it in the scope where it is thrown.
"""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at

WITH_INSIDE = frozenset({"adHocSubProcess", "subProcess", "transaction"})
"""What is undone by undoing what was done inside."""


def check(process: Process) -> Iterator[Finding]:
    handlers = frozenset(process.compensations.values())
    undone = {process.elements[event].attached_to for event in process.compensations}
    for element in process.elements.values():
        if element.for_compensation:
            yield from _handler(process, element, is_led_to=element.id in handlers)
        for definition in element.events:
            if definition.trigger is not Trigger.COMPENSATION:
                continue
            if element.type == "boundaryEvent":
                yield from _border(process, element)
            elif element.type != "startEvent" and definition.activity is not None:
                yield from _thrown(process, element, definition.activity, undone)


def _handler(process: Process, element: Element, *, is_led_to: bool) -> Iterator[Finding]:
    if element.incoming or element.outgoing:
        yield at(
            process,
            element,
            "compensation",
            "'{element}' compensates: no sequence flow leads to it or from it.",
        )
    elif not is_led_to:
        yield at(
            process,
            element,
            "compensation",
            "'{element}' compensates nothing: no association leads to it from a compensation event.",
            Severity.WARNING,
        )


def _border(process: Process, element: Element) -> Iterator[Finding]:
    if element.id not in process.compensations:
        yield at(
            process,
            element,
            "compensation",
            "No association leads from '{element}' to an activity that is marked as being for compensation.",
        )
    if element.outgoing:
        yield at(
            process,
            element,
            "compensation",
            "No sequence flow leaves '{element}': an association leads to what compensates.",
        )


def _thrown(
    process: Process, element: Element, activity_id: str, undone: set[str | None]
) -> Iterator[Finding]:
    activity = process.elements.get(activity_id)
    if activity is None or not activity.is_activity:
        yield at(
            process,
            element,
            "compensation",
            "'{element}' compensates '{activity}', which is no activity of the process.",
            activity=activity.label if activity else activity_id,
        )
    elif activity.scope != _around(process, element):
        yield at(
            process,
            element,
            "compensation",
            "'{element}' compensates '{activity}', which stands in another sub-process.",
            activity=activity.label,
        )
    elif activity.type not in WITH_INSIDE and activity.id not in undone:
        yield at(
            process,
            element,
            "compensation",
            "'{element}' compensates '{activity}', but nothing is drawn that undoes it.",
            Severity.WARNING,
            activity=activity.label,
        )


def _around(process: Process, element: Element) -> str:
    """Return the scope whose activities are compensated: that around an event sub-process, else its own."""
    scope, seen = element.scope, set[str]()
    while process.is_event_sub_process(scope) and scope not in seen:
        seen.add(scope)
        scope = process.elements[scope].scope
    return scope
