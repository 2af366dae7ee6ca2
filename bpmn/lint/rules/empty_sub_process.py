"""A sub-process with nothing in it does nothing (BPMN 2.0 §10.3.5)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at


def check(process: Process) -> Iterator[Finding]:
    filled = {each.scope for each in process.elements.values()}
    for element in process.elements.values():
        is_plain = element.type in {"subProcess", "transaction"} and not element.triggered_by_event
        if is_plain and element.id not in filled:
            yield at(
                process,
                element,
                "empty-sub-process",
                "There is nothing in the sub-process '{element}': a case passes it at once.",
                Severity.WARNING,
            )
