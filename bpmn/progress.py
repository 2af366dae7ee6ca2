"""What happens to a process while it runs: where it waits, what it left, what failed, what it sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bpmn.description import Element, Trigger
from bpmn.moments import WorkingDays


class WaitKind(StrEnum):
    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"
    JOB = "job"
    MESSAGE = "message"
    SIGNAL = "signal"
    TIMER = "timer"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Wait:
    """A place where a workflow stands still until something outside moves it."""

    token: int
    kind: WaitKind
    element: Element
    since: datetime
    version: str
    """The identity of the process that the element stands in: the instance's own, or a called one."""
    event: int = 0
    """Which of the element's events it is, where it waits for several."""
    name: str | None = None
    """The message, the signal or the type of the job."""
    correlation: Any = None
    """The value that a message must carry."""
    due: datetime | None = None
    """When a timer fires."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal that an instance sends out; an escalation or error that nobody in it caught."""

    trigger: Trigger
    name: str
    element: Element
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """
    Who may do a task and until when, with every expression in it evaluated.

    Working days are counted outside: they begin on the day on which the task does.
    """

    assignee: str | None = None
    candidate_users: tuple[str, ...] = ()
    candidate_groups: tuple[str, ...] = ()
    is_for_somebody: bool = False
    """The model says whom it is for, even if that came out as nobody."""
    due: datetime | WorkingDays | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A wait that a person ends, and who may, as it was decided when the token came."""

    wait: Wait
    assignment: Assignment
    name: str
    """The name of the task, with the variables in it (`Pay ${amount} kr`) filled in."""
    repeated_in: int | None = None
    """The token of the multi-instance activity of which this is a round, or stands in one."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An automatic element that could not be executed; its token waits before it."""

    token: int
    element: Element
    template: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was asked, and all that explains what it said."""

    token: int
    element: Element
    key: str
    version: str
    """The identity of the version of the decision."""
    inputs: Mapping[str, Any]
    value: Any
    rules: tuple[tuple[str, int], ...]
    """The rules that matched: the element that a table belongs to, and the number of its row."""
    warnings: tuple[tuple[str, Mapping[str, object]], ...] = ()
    """Why something has no value: sentences, and the values in them."""


class ElementState(StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay of a token at an element: an element instance."""

    token: int
    process: str
    """The key of the process that the element stands in: the instance's own, or a called one."""
    element: Element
    state: ElementState
    since: datetime
    until: datetime | None = None
    wrote: Mapping[str, Any] = field(default_factory=dict)
    """The variables that the element itself set, by a script for example."""
