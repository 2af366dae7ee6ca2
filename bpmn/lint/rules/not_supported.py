"""Every element either works as BPMN 2.0 says or is refused here; nothing is silently ignored."""

from collections.abc import Iterator

from bpmn.description import Part, Process
from bpmn.findings import Finding

EXECUTED = frozenset(
    {
        "adHocSubProcess",
        "boundaryEvent",
        "businessRuleTask",
        "callActivity",
        "complexGateway",
        "endEvent",
        "eventBasedGateway",
        "exclusiveGateway",
        "inclusiveGateway",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "manualTask",
        "parallelGateway",
        "receiveTask",
        "scriptTask",
        "sendTask",
        "serviceTask",
        "startEvent",
        "subProcess",
        "task",
        "transaction",
        "userTask",
    }
)


def check(process: Process) -> Iterator[Finding]:
    for part in process.unread:
        yield _finding(process, process.id, part)
    for element in process.elements.values():
        if element.type not in EXECUTED:
            yield _finding(process, element.id, Part(element.type, element.line))
        else:
            yield from (_finding(process, element.id, part) for part in element.unread)


def _finding(process: Process, element_id: str, part: Part) -> Finding:
    return Finding(
        process.resource,
        "not-supported",
        "'{part}' cannot be executed yet, so the model is refused instead of run without it.",
        element_id=element_id,
        line=part.line,
        values={"part": part.name},
    )
