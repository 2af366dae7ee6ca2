"""Events stand where BPMN 2.0 lets them stand, and say what they are about (§10.5)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bpmn import cron
from bpmn.description import Element, EventDefinition, Process, TimerKind, Trigger
from bpmn.findings import Finding

NAMED = frozenset({Trigger.MESSAGE, Trigger.SIGNAL})
CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
AFTER_EVENT_GATEWAY = frozenset({"intermediateCatchEvent", "receiveTask"})

ALLOWED: Mapping[str, frozenset[Trigger]] = {
    "startEvent": frozenset(
        {
            Trigger.MESSAGE,
            Trigger.SIGNAL,
            Trigger.TIMER,
            Trigger.CONDITIONAL,
            Trigger.ERROR,
            Trigger.ESCALATION,
            Trigger.COMPENSATION,
        }
    ),
    "intermediateCatchEvent": frozenset(
        {Trigger.MESSAGE, Trigger.SIGNAL, Trigger.TIMER, Trigger.CONDITIONAL, Trigger.LINK}
    ),
    "intermediateThrowEvent": frozenset(
        {Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ESCALATION, Trigger.COMPENSATION, Trigger.LINK}
    ),
    "boundaryEvent": frozenset(Trigger) - {Trigger.TERMINATE, Trigger.LINK},
    "endEvent": frozenset(
        {
            Trigger.MESSAGE,
            Trigger.SIGNAL,
            Trigger.ERROR,
            Trigger.ESCALATION,
            Trigger.CANCEL,
            Trigger.COMPENSATION,
            Trigger.TERMINATE,
        }
    ),
    "sendTask": NAMED,
    "receiveTask": NAMED,
}
"""Which events may stand where (§10.5.5, tables 10.84 to 10.93)."""

Problem = tuple[str, dict[str, object]]


def check(process: Process) -> Iterator[Finding]:
    for element in process.elements.values():
        for problem in _problems(element, process):
            template, values = problem
            yield Finding(
                process.resource,
                "event",
                template,
                element_id=element.id,
                line=element.line,
                values={"element": element.label, **values},
            )


def _problems(element: Element, process: Process) -> Iterator[Problem]:
    for definition in element.events:
        yield from _definition(definition, element, process)
    rule = RULES.get(element.type)
    if rule is not None:
        yield from rule(element, process)
    if element.for_compensation and (element.incoming or element.outgoing):
        yield "'{element}' compensates: no sequence flow leads to it or from it.", {}
    if element.triggered_by_event:
        yield from _event_sub_process(element, process)


def _definition(
    definition: EventDefinition, element: Element, process: Process
) -> Iterator[Problem]:
    if definition.trigger not in ALLOWED.get(element.type, frozenset()):
        yield "'{element}' cannot be of the kind {kind}.", {"kind": definition.trigger.value}
        return
    yield from SAID[definition.trigger](definition, element, process)


def _named(definition: EventDefinition, element: Element, _process: Process) -> Iterator[Problem]:
    kind: dict[str, object] = {"kind": definition.trigger.value}
    if definition.name:
        return
    if element.type in CATCHING | {"receiveTask"}:
        yield "'{element}' does not say which {kind} it waits for.", kind
    elif definition.trigger is Trigger.SIGNAL:
        yield "'{element}' does not say which {kind} it throws.", kind


def _timed(definition: EventDefinition, _element: Element, _process: Process) -> Iterator[Problem]:
    text = definition.text or ""
    if not text:
        yield "'{element}' does not say when.", {}
    elif cron.is_written(text):
        yield from _cron(definition)


def _cron(definition: EventDefinition) -> Iterator[Problem]:
    text = definition.text or ""
    if definition.timer is not TimerKind.CYCLE:
        yield "'{element}' has a time as cron writes it; that is for cycles (timeCycle).", {}
        return
    try:
        cron.following(text, after=datetime(2026, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    except cron.InvalidCron as error:
        yield error.template, dict(error.values)


def _conditional(
    definition: EventDefinition, _element: Element, _process: Process
) -> Iterator[Problem]:
    if not definition.text:
        yield "'{element}' has no condition.", {}


def _compensating(
    definition: EventDefinition, _element: Element, process: Process
) -> Iterator[Problem]:
    if definition.activity not in {None, *process.elements}:
        yield (
            "'{element}' compensates '{activity}', which does not exist.",
            {"activity": definition.activity},
        )


def _nothing(
    _definition: EventDefinition, _element: Element, _process: Process
) -> Iterator[Problem]:
    yield from ()


def _link(definition: EventDefinition, element: Element, process: Process) -> Iterator[Problem]:
    targets = [
        each
        for each in process.elements.values()
        if each.type == "intermediateCatchEvent" and each.scope == element.scope
        for other in each.events
        if other.trigger is Trigger.LINK and other.name == definition.name
    ]
    if element.type == "intermediateThrowEvent" and len(targets) != 1:
        yield (
            "The link '{link}' leads to {count} events; it must be exactly one in the same process.",
            {"link": definition.name, "count": len(targets)},
        )


def _cancel(_definition: EventDefinition, element: Element, process: Process) -> Iterator[Problem]:
    around = element.attached_to or element.scope
    if around not in process.elements or process.elements[around].type != "transaction":
        yield "'{element}' cancels a transaction, but is not part of one.", {}


def _boundary(element: Element, process: Process) -> Iterator[Problem]:
    host = process.elements.get(element.attached_to or "")
    if host is None or host.scope != element.scope:
        yield "'{element}' is not attached to an activity.", {}
    if not element.events:
        yield "'{element}' does not say what happens.", {}
    if element.incoming:
        yield "No sequence flow leads to '{element}': it stands on the border of an activity.", {}


def _start(element: Element, process: Process) -> Iterator[Problem]:
    around = process.elements.get(element.scope)
    if around is not None and not around.triggered_by_event and element.events:
        yield "A sub-process is entered by the flow; '{element}' cannot start it by an event.", {}


def _catch(element: Element, _process: Process) -> Iterator[Problem]:
    if not element.events:
        yield "'{element}' does not say what it waits for.", {}


def _event_gateway(element: Element, process: Process) -> Iterator[Problem]:
    for flow_id in element.outgoing:
        target = process.elements.get(process.flows[flow_id].target)
        if target is not None and target.type not in AFTER_EVENT_GATEWAY:
            yield (
                "After '{element}' only events and receive tasks can follow, not '{target}'.",
                {"target": target.label},
            )


def _event_sub_process(element: Element, process: Process) -> Iterator[Problem]:
    starts = [each for each in process.children(element.id) if each.type == "startEvent"]
    if len(starts) != 1 or not starts[0].events:
        yield (
            "The event sub-process '{element}' must begin with one start event that says by what.",
            {},
        )
    if element.incoming or element.outgoing:
        yield "No sequence flow leads to the event sub-process '{element}' or from it.", {}


SAID: Mapping[Trigger, Callable[[EventDefinition, Element, Process], Iterator[Problem]]] = {
    Trigger.MESSAGE: _named,
    Trigger.SIGNAL: _named,
    Trigger.TIMER: _timed,
    Trigger.CONDITIONAL: _conditional,
    Trigger.COMPENSATION: _compensating,
    Trigger.LINK: _link,
    Trigger.CANCEL: _cancel,
    Trigger.ERROR: _nothing,
    Trigger.ESCALATION: _nothing,
    Trigger.TERMINATE: _nothing,
}
"""What an event of each kind has to say."""

RULES: Mapping[str, Callable[[Element, Process], Iterator[Problem]]] = {
    "boundaryEvent": _boundary,
    "startEvent": _start,
    "intermediateCatchEvent": _catch,
    "eventBasedGateway": _event_gateway,
}
