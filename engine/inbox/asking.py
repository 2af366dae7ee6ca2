"""What is asked of an inbox: which list, which of it, in what order, and from where on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Tab(StrEnum):
    OPEN = "open"
    """What I have, and what is free for me."""
    MINE = "mine"
    """What I have."""
    GROUPS = "groups"
    """What is free, and I am among those it is for."""
    BEHALF = "behalf"
    """What I may do only for somebody whom I stand in for."""
    STARTED = "started"
    """The cases that I started and that go on."""
    DONE = "done"
    """What I have completed."""


class Sort(StrEnum):
    DUE = "due"
    """The soonest first; what is never due comes last."""
    CREATED = "created"
    NEWEST = "-created"
    PRIORITY = "priority"
    """The highest first; what has none comes last."""
    ENDED = "-ended"
    """What was done last first."""


SORTS: Mapping[Tab, tuple[Sort, ...]] = {
    **dict.fromkeys(
        (Tab.OPEN, Tab.MINE, Tab.GROUPS, Tab.BEHALF),
        (Sort.DUE, Sort.CREATED, Sort.NEWEST, Sort.PRIORITY),
    ),
    Tab.STARTED: (Sort.NEWEST, Sort.CREATED),
    Tab.DONE: (Sort.ENDED,),
}
"""The orders that a tab can be in; the first unless another is asked for."""


class Comparison(StrEnum):
    EQUAL = "="
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class VariableIs:
    """A declared variable of the case is, is at least or is at most this."""

    name: str
    comparison: Comparison
    value: str | Decimal | date


@dataclass(frozen=True, slots=True)
class Filters:
    process: str | None = None
    """The key of the case's routine."""
    unit: str | None = None
    role: str | None = None
    """The task is for a role, in whatever unit."""
    due_before: datetime | None = None
    due_after: datetime | None = None
    overdue: bool = False
    without_due: bool = False
    priority: int | None = None
    """It has this priority or a higher one."""
    business_key: str | None = None
    business_key_prefix: str | None = None
    variables: tuple[VariableIs, ...] = ()

    @property
    def about_cases(self) -> bool:
        """Tell whether they ask for what only the case knows."""
        return bool(self.business_key or self.business_key_prefix or self.variables)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ends: the next begins behind it, whatever has come or gone meanwhile."""

    tab: Tab
    sort: Sort
    key: datetime | int | None
    """What it is sorted by; None where the identity alone is."""
    id: UUID


@dataclass(frozen=True, slots=True)
class Asked:
    tab: Tab
    sort: Sort
    filters: Filters
    after: Position | None
    limit: int
