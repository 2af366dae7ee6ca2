"""What cases are searched by are variables that they can have, and few."""

from collections.abc import Iterator

from bpmn.description import Process
from bpmn.findings import Finding, Severity
from bpmn.values import NAME_LENGTH

MOST = 20
"""Each is written once more with every change."""


def check(process: Process) -> Iterator[Finding]:
    if len(process.searchable) > MOST:
        yield _finding(
            process, "The process has more than {limit} searchable variables.", limit=MOST
        )
    for name in process.searchable:
        if name.startswith("_") or len(name) > NAME_LENGTH:
            yield _finding(
                process,
                "'{name}' is to be searchable, and no variable has such a name.",
                name=name[:80],
            )


def _finding(process: Process, template: str, **values: object) -> Finding:
    return Finding(
        process.resource,
        "searchable-variable",
        template,
        Severity.ERROR,
        process.id,
        process.line,
        values,
    )
