"""
The requirements graph made ready, and how a value is asked for in it (§6).

A decision sees what it requires, and nothing else: its input data, the results of its decisions, and the knowledge
models and services as functions. What comes from an imported file is an entry of a context of the import's name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.dmn import calls
from bpmn.dmn.conformance import checked
from bpmn.dmn.description import Decision, Element, InputData, KnowledgeModel, Reference, Service
from bpmn.dmn.draft import Logic
from bpmn.dmn.library import Found, Library, Place
from bpmn.dmn.run import Run
from bpmn.feel import Function
from bpmn.feel.types import ANY, Type

DEEPEST = 60
"""How many decisions may require each other in a row."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An element with what was made of its logic."""

    element: Element
    declared: Type
    """The type of its variable."""
    logic: Logic | None = None
    parameters: tuple[tuple[str, Type], ...] = ()
    result: Type = ANY
    """What a function of it returns."""
    free: frozenset[str] = frozenset()
    """Names that it uses and that are declared nowhere: they are taken from the caller's variables."""


@dataclass(frozen=True, slots=True)
class Graph:
    library: Library
    ready: Mapping[tuple[str, str], Ready]
    """By the namespace of the file, and the id."""

    def of(self, found: Found) -> Ready:
        return self.ready[found.identity]

    def value(self, found: Found, run: Run) -> Any:
        """Return the value of a decision or of input data, asking for it if it is not known yet."""
        if found.address in run.known:
            return run.known[found.address]
        ask = self._input if isinstance(found.element, InputData) else self._decided
        value = ask(found, run)
        run.known[found.address] = value
        return value

    def function(self, found: Found, run: Run) -> Function:
        """Return a knowledge model or a decision service as a function."""
        ready = self.of(found)
        if isinstance(found.element, Service):
            return self._service_function(found, run)

        def body(variables: Mapping[str, Any], inner: Run) -> Any:
            seen = self._knowledge(found, run)
            return ready.logic({**seen, **variables}, inner) if ready.logic else None

        return calls.made(found.element.name, ready.parameters, ready.result, body, {}, run)

    def served(self, found: Found, given: Mapping[str, Any], run: Run) -> Any:
        """Return what a decision service answers to its inputs, given by name."""
        service = found.element
        if not isinstance(service, Service):
            return None
        known: dict[Any, Any] = {}
        for each in self.inputs_of(found):
            variable = each.element.variable
            value = given.get(variable.name)
            known[each.address] = checked(value, self.of(each).declared, run, variable.name)
        inner = run.within(known)
        results = {
            each.element.variable.name: self.value(each, inner)
            for each in self._resolved(found.place, service.outputs)
        }
        value = next(iter(results.values())) if len(service.outputs) == 1 and results else results
        return checked(value, self.of(found).result, run, service.name)

    def called(self, found: Found, given: Mapping[str, Any], run: Run) -> Any:
        """Return what a knowledge model answers to its parameters, given by name."""
        ready = self.of(found)
        seen = self._knowledge(found, run)
        for name, declared in ready.parameters:
            seen[name] = checked(given.get(name), declared, run, name)
        value = ready.logic(seen, run) if ready.logic else None
        return checked(value, ready.result, run, found.element.name)

    def inputs_of(self, found: Found) -> list[Found]:
        """Return the inputs of a decision service in the order of its parameters: data first."""
        service = found.element
        if not isinstance(service, Service):
            return []
        return self._resolved(found.place, (*service.input_data, *service.input_decisions))

    # ------------------------------------------------------------------ private

    def _input(self, found: Found, run: Run) -> Any:
        variable = found.element.variable
        given = _given(run.variables, found)
        value = checked(given, self.of(found).declared, run, variable.name)
        run.trail.inputs[".".join((*found.place.path, variable.name))] = value
        return value

    def _decided(self, found: Found, run: Run) -> Any:
        element = found.element
        if found.address in run.pending or len(run.pending) >= DEEPEST:
            run.warn("The decision '{name}' requires itself.", name=element.name)
            return None
        if not isinstance(element, Decision):
            return None
        run.pending.add(found.address)
        try:
            value = self._evaluated(found, element, run)
        finally:
            run.pending.discard(found.address)
        run.trail.decisions[".".join((*found.place.path, element.id))] = value
        return value

    def _evaluated(self, found: Found, element: Decision, run: Run) -> Any:
        ready = self.of(found)
        seen = {name: run.variables[name] for name in ready.free if name in run.variables}
        run.trail.inputs.update(seen)
        for each in self._resolved(found.place, element.required):
            put(seen, found.place, each, self.value(each, run))
        seen |= self._knowledge(found, run, seen)
        value = ready.logic(seen, run) if ready.logic else None
        return checked(value, ready.declared, run, element.name)

    def _knowledge(
        self, found: Found, run: Run, seen: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the functions that an element sees; a knowledge model also sees itself."""
        functions: dict[str, Any] = dict(seen or {})
        element = found.element
        references = element.knowledge if isinstance(element, Decision | KnowledgeModel) else ()
        for each in self._resolved(found.place, references):
            put(functions, found.place, each, self.function(each, run))
        if isinstance(element, KnowledgeModel):
            functions.setdefault(element.variable.name, self.function(found, run))
        return functions

    def _service_function(self, found: Found, run: Run) -> Function:
        ready = self.of(found)

        def body(variables: Mapping[str, Any], inner: Run) -> Any:
            return self.served(found, variables, inner)

        return calls.made(found.element.name, ready.parameters, ready.result, body, {}, run)

    def _resolved(self, place: Place, references: Iterable[Reference]) -> list[Found]:
        found = (self.library.resolve(place, each) for each in references)
        return [each for each in found if each is not None]


def put(variables: dict[str, Any], place: Place, found: Found, value: Any) -> None:
    """Enter a value under the name by which an element of a place sees another one."""
    path = found.place.path[len(place.path) :]
    entries = variables
    for step in path:
        if step:
            entries = entries.setdefault(step, {})
    entries[found.element.variable.name] = value


def _given(variables: Mapping[str, Any], found: Found) -> Any:
    """Return what was given: within the imports' contexts, by the namespace, or simply by the name."""
    name = found.element.variable.name
    space = f"{{{found.place.model.namespace}}}{name}"
    if space in variables:
        return variables[space]
    entries: Any = variables
    for step in filter(None, found.place.path):
        entries = entries.get(step) if isinstance(entries, Mapping) else None
    if isinstance(entries, Mapping):
        return entries.get(name)
    return variables.get(name)
