"""
What a shape is called, for those who point at it.

The caller gives the words, as a function from a code to a text in the reader's language. A code is the tag of an
element, the tag of an event definition, or one of the other keys of `ENGLISH`, which is what is said by default.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from bpmn.diagram import lettering
from bpmn.diagram.content import MULTIPLE, PARALLEL_MULTIPLE, Element, Trait
from bpmn.diagram.kinds import CONTAINERS
from bpmn.diagram.limits import MAX_NAME
from bpmn.diagram.plane import Shape

Words = Callable[[str], str]

DIAGRAM = "diagram"
NOTHING_DRAWN = "nothingDrawn"
LEFT_OUT = "leftOut"
COLLAPSED = "collapsed"

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        DIAGRAM: "diagram of a process",
        NOTHING_DRAWN: "There is nothing to draw.",
        LEFT_OUT: "Not drawn, because there is too much or its place is not known: {count}",
        COLLAPSED: "collapsed",
        "adHocSubProcess": "ad-hoc sub-process",
        "association": "association",
        "boundaryEvent": "boundary event",
        "businessRuleTask": "business rule task",
        "callActivity": "call activity",
        "callChoreography": "call choreography",
        "callConversation": "call conversation",
        "choreographyTask": "choreography task",
        "complexGateway": "complex gateway",
        "conversation": "conversation",
        "conversationLink": "conversation link",
        "dataInput": "data input",
        "dataInputAssociation": "data input",
        "dataObject": "data object",
        "dataObjectReference": "data object",
        "dataOutput": "data output",
        "dataOutputAssociation": "data output",
        "dataStore": "data store",
        "dataStoreReference": "data store",
        "endEvent": "end event",
        "event": "event",
        "eventBasedGateway": "event-based gateway",
        "exclusiveGateway": "exclusive gateway",
        "group": "group",
        "implicitThrowEvent": "throw event",
        "inclusiveGateway": "inclusive gateway",
        "intermediateCatchEvent": "intermediate catch event",
        "intermediateThrowEvent": "intermediate throw event",
        "lane": "lane",
        "manualTask": "manual task",
        "message": "message",
        "messageFlow": "message flow",
        "parallelGateway": "parallel gateway",
        "participant": "pool",
        "receiveTask": "receive task",
        "scriptTask": "script task",
        "sendTask": "send task",
        "sequenceFlow": "sequence flow",
        "serviceTask": "service task",
        "startEvent": "start event",
        "subChoreography": "sub-choreography",
        "subConversation": "sub-conversation",
        "subProcess": "sub-process",
        "task": "task",
        "textAnnotation": "note",
        "transaction": "transaction",
        "userTask": "user task",
        "messageEventDefinition": "message",
        "signalEventDefinition": "signal",
        "timerEventDefinition": "timer",
        "errorEventDefinition": "error",
        "escalationEventDefinition": "escalation",
        "conditionalEventDefinition": "conditional",
        "compensateEventDefinition": "compensation",
        "cancelEventDefinition": "cancel",
        "terminateEventDefinition": "terminate",
        "linkEventDefinition": "link",
        MULTIPLE: "multiple",
        PARALLEL_MULTIPLE: "parallel multiple",
        Trait.NON_INTERRUPTING: "non-interrupting",
        Trait.LOOP: "loop",
        Trait.PARALLEL: "several at a time",
        Trait.SEQUENTIAL: "several in turn",
        Trait.COMPENSATION: "for compensation",
        Trait.BY_EVENT: "started by an event",
        Trait.COLLECTION: "collection",
        Trait.INSTANTIATING: "starts the process",
        Trait.ALL_EVENTS: "all events are needed",
        Trait.CONDITIONAL: "conditional",
        Trait.DEFAULT: "default",
    }
)


def english(code: str) -> str:
    return ENGLISH.get(code, code)


def said(element: Element, shape: Shape | None, words: Words) -> str:
    """Say what an element is: its name, its kind, and what is particular about it."""
    kind = ", ".join(words(code) for code in _codes(element, shape))
    name = lettering.clipped(" ".join(element.name.split()), MAX_NAME)
    return f"{name} – {kind}" if name else kind


def _codes(element: Element, shape: Shape | None) -> Iterator[str]:
    yield element.kind
    if element.trigger:
        yield element.trigger
    yield from (each for each in Trait if each in element.traits and each in ENGLISH)
    if shape is not None and element.kind in CONTAINERS and not shape.expanded:
        yield COLLAPSED
