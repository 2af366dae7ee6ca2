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
    from bpmn.spiff.scopes import Scope, SubScope
    from bpmn.spiff.specs import FlowNode


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
        self.inner: SubScope | None = None
        self.wrote: dict[str, Any] = {}
        self._state = state
        scope.tasks[number] = self

    @property
    def is_waiting_outside(self) -> bool:
        """Tell whether something outside must move it: a person now, later a worker or a message."""
        return bool(self._state == TaskState.STARTED and self.inner is None)

    @property
    def has_failed(self) -> bool:
        return bool(self._state == TaskState.ERROR)

    def try_again(self) -> None:
        """Come to the element once more, after it failed."""
        self._state = TaskState.FUTURE
        self.task_spec._update(self)  # noqa: SLF001  the library's own name for "a token came"

    def queue(self) -> None:
        """Let the element be executed when its turn comes."""
        self._state = TaskState.READY
        self.workflow.top.ready.append(self)

    def cancel(self) -> None:
        """Take the token away, and everything inside it."""
        if self.inner is not None:
            self.inner.cancel_all()
        self._state = TaskState.CANCELLED
        self.workflow.take_away(self)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _ready(self) -> None:
        self.queue()
