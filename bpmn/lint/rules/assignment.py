"""Who does a task is readable, and separation of duties refers to elements that exist."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import moments
from bpmn.description import Element, Process, Work
from bpmn.errors import BpmnError
from bpmn.findings import Finding
from bpmn.scripting import marks


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        if element.work is None:
            continue
        for error in _problems(element.work, process):
            yield Finding(
                process.resource,
                "assignment",
                error.template,
                element_id=element.id,
                line=element.line,
                values=error.values,
            )


def _problems(work: Work, process: Process) -> Iterator[BpmnError]:
    due = work.due_date
    if due is not None:
        try:
            if marks.is_marked(due):
                due = "P1D"
            moments.due(due, after=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
        except BpmnError as error:
            yield error
    priority = work.priority or ""
    if priority and not marks.is_marked(priority) and not priority.isdecimal():
        yield BpmnError(
            "The priority is to be a whole number, not '{value}'.", value=priority[:80]
        )
    for other in (*work.not_performer_of, *work.performer_of):
        if not _is_performed(process.elements.get(other)):
            yield BpmnError("'{element}' is not a task that a person performs.", element=other)


def _is_performed(element: Element | None) -> bool:
    return element is not None and element.type in {"userTask", "manualTask"}
