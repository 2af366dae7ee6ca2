"""A file made ready: every element of the graph with its logic, and every file that it imports likewise."""

from collections.abc import Iterable, Iterator, Mapping

from bpmn.dmn import logic, members
from bpmn.dmn.decisions import Decisions
from bpmn.dmn.description import Decision, Element, KnowledgeModel, Model, Reference, Service
from bpmn.dmn.draft import Draft, Scope
from bpmn.dmn.graph import Graph, Ready
from bpmn.dmn.library import Found, Library
from bpmn.dmn.reader import files
from bpmn.dmn.types import Types, returned
from bpmn.errors import InvalidXml
from bpmn.feel.types import Type
from bpmn.findings import Finding


def read(source: bytes, resource: str, others: Mapping[str, bytes] | None = None) -> Decisions:
    """
    Read the decisions of a file; `others` are the files of the same set, of which it may import some.

    Raises `InvalidXml` where the bytes are no DMN document.
    """
    main = files.read(source, resource)
    library = Library.of(main, _readable(others or {}))
    findings: list[Finding] = []
    ready: dict[tuple[str, str], Ready] = {}
    for place in library.reachable():
        draft = Draft(library, place, Types(library, place.model))
        for element in place.model.elements:
            ready[place.model.namespace, element.id] = _ready(element, draft.of(element))
        if place.model is main:
            _check_items(draft)
            findings += draft.findings
    return Decisions(main, tuple(findings), Graph(library, ready))


def _check_items(draft: Draft) -> None:
    """Find what item definitions name that is not there, and tests in them that cannot be read."""
    waiting = list(draft.place.model.items)
    while waiting:
        item = waiting.pop()
        waiting += item.components
        draft.declared(item.type, item.line)
    draft.types.named()
    for text, error in draft.types.unreadable:
        draft.unreadable(text, error)


def _readable(others: Mapping[str, bytes]) -> Iterator[Model]:
    """Read the other files; one that is no DMN is found wanting where it is read itself."""
    for name in sorted(others):
        try:
            yield files.read(others[name], name)
        except InvalidXml:
            continue


def _ready(element: Element, draft: Draft) -> Ready:
    declared = draft.declared(element.variable.type, element.variable.line)
    match element:
        case Decision():
            scope = _scope(draft, (*element.required, *element.knowledge))
            made = logic.make(element.logic, draft, scope)
            return Ready(element, declared, made, free=_undeclared(draft))
        case KnowledgeModel():
            return _knowledge_model(element, declared, draft)
        case Service():
            return _service(element, declared, draft)
    return Ready(element, declared)


def _knowledge_model(element: KnowledgeModel, declared: Type, draft: Draft) -> Ready:
    result = returned(declared)
    if element.logic is None:
        return Ready(element, declared, result=result)
    scope = _scope(draft, element.knowledge).with_([element.variable.name])
    made = logic.body_of(element.logic, draft, scope)
    parameters = tuple(
        (each.name, draft.declared(each.type, each.line)) for each in element.logic.parameters
    )
    return Ready(element, declared, made, parameters, result)


def _service(element: Service, declared: Type, draft: Draft) -> Ready:
    inputs = _resolved(draft, (*element.input_data, *element.input_decisions))
    parameters = tuple(
        (each.element.variable.name, draft.declared(each.element.variable.type, element.line))
        for each in inputs
    )
    return Ready(element, declared, parameters=parameters, result=returned(declared))


def _scope(draft: Draft, references: Iterable[Reference]) -> Scope:
    """Return the names of what an element requires, as it sees them."""
    scope = Scope()
    for found in _resolved(draft, references):
        variable = found.element.variable
        path = [each for each in found.place.path[len(draft.place.path) :] if each]
        names = [*path, variable.name]
        inside = {*names[1:], *draft.types.members_in(found.place.model, variable.type)}
        if isinstance(found.element, Decision):
            inside |= members.names(found.element.logic)
        scope = scope.with_(names[:1], inside)
    return scope


def _resolved(draft: Draft, references: Iterable[Reference]) -> list[Found]:
    found = (draft.library.resolve(draft.place, each) for each in references)
    return [each for each in found if each is not None]


def _undeclared(draft: Draft) -> frozenset[str]:
    """Return the names that are used and belong to nothing in the file: variables of whoever asks."""
    model = draft.place.model
    own = {each.variable.name for each in model.elements} | {each.name for each in model.imports}
    return frozenset(draft.used - own)
