"""
A file while it is made ready: what can be named where, and what was found on the way.

An expression that cannot be read is a finding, and has no value: a file with an error in one decision can still
evaluate the others, as a modeler wants to while somebody draws.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bpmn import feel
from bpmn.dmn.boxes import Box, Text, TypeRef, Variable
from bpmn.dmn.description import Element
from bpmn.dmn.library import Library, Place
from bpmn.dmn.run import Run
from bpmn.dmn.types import Types
from bpmn.errors import BpmnError
from bpmn.feel import Expression, Setting, UnaryTests, borders
from bpmn.feel.budget import DEFAULT, Budget
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.types import ANY, Type
from bpmn.findings import Finding, Severity

NOWHERE = Setting(datetime(1970, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))
"""For what is the same everywhere and at any time."""

Logic = Callable[[Mapping[str, Any], Run], Any]
"""What a boxed expression does with the variables it sees."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression can use."""

    variables: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    """Of what is inside the variables."""

    def with_(self, names: Iterable[str], members: Iterable[str] = ()) -> "Scope":
        return Scope(self.variables | {*names}, self.members | {*members})

    @property
    def names(self) -> frozenset[str]:
        return self.variables | self.members


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table."""

    column: str
    rule: int | None = None
    """From 1; None is the head of the column."""


@dataclass(slots=True)
class Draft:
    """Of one element; those of a file share its types and findings."""

    library: Library
    place: Place
    types: Types
    findings: list[Finding] = field(default_factory=list)
    element: Element | None = None
    used: set[str] = field(default_factory=set)
    """Names in the logic of the element that are not in scope."""
    _tests: dict[tuple[str, frozenset[str]], UnaryTests] = field(default_factory=dict)
    """Those that were read, as the same are written again and again in the cells of a table."""

    def of(self, element: Element) -> "Draft":
        return replace(self, element=element, used=set(), _tests={})

    @property
    def label(self) -> str:
        if self.element is None:
            return self.place.model.name
        return self.element.name or self.element.id

    def note(
        self,
        rule: str,
        template: str,
        line: int | None,
        severity: Severity = Severity.ERROR,
        **said: object,
    ) -> None:
        self.findings.append(
            Finding(
                self.place.model.resource,
                rule,
                template,
                severity,
                self.element.id if self.element else None,
                line,
                {"element": self.label, **said},
            )
        )

    # ------------------------------------------------------------------ texts

    def expression(
        self, text: Text | None, scope: Scope, cell: Cell | None = None
    ) -> Expression | None:
        """Read an expression; None where there is none, or none that can be read."""
        if text is None or not text.text.strip() or self._is_foreign(text):
            return None
        try:
            read = feel.read(text.text, scope.names, types=self.types.named())
        except InvalidExpression as error:
            self.unreadable(text, error, cell)
            return None
        self.used |= read.names - scope.names
        return read

    def tests(
        self, text: Text | None, scope: Scope, cell: Cell | None = None
    ) -> UnaryTests | None:
        if text is None or not text.text.strip() or self._is_foreign(text):
            return None
        known = (text.text, scope.names)
        if known in self._tests:
            return self._tests[known]
        try:
            read = feel.read_tests(text.text, scope.names, types=self.types.named())
        except InvalidExpression as error:
            self.unreadable(text, error, cell)
            return None
        self.used |= read.names - scope.names
        self._tests[known] = read
        return read

    def ranked(self, text: Text | None) -> tuple[Any, ...] | None:
        """Return output values in their order, as FEEL compares them; None where they are no list of values."""
        if text is None or not text.text.strip() or text.language is not None:
            return None
        try:
            found = feel.read(f"[{text.text}]").evaluate({}, NOWHERE)
        except BpmnError:
            return None
        return tuple(borders.inward(found, Budget(DEFAULT))) if isinstance(found, list) else None

    def _is_foreign(self, text: Text) -> bool:
        if text.language is None:
            return False
        self.note(
            "decision-language",
            "'{element}' has an expression in the language {language}; only FEEL is read.",
            text.line,
            language=text.language,
        )
        return True

    def unreadable(self, text: Text, error: InvalidExpression, cell: Cell | None = None) -> None:
        line = (text.line or 1) + error.line - 1
        said: dict[str, object] = {"text": text.text.strip(), "reason": str(error)}
        if cell is None:
            template = "'{element}' has an expression that cannot be read, '{text}': {reason}"
        elif cell.rule is None:
            template = "Column '{column}' of '{element}' cannot be read, '{text}': {reason}"
            said["column"] = cell.column
        else:
            template = (
                "Rule {row}, column '{column}' of '{element}' cannot be read, '{text}': {reason}"
            )
            said |= {"row": cell.rule, "column": cell.column}
        self.note("decision-text", template, line, Severity.ERROR, **said)

    # ------------------------------------------------------------------ types

    def declared(self, reference: TypeRef | None, line: int | None = None) -> Type:
        """Return the type that is named; any, where nothing is called so."""
        found = self.types.declared(reference)
        if found is None and reference is not None:
            self.note(
                "decision-type",
                "'{element}' names the type '{type}', which is not in the file.",
                line,
                Severity.WARNING,
                type=reference.name,
            )
        return found or ANY

    def members(self, *variables: Variable) -> frozenset[str]:
        """Return the names that can stand after a dot behind variables."""
        return frozenset().union(*(self.types.members(each.type) for each in variables))

    def type_of(self, box: Box) -> Type:
        return self.declared(box.type, box.line)
