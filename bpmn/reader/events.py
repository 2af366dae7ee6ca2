"""Event definitions (BPMN 2.0 §10.5.5), with what they refer to resolved."""

from collections.abc import Iterator

from lxml import etree

from bpmn import extensions, xml
from bpmn.description import EventDefinition, Part, TimerKind, Trigger
from bpmn.reader.draft import File
from bpmn.reader.languages import expression
from bpmn.reader.tags import B, is_true, reference

TAGS = frozenset(each.value for each in Trigger)
REFERENCES = {
    Trigger.MESSAGE: "messageRef",
    Trigger.SIGNAL: "signalRef",
    Trigger.ERROR: "errorRef",
    Trigger.ESCALATION: "escalationRef",
}
AWAITING = frozenset({"boundaryEvent", "intermediateCatchEvent", "receiveTask", "startEvent"})
CODES = {Trigger.ERROR: "errorCode", Trigger.ESCALATION: "escalationCode"}


def read(node: etree._Element, file: File) -> tuple[EventDefinition, ...]:
    """Return the definitions of an event, those in it and those it refers to, in the order of the document."""
    return tuple(_definition(each, file) for each in _definitions(node, file))


def of_task(node: etree._Element, file: File) -> tuple[EventDefinition, ...]:
    """Return the message of a send or receive task as an event definition."""
    identity = reference(node.get("messageRef"))
    if identity is None:
        return ()
    message = file.by_id.get(identity)
    return (
        EventDefinition(
            str(node.get("id", "")),
            Trigger.MESSAGE,
            name=_name(message, Trigger.MESSAGE) or identity,
            correlation=_correlation(message),
        ),
    )


def uncorrelated(node: etree._Element, kind: str, file: File) -> Iterator[Part]:
    """
    Return how the standard says which case a message is for (§8.3.2), where an element waits for one.

    It is not read; without it the message would go to whichever case waits first.
    """
    if kind not in AWAITING or is_true(node, "instantiate"):
        return
    around = node.getparent()
    if kind == "startEvent" and not is_true(around, "triggeredByEvent"):
        return
    definitions = [node] if kind == "receiveTask" else list(_definitions(node, file))
    for each in definitions:
        identity = reference(each.get("messageRef"))
        if identity is not None and _correlation(file.by_id.get(identity)) is None:
            if identity in file.correlated:
                yield Part("correlationProperty", node.sourceline)
            elif any(one.find(f"{B}correlationSubscription") is not None for one in _around(node)):
                yield Part("correlationSubscription", node.sourceline)


def _around(node: etree._Element) -> Iterator[etree._Element]:
    yield from node.iterancestors(f"{B}process", f"{B}subProcess")


def by_reference(node: etree._Element, attribute: str, file: File) -> EventDefinition | None:
    """Return the event definition that an attribute refers to."""
    found = file.by_id.get(reference(node.get(attribute)) or "")
    if found is None or xml.local_name(found) not in TAGS:
        return None
    return _definition(found, file)


def _definitions(node: etree._Element, file: File) -> Iterator[etree._Element]:
    for child in node.iterchildren(f"{B}*"):
        name = xml.local_name(child)
        if name in TAGS:
            yield child
        elif name == "eventDefinitionRef":
            found = file.by_id.get(reference(child.text) or "")
            if found is not None and xml.local_name(found) in TAGS:
                yield found


def _definition(node: etree._Element, file: File) -> EventDefinition:
    trigger = Trigger(xml.local_name(node))
    identity = str(node.get("id", ""))
    match trigger:
        case Trigger.TIMER:
            kind = next((each for each in TimerKind if expression(node, each.value)), None)
            return EventDefinition(
                identity, trigger, text=expression(node, kind.value) if kind else None, timer=kind
            )
        case Trigger.CONDITIONAL:
            return EventDefinition(identity, trigger, text=expression(node, "condition"))
        case Trigger.COMPENSATION:
            return EventDefinition(
                identity,
                trigger,
                activity=reference(node.get("activityRef")),
                waits=is_true(node, "waitForCompletion", default=True),
            )
        case Trigger.LINK:
            return EventDefinition(identity, trigger, name=node.get("name"))
        case Trigger.CANCEL | Trigger.TERMINATE:
            return EventDefinition(identity, trigger)
    named = reference(node.get(REFERENCES[trigger]))
    referred = file.by_id.get(named or "")
    return EventDefinition(
        identity,
        trigger,
        name=_name(referred, trigger) or named,
        correlation=_correlation(referred),
        code_variable=extensions.said(node, f"{CODES.get(trigger, '')}Variable"),
        message_variable=extensions.said(node, "errorMessageVariable"),
    )


def _name(node: etree._Element | None, trigger: Trigger) -> str | None:
    if node is None:
        return None
    code = node.get(CODES.get(trigger, "")) if trigger in CODES else None
    found: str | None = code or node.get("name") or node.get("id")
    return found


def _correlation(message: etree._Element | None) -> str | None:
    return None if message is None else extensions.correlation(message)
