"""Every requirement leads to something that can be required, and none leads back to where it came from."""

from collections.abc import Iterator

from bpmn.dmn.checks.pointing import at
from bpmn.dmn.description import (
    Decision,
    Element,
    Import,
    InputData,
    KnowledgeModel,
    Reference,
    Service,
)
from bpmn.dmn.library import Found, Library, Place
from bpmn.findings import Finding

Kinds = tuple[type, ...]

MISSING = "The file imports '{name}' from '{namespace}', which is not among the files."
SHARED = (
    "The file imports '{name}' from '{namespace}', which is the namespace of several of the files."
)


def check(library: Library) -> Iterator[Finding]:
    yield from _imports(library)
    place = library.root
    for element in place.model.elements:
        for reference, kinds in required(element):
            found = library.resolve(place, reference)
            if found is None or not isinstance(found.element, kinds):
                yield at(
                    place.model,
                    element,
                    "decision-reference",
                    "'{element}' requires '{reference}', which is not in the file or of another kind.",
                    line=reference.line,
                    reference=reference.id or "",
                )
        if isinstance(element, Decision) and _comes_back(library, place, element):
            yield at(
                place.model,
                element,
                "decision-cycle",
                "'{element}' requires itself, by way of the decisions it requires.",
            )


def required(element: Element) -> Iterator[tuple[Reference, Kinds]]:
    """Return what an element refers to, and of which kinds it can be."""
    match element:
        case Decision():
            yield from ((each, (Decision, InputData)) for each in element.required)
            yield from ((each, (KnowledgeModel, Service)) for each in element.knowledge)
        case KnowledgeModel():
            yield from ((each, (KnowledgeModel, Service)) for each in element.knowledge)
        case Service():
            decisions = (*element.outputs, *element.encapsulated, *element.input_decisions)
            yield from ((each, (Decision,)) for each in decisions)
            yield from ((each, (InputData,)) for each in element.input_data)


def _imports(library: Library) -> Iterator[Finding]:
    for each in library.main.imports:
        if each.type and "DMN" not in each.type:
            continue
        if library.imported(each) is None:
            yield _import(library, each, MISSING)
        elif each.namespace in library.shared:
            yield _import(library, each, SHARED)


def _import(library: Library, found: Import, template: str) -> Finding:
    return Finding(
        library.main.resource,
        "decision-import",
        template,
        line=found.line,
        values={"name": found.name, "namespace": found.namespace},
    )


def _comes_back(library: Library, place: Place, element: Decision) -> bool:
    start = Found(place, element)
    waiting = [start]
    seen: set[tuple[str, str]] = set()
    while waiting:
        current = waiting.pop()
        if not isinstance(current.element, Decision):
            continue
        for reference in current.element.required:
            found = library.resolve(current.place, reference)
            if found is None or found.identity in seen:
                continue
            if found.identity == start.identity:
                return True
            seen.add(found.identity)
            waiting.append(found)
    return False
