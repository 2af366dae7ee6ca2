"""An expression is in a language that is read here: FEEL, JUEL, Python's or none named (BPMN 2.0 §10.6.2)."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding


def check(process: Process) -> Iterator[Finding]:
    for each in process.languages:
        yield Finding(
            process.resource,
            "expression-language",
            "An expression in '{language}' is not read here; write it in FEEL, with = before it.",
            element_id=each.element_id,
            line=each.line,
            values={"language": each.language},
        )
