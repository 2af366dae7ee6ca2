"""A data association copies from and to something that holds data (BPMN 2.0 §10.4.1)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding

ENDS = {
    "sourceRef": "'{element}' takes data from '{reference}', which is no data object, input, output or property.",
    "targetRef": "'{element}' puts data into '{reference}', which is no data object, input, output or property.",
}


def check(process: Process) -> Iterator[Finding]:
    for each in process.astray:
        if each.name in ENDS:
            yield Finding(
                process.resource,
                "data-association",
                ENDS[each.name],
                element_id=each.element_id,
                line=each.line,
                values={"element": each.label, "reference": each.identity},
            )
