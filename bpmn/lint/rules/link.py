"""A link event that throws leads to the one of its name that catches, and nothing else does (BPMN 2.0 §10.5.5)."""

from collections import Counter
from collections.abc import Iterator

from bpmn.description import Element, Process, Trigger
from bpmn.findings import Finding, Severity
from bpmn.lint.pointing import at

Link = tuple[str, str | None]
"""The scope of a link, and its name."""


def check(process: Process) -> Iterator[Finding]:
    events = [(each, link) for each in process.elements.values() for link in _links(each)]
    thrown = Counter(link for each, link in events if each.type == "intermediateThrowEvent")
    caught = Counter(link for each, link in events if each.type == "intermediateCatchEvent")
    for element, link in events:
        if element.type == "intermediateThrowEvent":
            yield from _source(process, element, link[1], caught[link])
        elif element.type == "intermediateCatchEvent":
            yield from _target(process, element, thrown[link])


def _links(element: Element) -> Iterator[Link]:
    for each in element.events:
        if each.trigger is Trigger.LINK:
            yield element.scope, each.name


def _source(process: Process, element: Element, name: str | None, count: int) -> Iterator[Finding]:
    if count != 1:
        yield at(
            process,
            element,
            "link",
            "The link '{link}' leads to {count} events; it must be exactly one in the same process.",
            link=name or element.label,
            count=count,
        )
    if element.outgoing:
        yield at(
            process,
            element,
            "link",
            "No sequence flow leaves '{element}': it goes on where the link of the same name is caught.",
        )


def _target(process: Process, element: Element, count: int) -> Iterator[Finding]:
    if count == 0:
        yield at(
            process,
            element,
            "link",
            "No link of the same name leads to '{element}'.",
            Severity.WARNING,
        )
    if element.incoming:
        yield at(
            process,
            element,
            "link",
            "A sequence flow leads to '{element}', where only the link of the same name should lead.",
            Severity.WARNING,
        )
