"""An event says what it is about: which message or signal, when, on what condition (BPMN 2.0 §10.5.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import cron, moments
from bpmn.description import Element, EventDefinition, Process, TimerKind, Trigger
from bpmn.errors import BpmnError
from bpmn.findings import Finding
from bpmn.lint.pointing import at
from bpmn.scripting import texts
from bpmn.scripting.errors import ExpressionFailed, InvalidExpression
from bpmn.scripting.seen import Seen

CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING = Seen(now=SOME_DAY, zone=ZoneInfo("UTC"))


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        for template in _missing(element):
            yield at(process, element, "event-incomplete", template)
        for error in _no_times(element):
            yield Finding(
                process.resource,
                "event-incomplete",
                error.template,
                element_id=element.id,
                line=element.line,
                values=error.values,
            )


def _missing(element: Element) -> Iterator[str]:
    if not element.events and element.type == "intermediateCatchEvent":
        yield "'{element}' does not say what it waits for."
    if not element.events and element.type == "boundaryEvent":
        yield "'{element}' does not say what happens."
    for definition in element.events:
        template = _unsaid(definition, is_caught=element.type in CATCHING)
        if template is not None:
            yield template


def _unsaid(definition: EventDefinition, *, is_caught: bool) -> str | None:
    match definition.trigger:
        case Trigger.TIMER if not definition.text:
            return "'{element}' does not say when."
        case Trigger.CONDITIONAL if not definition.text:
            return "'{element}' has no condition."
        case Trigger.MESSAGE if is_caught and not definition.name:
            return "'{element}' does not say which message it waits for."
        case Trigger.SIGNAL if not definition.name:
            return (
                "'{element}' does not say which signal it waits for."
                if is_caught
                else "'{element}' does not say which signal it throws."
            )
    return None


def _no_times(element: Element) -> Iterator[BpmnError]:
    for definition in element.events:
        text = definition.text or ""
        if definition.trigger is Trigger.TIMER and text and not cron.is_written(text):
            error = _no_time(text, definition.timer or TimerKind.DATE)
            if error is not None:
                yield error


def _no_time(text: str, kind: TimerKind) -> BpmnError | None:
    """Return what is wrong with a time that is known before a case runs: one written out, or a constant."""
    said: object = text
    try:
        if not moments.is_written(text) and not moments.is_meant(text):
            expression = texts.expression(text)
            if expression.names:
                return None
            said = expression.evaluate(NOTHING)
        moments.first(
            moments.written(said) or str(said), kind, after=SOME_DAY, zone=ZoneInfo("UTC")
        )
    except InvalidExpression:
        return None  # told as every other text that cannot be read
    except (moments.InvalidMoment, ExpressionFailed) as error:
        return error
    return None
