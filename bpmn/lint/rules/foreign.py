"""What another product's extensions say and we do not do is told, never passed over in silence."""

from collections.abc import Iterator

from bpmn.description import Part, Process
from bpmn.findings import Finding, Severity


def check(process: Process) -> Iterator[Finding]:
    for part in process.foreign:
        yield _not_read(process, process.id, part)
    for flow in process.flows.values():
        for part in flow.foreign:
            yield _not_read(process, flow.id, part)
    for element in process.elements.values():
        for part in element.foreign:
            yield _not_read(process, element.id, part)
        if element.job is not None and element.job.foreign is not None:
            yield Finding(
                process.resource,
                "foreign-implementation",
                "'{element}' is done by '{name}' in another product: a worker must serve jobs of that name.",
                Severity.WARNING,
                element.id,
                element.line,
                {"element": element.label, "name": element.job.foreign},
            )


def _not_read(process: Process, element_id: str, part: Part) -> Finding:
    return Finding(
        process.resource,
        "extension-not-read",
        "'{part}' is an extension of another product and has no effect here.",
        Severity.WARNING,
        element_id,
        part.line,
        {"part": part.name},
    )
