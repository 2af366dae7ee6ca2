"""What an evaluation answers: the value, and all that explains it to an auditor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Warned:
    """Why a value is null, or not what one might expect: a sentence and its values, for a door to translate."""

    template: str
    values: Mapping[str, object]

    @property
    def message(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


@dataclass(frozen=True, slots=True)
class MatchedRule:
    number: int
    """Its row in the table, from 1."""
    id: str | None
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableUse:
    """A table that was asked on the way, in the order in which they were."""

    element: str
    """The id of the decision or knowledge model it belongs to."""
    table: str | None
    inputs: tuple[tuple[str, Any], ...]
    """Each input expression as written, and its value."""
    rules: tuple[MatchedRule, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one evaluation."""

    key: str
    name: str
    output_name: str
    """What the value is called: by the only output of a table, else by the variable of the decision."""
    value: Any
    inputs: Mapping[str, Any]
    """The input data that were asked for, by name, as they were after their types were checked."""
    decisions: Mapping[str, Any]
    """The results of the decisions that were required on the way, by id."""
    tables: tuple[TableUse, ...]
    warnings: tuple[Warned, ...]
    violated: bool = False
    """Whether a table had more matching rules than its hit policy allows, or such that contradict each other."""

    @property
    def rules(self) -> tuple[MatchedRule, ...]:
        """The rules of the tables of the decision itself that matched."""
        return tuple(
            rule for each in self.tables if each.element == self.key for rule in each.rules
        )
