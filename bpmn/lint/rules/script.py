"""A script is in a language that is executed; others are refused by name, and a missing one is told (§10.3.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bpmn.description import Element, Process
from bpmn.findings import Finding, Severity

LANGUAGES = frozenset({"", "feel", "juel", "python"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.type != "scriptTask" or element.script is None or element.job is not None:
            continue
        if element.script.language not in LANGUAGES:
            yield _finding(
                process,
                element,
                "Scripts in '{language}' are not executed; write it as a script with assignments.",
                {"language": element.script.format},
            )
        elif not element.script.text.strip():
            yield replace(
                _finding(process, element, "'{element}' has no script, and is passed."),
                severity=Severity.WARNING,
            )


def _finding(
    process: Process, element: Element, template: str, values: Mapping[str, object] | None = None
) -> Finding:
    line = element.script.line if element.script else element.line
    return Finding(
        process.resource,
        "script",
        template,
        element_id=element.id,
        line=line,
        values={"element": element.label, **(values or {})},
    )
