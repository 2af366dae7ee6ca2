"""A script is there, and in the language that is executed; other languages are refused by name."""

from collections.abc import Iterator

from bpmn.description import Process, Script
from bpmn.findings import Finding

LANGUAGES = frozenset({"", "feel", "juel", "python"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.type != "scriptTask" or element.script is None or element.job is not None:
            continue
        problem = _problem(element.script)
        if problem is not None:
            template, values = problem
            yield Finding(
                process.resource,
                "script",
                template,
                element_id=element.id,
                line=element.script.line,
                values=values,
            )


def _problem(script: Script) -> tuple[str, dict[str, object]] | None:
    if script.language not in LANGUAGES:
        return (
            "Scripts in '{language}' are not executed; write it as a script with assignments.",
            {"language": script.format},
        )
    if not script.text.strip():
        return "The script task has no script.", {}
    return None
