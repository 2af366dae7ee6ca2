"""An event sub-process is no part of the flow: it begins with one event that happens (BPMN 2.0 §10.3.5)."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    starts: dict[str, list[Element]] = {}
    for element in process.elements.values():
        if element.type == "startEvent":
            starts.setdefault(element.scope, []).append(element)
    for element in process.elements.values():
        if element.triggered_by_event:
            yield from _findings(element, starts.get(element.id, []), process)


def _findings(element: Element, starts: list[Element], process: Process) -> Iterator[Finding]:
    if len(starts) != 1 or not starts[0].events:
        yield at(
            process,
            element,
            "event-sub-process",
            "The event sub-process '{element}' must begin with one start event that says by what.",
        )
    if element.incoming or element.outgoing:
        yield at(
            process,
            element,
            "event-sub-process",
            "No sequence flow leads to the event sub-process '{element}' or from it.",
        )
    if element.loop is not None:
        yield at(
            process,
            element,
            "event-sub-process",
            "'{element}' is done whenever its event happens, and cannot be repeated by a loop.",
        )
    for start in starts:
        catches = {each.trigger for each in start.events}
        if not start.interrupting and Trigger.ERROR in catches:
            yield at(
                process,
                start,
                "event-sub-process",
                "'{element}' must interrupt: what has failed cannot go on.",
            )
        if start.parallel_multiple and Trigger.ERROR in catches:
            yield at(
                process,
                start,
                "event-sub-process",
                "'{element}' cannot wait for an error together with other events.",
            )
