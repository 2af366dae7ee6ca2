"""
What a process is to the rest of the house: plain frozen values, free of XML and of SpiffWorkflow.

The reader makes them once for each version; lint, the engine's specs, the step list and the pages all see
the same description, so a thing that is not here does not exist for anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

# ---------------------------------------------------------------- what is drawn


@dataclass(frozen=True, slots=True)
class Part:
    """Something inside an element that changes how it is executed and that we do not execute."""

    name: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Lane:
    """Who does the work in a part of the pool (BPMN 2.0 §10.8)."""

    name: str
    role: str
    """The candidate group: `rutin:role`, else the lane's name."""


@dataclass(frozen=True, slots=True)
class Work:
    """How a user task is assigned and presented, whatever dialect said it."""

    assignee: str | None = None
    candidate_users: str | None = None
    candidate_groups: str | None = None
    due_date: str | None = None
    form_key: str | None = None
    not_performer_of: tuple[str, ...] = ()
    """Elements whose performer may not do this one (separation of duties)."""
    performer_of: tuple[str, ...] = ()
    """Elements whose performer must do this one."""


@dataclass(frozen=True, slots=True)
class Script:
    text: str
    format: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node: an activity, an event or a gateway."""

    id: str
    type: str
    """The name of the tag, as BPMN 2.0 has it: `userTask`, `exclusiveGateway`."""
    scope: str
    """The id of the process or sub-process that it stands in."""
    name: str | None = None
    line: int | None = None
    documentation: str | None = None
    incoming: tuple[str, ...] = ()
    """Ids of sequence flows, in the order of the document."""
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    lane: Lane | None = None
    work: Work | None = None
    script: Script | None = None
    called: str | None = None
    """The key of the process that a call activity calls."""
    unread: tuple[Part, ...] = ()

    @property
    def label(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow (BPMN 2.0 §10.6)."""

    id: str
    source: str
    target: str
    condition: str | None = None
    name: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One pool's process: its elements at every depth, and the flows between them."""

    id: str
    resource: str
    name: str | None
    executable: bool
    line: int | None
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    documentation: str | None = None
    unread: tuple[Part, ...] = ()

    def children(self, scope: str) -> list[Element]:
        """Return the elements that stand directly in a process or sub-process."""
        return [element for element in self.elements.values() if element.scope == scope]


@dataclass(frozen=True, slots=True)
class Model:
    """One BPMN file."""

    resource: str
    processes: tuple[Process, ...]


# ---------------------------------------------------------------- what happens to it


class WaitKind(StrEnum):
    USER_TASK = "user_task"
    MANUAL_TASK = "manual_task"


@dataclass(frozen=True, slots=True)
class Wait:
    """A place where a workflow stands still until something outside moves it."""

    token: int
    kind: WaitKind
    element: Element
    since: datetime
    version: str
    """The identity of the process that the element stands in: the instance's own, or a called one."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who may do a task and until when, with every expression in it evaluated."""

    assignee: str | None = None
    candidate_users: tuple[str, ...] = ()
    candidate_groups: tuple[str, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A wait that a person ends, and who may, as it was decided when the token came."""

    wait: Wait
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class Failure:
    """An automatic element that could not be executed; its token waits before it."""

    token: int
    element: Element
    template: str
    values: Mapping[str, object]


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
