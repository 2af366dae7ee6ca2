"""A process and a sub-process must have somewhere to begin."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding

CONTAINERS = ("subProcess", "transaction", "adHocSubProcess")


def check(process: Process) -> Iterator[Finding]:
    scopes = [(process.id, process.line)]
    scopes += [
        (each.id, each.line) for each in process.elements.values() if each.type in CONTAINERS
    ]
    begins = {
        each.scope
        for each in process.elements.values()
        if not each.incoming and each.type != "boundaryEvent" and not each.for_compensation
    }
    filled = {each.scope for each in process.elements.values()}
    for scope, line in scopes:
        if scope not in begins and (scope in filled or scope == process.id):
            yield Finding(
                process.resource,
                "no-beginning",
                "There is no start event, and every element waits for another one.",
                element_id=scope,
                line=line,
            )
    plain = [
        each for each in process.elements.values() if each.type == "startEvent" and not each.events
    ]
    for scope, _ in scopes:
        for surplus in [each for each in plain if each.scope == scope][1:]:
            yield Finding(
                process.resource,
                "several-beginnings",
                "There is more than one start event without a reason to start; which one begins?",
                element_id=surplus.id,
                line=surplus.line,
            )
