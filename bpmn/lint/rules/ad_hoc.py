"""An ad-hoc sub-process holds activities, and no start or end events (BPMN 2.0 §10.3.5)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at

NEVER_INSIDE = frozenset({"startEvent", "endEvent"})


def check(process: Process) -> Iterator[Finding]:
    busy = {each.scope for each in process.elements.values() if each.is_activity}
    for element in process.elements.values():
        around = process.elements.get(element.scope)
        if element.type == "adHocSubProcess" and element.id not in busy:
            yield at(
                process,
                element,
                "ad-hoc",
                "There is no activity in the ad-hoc sub-process '{element}': it would never be done.",
            )
        if element.type in NEVER_INSIDE and around and around.type == "adHocSubProcess":
            yield at(
                process,
                element,
                "ad-hoc",
                "'{element}' does not belong in '{around}': in an ad-hoc sub-process people choose what to do.",
                Severity.WARNING,
                around=around.label,
            )
