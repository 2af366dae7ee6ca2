"""
What the engine does not deliver by itself yet.

The language executes timers, messages and jobs; their doors come later. Until then whoever deploys such a
routine is told where it will wait, instead of finding out from a case that stands still.
"""

from collections.abc import Iterator

from bpmn.deployment import Checked
from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding, Severity

OUTSIDE = {
    Trigger.TIMER: "'{element}' waits for a timer; this release does not deliver that by itself yet.",
    Trigger.MESSAGE: "'{element}' waits for a message; this release does not deliver that by itself yet.",
}
PROGRAM = "'{element}' waits for a program; this release does not deliver that by itself yet."
JOBS = frozenset({"serviceTask", "businessRuleTask"})


def warnings(checked: Checked) -> Iterator[Finding]:
    """Name each element that waits for something that nothing delivers yet."""
    for version in checked.processes.values():
        for element in version.process.elements.values():
            for template in sorted({*_waits_for(element)}):
                yield _finding(version.process, element, template)


def _waits_for(element: Element) -> Iterator[str]:
    asks_decision = element.type == "businessRuleTask" and element.called is not None
    if element.job is not None or (element.type in JOBS and not asks_decision):
        yield PROGRAM
    elif element.type not in {"endEvent", "intermediateThrowEvent", "sendTask"}:
        for event in element.events:
            if event.trigger in OUTSIDE:
                yield OUTSIDE[event.trigger]


def _finding(process: Process, element: Element, template: str) -> Finding:
    return Finding(
        process.resource,
        "not-delivered-yet",
        template,
        Severity.WARNING,
        element.id,
        element.line,
        {"element": element.label},
    )
