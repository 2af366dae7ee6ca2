"""Who does a task is readable, and separation of duties refers to elements that exist."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import moments
from bpmn.description import Choice, Element, Process, Work
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
    yield from _who(work, process)


def _who(work: Work, process: Process) -> Iterator[BpmnError]:
    for other in (*work.not_performer_of, *work.performer_of):
        if not _is_performed(process.elements.get(other)):
            yield BpmnError("'{element}' is not a task that a person performs.", element=other)
    distinct, given_to = work.distinct_performers or "false", work.given_to or Choice.LEAST_LOADED
    if distinct not in {"true", "false"}:
        yield BpmnError("distinctPerformers is true or false, not '{value}'.", value=distinct[:80])
    if given_to not in set(Choice):
        yield BpmnError(
            "A task is given to one of its candidates by {choices}, not by '{value}'.",
            choices=", ".join(Choice),
            value=given_to[:80],
        )


def _is_performed(element: Element | None) -> bool:
    return element is not None and element.type in {"userTask", "manualTask"}
