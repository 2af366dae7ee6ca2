"""A finding points at an element or flow: its id, its line, and its name in the sentence."""

from bpmn.description import Element, Flow, Process
from bpmn.findings import Finding, Severity


def at(
    process: Process,
    place: Element | Flow,
    rule: str,
    template: str,
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Finding:
    """Return what a rule says of an element or flow; `{element}` in the sentence is its name."""
    return Finding(
        process.resource,
        rule,
        template,
        severity,
        place.id,
        place.line,
        {"element": place.label, **values},
    )
