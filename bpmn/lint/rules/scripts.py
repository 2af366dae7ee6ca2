"""A script is there, and in the language that is executed; other languages are refused by name."""

from collections.abc import Iterator

from bpmn.description import Process, Script
from bpmn.errors import BpmnError
from bpmn.findings import Finding
from bpmn.scripting import scripts

LANGUAGES = frozenset({"", "python", "text/x-python", "application/x-python", "text/python"})


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.type != "scriptTask" or element.script is None:
            continue
        problem = _problem(element.script)
        if problem is not None:
            template, values, line = problem
            yield Finding(
                process.resource,
                "script",
                template,
                element_id=element.id,
                line=line,
                values=values,
            )


def _problem(script: Script) -> tuple[str, dict[str, object], int | None] | None:
    if (script.format or "").strip().lower() not in LANGUAGES:
        return (
            "Scripts in '{language}' are not executed; write it as a script with assignments.",
            {"language": script.format},
            script.line,
        )
    if not script.text.strip():
        return "The script task has no script.", {}, script.line
    try:
        scripts.read(script.text)
    except BpmnError as error:
        line = getattr(error, "line", None)
        return error.template, dict(error.values), _line(script, line)
    return None


def _line(script: Script, line: int | None) -> int | None:
    """Return the line in the file of a line in the script."""
    return script.line + line - 1 if script.line and line else script.line
