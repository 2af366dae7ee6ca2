"""
A finding is what we say about a model to the person who drew it.

It points at its place (resource, element, line), names the rule that speaks, and keeps its sentence
apart from the values in it, so that each door can say it in the reader's language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """The model cannot be executed; nothing of the deployment is kept."""

    WARNING = "warning"
    """The model is executed; the finding is kept with the version."""


@dataclass(frozen=True, slots=True)
class Finding:
    resource: str
    rule: str
    template: str
    """An English sentence with {placeholders}."""
    severity: Severity = Severity.ERROR
    element_id: str | None = None
    line: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


def refuses(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding keeps the model from being executed."""
    return any(finding.severity is Severity.ERROR for finding in findings)
