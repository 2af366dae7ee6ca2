"""A call activity says what it calls."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.type == "callActivity" and not element.called and not element.job:
            yield Finding(
                process.resource,
                "no-called-process",
                "The call activity does not say which process it calls.",
                element_id=element.id,
                line=element.line,
            )
