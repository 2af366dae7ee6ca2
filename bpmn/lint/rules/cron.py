"""What is written in cron's language can be read, and is a cycle; BPMN 2.0 itself has ISO 8601 (§10.5.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import cron
from bpmn.description import EventDefinition, Process, TimerKind, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        for definition in element.events:
            if definition.trigger is Trigger.TIMER and cron.is_written(definition.text or ""):
                problem = _problem(definition)
                if problem is not None:
                    yield at(process, element, "cron", problem[0], **problem[1])


def _problem(definition: EventDefinition) -> tuple[str, dict[str, object]] | None:
    if definition.timer is not TimerKind.CYCLE:
        return "'{element}' has a time as cron writes it; that is for cycles (timeCycle).", {}
    try:
        cron.following(definition.text or "", after=SOME_DAY, zone=ZoneInfo("UTC"))
    except cron.InvalidCron as error:
        return error.template, dict(error.values)
    return None
