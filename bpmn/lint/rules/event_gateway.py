"""After an event-based gateway come the events that it waits for, and nothing else (BPMN 2.0 §10.6.6)."""

from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding
from bpmn.lint.pointing import at

AFTER = frozenset({"intermediateCatchEvent", "receiveTask"})


def check(process: Process) -> Iterator[Finding]:
    hosts = {each.attached_to for each in process.elements.values()}
    for gateway in process.elements.values():
        if gateway.type != "eventBasedGateway":
            continue
        if not gateway.outgoing:
            yield at(
                process,
                gateway,
                "event-gateway",
                "Nothing follows '{element}', so there is no event that it could wait for.",
            )
        if gateway.event_gateway_parallel and not gateway.instantiate:
            yield at(
                process,
                gateway,
                "event-gateway",
                "'{element}' is to wait for all of its events, but goes on at the first; use a parallel gateway.",
            )
        for flow_id in gateway.outgoing:
            target = process.elements.get(process.flows[flow_id].target)
            if target is None:
                continue  # dangling-flow says so
            template = _problem(target, hosts)
            if template is not None:
                yield at(process, gateway, "event-gateway", template, target=target.label)


def _problem(target: Element, hosts: set[str | None]) -> str | None:
    if target.type not in AFTER or any(each.trigger is Trigger.LINK for each in target.events):
        return "After '{element}' only events and receive tasks can follow, not '{target}'."
    if target.type == "receiveTask" and not target.events:
        return "After '{element}' the receive task '{target}' must say which message it waits for."
    if target.id in hosts:
        return "After '{element}' no event can stand on the border of '{target}': draw it after the gateway."
    if target.loop is not None or target.start_quantity > 1:
        return "After '{element}' the receive task '{target}' waits for one message, and is done once."
    return None
