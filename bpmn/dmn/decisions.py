"""
The decisions of a file, ready to be evaluated as often as asked.

Reading never raises for what is written in a file that is DMN: an expression that cannot be read is a finding and
has no value. Evaluating never raises for what is decided: what has no value is null, with a warning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.dmn.boxes import Table
from bpmn.dmn.description import (
    Decision,
    Element,
    InputData,
    KnowledgeModel,
    Model,
    Reference,
    Service,
)
from bpmn.dmn.graph import Graph
from bpmn.dmn.library import Found
from bpmn.dmn.outcome import Outcome, Warned
from bpmn.dmn.run import Run
from bpmn.errors import BpmnError
from bpmn.feel import DEFAULT, BudgetExceeded, Setting
from bpmn.feel.budget import Budget
from bpmn.findings import Finding


class UnknownDecision(BpmnError):
    """There is no decision of that name."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What one file decides, with those that it imports."""

    model: Model
    findings: tuple[Finding, ...]
    """Of the file itself; those that it imports have their own."""
    graph: Graph

    @property
    def resources(self) -> tuple[str, ...]:
        """The names of the files that decide here: this one, then those that are imported, as they are met."""
        return tuple(each.resource for each in self.graph.library.models.values())

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.model.decisions)

    def key(self, name: str, namespace: str | None = None) -> str:
        """
        Return the key of what is called so, a decision before input data of the same name.

        With a namespace, of an imported file. Raises `UnknownDecision`.
        """
        place = self.graph.library.place(self.graph.library.root, namespace)
        elements = place.model.elements if place else ()
        named = [each for each in elements if name in {each.name, each.variable.name}]
        named += [each for each in elements if each.id == name]
        if not named:
            raise UnknownDecision("There is no decision '{name}'.", name=name)
        found = next((each for each in named if not isinstance(each, InputData)), named[0])
        return f"{namespace}#{found.id}" if namespace else found.id

    def element(self, key: str) -> Element:
        """Return what is evaluated under a key. Raises `UnknownDecision`."""
        return self._found(key).element

    def evaluate(self, key: str, variables: Mapping[str, Any], setting: Setting) -> Outcome:
        """
        Decide. The key is the id of a decision, a decision service or a knowledge model.

        That of an imported one has the namespace of its file and `#` before it. Variables are the input data by
        their names; of a decision service or knowledge model, its parameters. Raises `UnknownDecision` and
        `BudgetExceeded`.
        """
        found = self._found(key)
        run = Run(Setting(setting.now, setting.zone), variables)
        run.setting.budget = Budget(DEFAULT)
        try:
            value = self._asked(found, run)
        except RecursionError as error:
            raise BudgetExceeded("The decision calls itself too often.") from error
        said = [Warned(each.template, each.values) for each in run.setting.warnings]
        return Outcome(
            key=key,
            name=found.element.name,
            output_name=_output_name(found.element),
            value=value,
            inputs=run.trail.inputs,
            decisions=run.trail.decisions,
            tables=tuple(run.trail.tables),
            warnings=(*run.trail.warnings, *said),
            violated=run.trail.violated,
        )

    def _found(self, key: str) -> Found:
        library = self.graph.library
        namespace, _, identity = key.rpartition("#")
        found = library.resolve(library.root, Reference(identity, namespace or None))
        if found is None:
            raise UnknownDecision("There is no decision '{name}'.", name=key)
        return found

    def _asked(self, found: Found, run: Run) -> Any:
        if isinstance(found.element, Service):
            return self.graph.served(found, run.variables, run)
        if isinstance(found.element, KnowledgeModel):
            return self.graph.called(found, run.variables, run)
        return self.graph.value(found, run)


def _output_name(element: Element) -> str:
    logic = element.logic if isinstance(element, Decision) else None
    if isinstance(logic, Table) and len(logic.outputs) == 1 and logic.outputs[0].name:
        return logic.outputs[0].name
    return element.variable.name or element.name
