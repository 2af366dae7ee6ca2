"""Where the findings of checks point, and the tables of a file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from bpmn.dmn.boxes import Box, Table
from bpmn.dmn.description import Decision, Element, KnowledgeModel, Model
from bpmn.findings import Finding, Severity


def at(  # noqa: PLR0913  all of them are what a finding says
    model: Model,
    element: Element,
    rule: str,
    template: str,
    severity: Severity = Severity.ERROR,
    *,
    line: int | None = None,
    **values: object,
) -> Finding:
    """Return what a check says of an element; `{element}` in the sentence is its name."""
    return Finding(
        model.resource,
        rule,
        template,
        severity,
        element.id,
        line or element.line,
        {"element": element.name or element.id, **values},
    )


@dataclass(frozen=True, slots=True)
class Owned:
    """A table, and the decision or knowledge model it is part of."""

    element: Element
    table: Table


def tables(model: Model) -> Iterator[Owned]:
    """Return every table of a file, also those within other expressions."""
    for element in model.elements:
        if isinstance(element, Decision | KnowledgeModel):
            yield from (Owned(element, each) for each in _within(element.logic))


def _within(value: Any) -> Iterator[Table]:
    if isinstance(value, Table):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif isinstance(value, Box) or type(value).__name__ in {"Entry", "Binding"}:
        for each in fields(value):
            yield from _within(getattr(value, each.name))
