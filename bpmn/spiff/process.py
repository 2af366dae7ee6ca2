"""A process ready to be executed: SpiffWorkflow's graph of specifications, and what belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from bpmn.description import Process
from bpmn.dmn import Decisions
from bpmn.feel import Function
from bpmn.forms.definition import Form
from bpmn.scripting.texts import Expression
from bpmn.stores import Stores

if TYPE_CHECKING:
    from bpmn.spiff.events import EventSubProcessStart
    from bpmn.spiff.nodes import FlowNode


@dataclass(frozen=True, slots=True)
class Connection:
    """A sequence flow between two specifications."""

    target: "FlowNode"
    index: int
    """Which of the target's incoming flows this is; -1 where a scope begins."""
    flow_id: str | None = None
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class ScopePlan:
    """How a process or sub-process begins, and what it listens for while it is alive."""

    beginnings: tuple[Connection, ...] = ()
    event_starts: "tuple[EventSubProcessStart, ...]" = ()
    variables: tuple[str, ...] = ()
    """Data objects and properties: variables that live here and nowhere else."""


NO_PLAN = ScopePlan()


class ProcessSpec(BpmnProcessSpec):
    """
    The graph of one process with all its embedded sub-processes.

    It never changes after it is built and is shared by all instances of a version, also between threads.
    """

    def __init__(self, process: Process) -> None:
        # The library's constructor adds a start, a join of all ends and an end of its own; scopes do their work.
        WorkflowSpec.__init__(self, name=process.id)
        self.description = process.name
        self.process = process
        self.io_specification = None
        self.data_objects: dict[str, object] = {}
        self.data_stores: dict[str, object] = {}
        self.correlation_keys: dict[str, object] = {}
        self.plans: dict[str, ScopePlan] = {}

    def _add_notify(self, task_spec: "FlowNode") -> None:
        WorkflowSpec._add_notify(self, task_spec)  # noqa: SLF001  see above: no start events are collected

    def plan(self, scope_id: str | None) -> ScopePlan:
        return self.plans.get(scope_id or "", NO_PLAN)


@dataclass(frozen=True, slots=True)
class ExecutableProcess:
    """One version of a process; two with the same identity behave the same."""

    identity: str
    """The hash of everything that it is made of."""
    process: Process
    spec: ProcessSpec
    forms: Mapping[str, Form] = field(default_factory=dict)
    companions: Mapping[str, str] = field(default_factory=dict)
    """By key, the identities of the processes that were deployed with it and that it calls in that version."""

    @property
    def key(self) -> str:
        return self.process.id


@dataclass(frozen=True, slots=True)
class DecisionVersion:
    """One version of a file of decisions."""

    identity: str
    decisions: Decisions


class Library(Protocol):
    """What is around an instance: the processes it can call, the zone it counts days in, the data it can read."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the organisation's time zone."""

    @property
    def stores(self) -> Stores:
        """Return the data stores that can be read."""

    @property
    def functions(self) -> Mapping[str, Function]:
        """Return what expressions can ask of whatever is around."""

    def called(self, key: str, version: int | None = None) -> ExecutableProcess | None:
        """Return a version of the process under a key; without a number, the one in force."""

    def decision(
        self, key: str, *, version: int | None = None, beside: ExecutableProcess | None = None
    ) -> DecisionVersion | None:
        """Return a decision by its key: the one in force, one by its number, or that deployed with a process."""

    def by_identity(self, identity: str) -> ExecutableProcess:
        """Return exactly that version."""
