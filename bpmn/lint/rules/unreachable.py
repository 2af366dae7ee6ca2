"""What nothing leads to is never done; whoever drew it should know."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding, Severity


def check(process: Process) -> Iterator[Finding]:
    reached = _reached(process)
    for element in process.elements.values():
        if element.id not in reached:
            yield Finding(
                process.resource,
                "unreachable",
                "Nothing leads to '{element}': it is never done.",
                Severity.WARNING,
                element.id,
                element.line,
                {"element": element.label},
            )


def _reached(process: Process) -> set[str]:
    """Return the elements that a token can come to, or that stand for something that may happen."""
    starts = {each.scope for each in process.elements.values() if each.type == "startEvent"}
    stack = [each.id for each in process.elements.values() if _begins(each, starts)]
    reached: set[str] = set()
    while stack:
        identity = stack.pop()
        if identity not in reached and identity in process.elements:
            reached.add(identity)
            stack += [process.flows[each].target for each in process.elements[identity].outgoing]
    return reached


def _begins(element: Element, scopes_with_starts: set[str]) -> bool:
    if element.incoming:
        return False
    return (
        element.type in {"startEvent", "boundaryEvent"}
        or element.triggered_by_event
        or element.for_compensation
        or element.instantiate
        or any(each.trigger is Trigger.LINK for each in element.events)
        or element.scope not in scopes_with_starts
    )
