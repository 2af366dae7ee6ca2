"""What is written in cron's language can be read, and is a cycle; BPMN 2.0 itself has ISO 8601 (§10.5.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import cron
from bpmn.description import Process, TimerKind, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        for definition in element.events:
            text = definition.text or ""
            if definition.trigger is Trigger.TIMER and cron.is_written(text):
                template = _problem(text, definition.timer)
                if template is not None:
                    yield at(process, element, "cron", template, text=text)


def _problem(text: str, timer: TimerKind | None) -> str | None:
    if timer is not TimerKind.CYCLE:
        return "'{element}' has a time as cron writes it; that is for cycles (timeCycle)."
    try:
        cron.following(text, after=SOME_DAY, zone=ZoneInfo("UTC"))
    except cron.InvalidCron as error:
        return error.template
    return None
