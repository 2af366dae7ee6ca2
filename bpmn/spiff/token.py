"""
A token: SpiffWorkflow's task without its past and its predicted future.

The library's task keeps links to a parent and to children, one for every path that could be taken; instantiating
eleven parallel blocks costs it a million tasks. A token knows where it is, by which flow it came, and since when.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from bpmn.spiff.nodes import FlowNode
    from bpmn.spiff.process import Connection
    from bpmn.spiff.scopes import Scope, SubScope


class Token(Task):
    """
    A token at an element.

    READY: waits its turn in the queue. WAITING: at a join, for others. STARTED: something outside, or a scope
    inside, has it in hand. ERROR: it failed before the element and waits for a person.
    """

    workflow: "Scope"
    task_spec: "FlowNode"
    triggered = False
    thread_id = 0
    parent = None
    children = ()

    host: "Token | None" = None
    """The token at the activity or gateway that this one listens for; it goes when that one goes."""
    listens = False
    """It stands for something that may happen, and does not keep its scope from ending."""
    taken: "tuple[Connection, ...]" = ()

    def __init__(  # noqa: PLR0913
        self,
        scope: "Scope",
        spec: "FlowNode",
        *,
        number: int,
        flow: int,
        since: datetime,
        state: int = TaskState.FUTURE,
    ) -> None:
        # Not calling the library's: it would make a UUID, an entry in a tree and a thread.
        self.id = number
        self.workflow = scope
        self.task_spec = spec
        self.flow = flow
        self.since = since
        self.inner: list[SubScope] = []
        self.notes: dict[str, Any] = {}
        """What the element must remember about this token: when a timer fires, which instance this is."""
        self.wrote: dict[str, Any] = {}
        self._state = state

    @property
    def is_waiting_outside(self) -> bool:
        """Tell whether something outside must move it: a person, a worker, a message, a timer."""
        return bool(self._state == TaskState.STARTED and not self.inner)

    @property
    def has_failed(self) -> bool:
        return bool(self._state == TaskState.ERROR)

    @property
    def is_gone(self) -> bool:
        return bool(self._state & TaskState.FINISHED_MASK and self._state != TaskState.ERROR)

    def come(self) -> None:
        """Come to the element."""
        self.task_spec._update(self)  # noqa: SLF001  the library's own name for "a token came"

    def try_again(self) -> None:
        """Come to the element once more, after it failed."""
        if self.notes.pop("stuck", False):
            self.come()
        else:
            self.queue()

    def run(self) -> None:
        """Let the element be executed; what it threw may have taken the token away meanwhile."""
        is_done = self.task_spec._run(self)  # noqa: SLF001
        if self.is_gone:
            return
        if is_done:
            self.complete()
        else:
            self._state = TaskState.STARTED

    def queue(self, *, first: bool = False) -> None:
        """Let the element be executed when its turn comes, or before all others."""
        self._state = TaskState.READY
        ready = self.workflow.top.ready
        ready.appendleft(self) if first else ready.append(self)

    def cancel(self) -> None:
        """Take the token away, and everything inside it."""
        for scope in list(self.inner):
            scope.cancel_all()
        self.inner.clear()
        self._state = TaskState.CANCELLED
        self.workflow.take_away(self)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _ready(self) -> None:
        self.queue()
