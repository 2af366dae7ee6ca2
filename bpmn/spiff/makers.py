"""
Which specification is made of which element.

Each gets its element, with the expressions in it read; the builder connects them.
"""

from collections.abc import Callable, Mapping

from bpmn.description import Element, Process, Script, Trigger
from bpmn.limits import Limits
from bpmn.scripting import texts
from bpmn.spiff import assignment, awaiting, scripts, throwing
from bpmn.spiff.activities import Activity
from bpmn.spiff.awaiting import Awaited, Value
from bpmn.spiff.containers import AdHocSubProcess, CallActivity, SubProcess
from bpmn.spiff.decisions import DecisionTask
from bpmn.spiff.events import (
    BoundaryEvent,
    CatchEvent,
    EventBasedGateway,
    EventSubProcess,
    EventSubProcessStart,
    ThrowEvent,
)
from bpmn.spiff.gateways import (
    ComplexGateway,
    ExclusiveGateway,
    InclusiveGateway,
    ParallelGateway,
)
from bpmn.spiff.nodes import FlowNode
from bpmn.spiff.process import ProcessSpec
from bpmn.spiff.tasks import JobTask, ManualTask, ReceiveTask, ScriptTask, SendTask, UserTask
from bpmn.spiff.throwing import Throwable

Maker = Callable[[ProcessSpec, Element, Limits], FlowNode]

FROM_OUTSIDE = frozenset({Trigger.MESSAGE, Trigger.SIGNAL, Trigger.TIMER, Trigger.CONDITIONAL})
"""Events that a token listens for; the others are looked for when they are thrown."""


def _job(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    foreign = element.job.foreign if element.job else None
    if foreign is not None:
        return JobTask(spec, element, lambda _: foreign)
    return JobTask(
        spec, element, awaiting.value(element.job.type if element.job else element.id, limits)
    )


def _decide(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    if element.job or element.called is None:
        return _job(spec, element, limits)
    return DecisionTask(
        spec,
        element,
        awaiting.value(element.called, limits),
        awaiting.value(element.call.version, limits),
    )


def _send(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    return (
        _job(spec, element, limits)
        if element.job
        else SendTask(spec, element, _thrown(element, limits))
    )


def _throw(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    return (
        _job(spec, element, limits)
        if element.job
        else ThrowEvent(spec, element, _thrown(element, limits))
    )


def _ad_hoc(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    text = element.ad_hoc.completion if element.ad_hoc else None
    return AdHocSubProcess(spec, element, expression(text, limits))


def _call(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    if element.job and not element.called:
        return _job(spec, element, limits)
    return CallActivity(
        spec,
        element,
        awaiting.value(element.called, limits),
        awaiting.value(element.call.version, limits),
    )


def _script(spec: ProcessSpec, element: Element, limits: Limits) -> FlowNode:
    if element.job:
        return _job(spec, element, limits)
    script = element.script or Script("", None, element.line)
    return ScriptTask(spec, element, scripts.read(script, limits))


MAKERS: Mapping[str, Maker] = {
    "startEvent": lambda spec, element, _: FlowNode(spec, element),
    "endEvent": _throw,
    "intermediateThrowEvent": _throw,
    "intermediateCatchEvent": lambda spec, element, limits: CatchEvent(
        spec, element, _awaited(element, limits)
    ),
    "boundaryEvent": lambda spec, element, limits: BoundaryEvent(
        spec, element, _awaited(element, limits)
    ),
    "task": lambda spec, element, _: Activity(spec, element),
    "userTask": lambda spec, element, limits: UserTask(
        spec, element, assignment.plan(element, limits)
    ),
    "manualTask": lambda spec, element, limits: ManualTask(
        spec, element, assignment.plan(element, limits)
    ),
    "scriptTask": _script,
    "serviceTask": _job,
    "businessRuleTask": _decide,
    "sendTask": _send,
    "receiveTask": lambda spec, element, limits: ReceiveTask(
        spec, element, _awaited(element, limits)
    ),
    "exclusiveGateway": lambda spec, element, _: ExclusiveGateway(spec, element),
    "inclusiveGateway": lambda spec, element, _: InclusiveGateway(spec, element),
    "parallelGateway": lambda spec, element, _: ParallelGateway(spec, element),
    "complexGateway": lambda spec, element, limits: ComplexGateway(
        spec,
        element,
        texts.expression(element.activation, limits.expressions) if element.activation else None,
    ),
    "eventBasedGateway": lambda spec, element, _: EventBasedGateway(spec, element),
    "subProcess": lambda spec, element, _: SubProcess(spec, element),
    "transaction": lambda spec, element, _: SubProcess(spec, element),
    "adHocSubProcess": _ad_hoc,
    "callActivity": _call,
}
"""The elements that are executed, by the name of their tag."""


def _thrown(element: Element, limits: Limits) -> tuple[Throwable, ...]:
    return tuple(throwing.read(each, limits) for each in element.events)


def _awaited(element: Element, limits: Limits) -> tuple[Awaited, ...]:
    return tuple(
        awaiting.read(each, limits) for each in element.events if each.trigger in FROM_OUTSIDE
    )


def node(spec: ProcessSpec, element: Element, process: Process, limits: Limits) -> FlowNode:
    around = process.elements.get(element.scope)
    if element.triggered_by_event:
        return EventSubProcess(spec, element)
    if element.type == "startEvent" and around is not None and around.triggered_by_event:
        return EventSubProcessStart(spec, element, _awaited(element, limits))
    return MAKERS[element.type](spec, element, limits)


def expression(text: str | None, limits: Limits) -> Value | None:
    if text is None or not text.strip():
        return None
    evaluate: Value = texts.expression(text, limits.expressions).evaluate
    return evaluate
