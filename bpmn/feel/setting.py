"""What an evaluation is told about the world, and what it tells about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bpmn.feel.budget import Budget


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  the word of the standard's tools, and never beside Python's
    """Why a value became null."""

    template: str
    values: Mapping[str, object]
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return self.template.format_map(self.values) if self.values else self.template


@dataclass(slots=True)
class Setting:
    """For one evaluation at a time; those that it starts share its budget."""

    now: datetime
    """Aware."""
    zone: ZoneInfo
    """Where `now` and `today` are read from the clock."""
    strict: bool = False
    """Fail where a value becomes null for a reason, instead of warning."""
    warnings: list[Warning] = field(default_factory=list)
    budget: Budget | None = field(default=None, init=False, repr=False, compare=False)
    """Of the evaluation that is going on."""
