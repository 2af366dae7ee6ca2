"""A shortcut is one of those that the first page knows."""

from collections.abc import Iterator

from bpmn.description import Process, Shortcut
from bpmn.findings import Finding, Severity

LONGEST_TOLD = 80


def check(process: Process) -> Iterator[Finding]:
    if process.shortcut is None or process.shortcut in set(Shortcut):
        return
    yield Finding(
        process.resource,
        "shortcut",
        "'{value}' is no shortcut; it can only be one of: {known}.",
        Severity.ERROR,
        process.id,
        process.line,
        {"value": process.shortcut[:LONGEST_TOLD], "known": ", ".join(Shortcut)},
    )
