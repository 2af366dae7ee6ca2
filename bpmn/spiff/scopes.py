"""
Scopes: an instance, and the sub-processes and called processes inside it.

A scope holds its live tokens and the variables that live in it. It is finished when its last token is gone; no
token is searched for, ever: ready ones stand in a queue, those at a join in a list of the join.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.bpmn.workflow import BpmnSubWorkflow, BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bpmn.description import ElementState, Failure, Opened, Visit
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.scripting.expressions import Expression
from bpmn.spiff.environment import RefusingScriptEngine
from bpmn.spiff.process import Connection, ExecutableProcess, Library, ProcessSpec
from bpmn.spiff.token import Token

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of an instance that was loaded and that no verb has moved yet."""


class Scope:
    """What an instance and a sub-process have in common."""

    spec: ProcessSpec
    data: dict[str, Any]
    tasks: dict[int, Token]
    top: "Instance"
    process: ExecutableProcess
    depth: int
    """How many scopes are around this one."""
    joining: dict[str, dict[int, deque[Token]]]
    """The tokens that wait at each join, oldest first, by the flow they came along."""
    written: set[str]
    """The variables that were set here, where a caller will ask for them."""
    outer: "Scope | None"
    """The scope whose variables are seen from here; a called process sees none."""

    def begin(self) -> None:
        """Put a token on each element where the scope starts."""
        for connection in self.spec.beginning(self.scope_id):
            self.enter(connection)

    @property
    def scope_id(self) -> str:
        raise NotImplementedError

    def enter(self, connection: Connection) -> None:
        top = self.top
        top.last_token += 1
        token = Token(
            self,
            connection.target,
            number=top.last_token,
            flow=connection.index,
            since=top.now,
        )
        connection.target._update(token)  # noqa: SLF001  the library's own name for "a token came"

    def leave(self, token: Token, connections: Iterable[Connection]) -> None:
        """Move on from an element that is completed."""
        self.take_away(token)
        for connection in connections:
            self.enter(connection)
        if not self.tasks:
            self.finish()

    def take_away(self, token: Token) -> None:
        """Remove a token that is completed, cancelled or joined with others."""
        del self.tasks[token.id]
        self.top.note(token)

    def absorb(self, token: Token) -> None:
        """Remove a token that a join consumes together with the one that goes on."""
        del self.tasks[token.id]

    def finish(self) -> None:
        raise NotImplementedError

    def cancel_all(self) -> None:
        for token in list(self.tasks.values()):
            token.cancel()

    # ------------------------------------------------------------ variables

    def names(self) -> Mapping[str, Any]:
        """Return the variables seen from here; inner ones hide outer ones."""
        if self.outer is None:
            return self.data
        return {**self.outer.names(), **self.data} if self.data else self.outer.names()

    def assign(self, values: Mapping[str, Any]) -> None:
        """Set each variable where it lives, else in the outermost scope."""
        for name, value in values.items():
            scope: Scope = self
            while scope.outer is not None and name not in scope.data:
                scope = scope.outer
            scope.data[name] = value
            scope.written.add(name)

    def evaluate(self, expression: Expression) -> Any:
        return expression.evaluate(self.names())


class SubScope(Scope, BpmnSubWorkflow):
    """The inside of a sub-process or of a called process."""

    def __init__(self, host: Token, process: ExecutableProcess, scope_id: str) -> None:
        self.host = host
        self.process = process
        self.spec = process.spec
        self.top = self.top_workflow = host.workflow.top
        self.parent_task_id = host.id
        self._scope_id = scope_id
        self.outer = host.workflow if scope_id != process.key else None
        self.depth = host.workflow.depth + 1
        self.data = {}
        self.tasks = {}
        self.joining = {}
        self.written = set()
        host.inner = self

    @property
    def scope_id(self) -> str:
        return self._scope_id

    def finish(self) -> None:
        self.host.inner = None
        self.host.task_spec.returned(self.host, self)
        self.host.complete()


class Instance(Scope, BpmnWorkflow):
    """A process instance: the outermost scope, its queue, its clock and what happened in this step."""

    depth = 0
    outer = None

    def __init__(self, process: ExecutableProcess, library: Library, limits: Limits) -> None:
        super().__init__(process.spec, deserializing=True, script_engine=RefusingScriptEngine())
        self.process = process
        self.library = library
        self.limits = limits
        self.zone = library.zone
        self.top = self
        self.tasks = {}
        self.joining = {}
        self.written = set()
        self.ready: deque[Token] = deque()
        self.last_token = 0
        self.now: datetime = NEVER
        self.visits: list[Visit] = []
        self.opened: list[Opened] = []
        self.closed: list[int] = []
        self.failures: list[Failure] = []

    @property
    def scope_id(self) -> str:
        return self.process.key

    @property
    def is_finished(self) -> bool:
        return not self.tasks

    def finish(self) -> None:
        self.completed = True

    def forget(self) -> None:
        """Forget what happened; it has been handed over."""
        self.visits, self.opened, self.closed, self.failures = [], [], [], []

    def standing(self) -> Iterator[Visit]:
        """Return where the live tokens are."""
        for token in self.every_token():
            state = ElementState.INCIDENT if token.has_failed else ElementState.ACTIVE
            process = token.workflow.process.key
            yield Visit(token.id, process, token.task_spec.element, state, token.since)

    def every_token(self) -> Iterator[Token]:
        """Return all live tokens, at every depth."""
        stack = [iter(self.tasks.values())]
        while stack:
            for token in stack[-1]:
                yield token
                if token.inner is not None:
                    stack.append(iter(token.inner.tasks.values()))
                    break
            else:
                stack.pop()

    def find(self, number: int) -> Token | None:
        return next((token for token in self.every_token() if token.id == number), None)

    def advance(self) -> None:
        """Execute elements until every token waits, has failed, or is gone."""
        budget = self.limits.steps
        while self.ready:
            token = self.ready.popleft()
            if token._state != TaskState.READY:  # noqa: SLF001
                continue  # cancelled while it stood in the queue
            if budget == 0:
                self.fail(token, _too_many_steps(self.limits))
                return
            budget -= 1
            try:
                token.run()
            except BpmnError as error:
                self.fail(token, error)
        self._notice_deadlock()

    def note(self, token: Token) -> None:
        """Remember that an element was left."""
        cancelled = token._state == TaskState.CANCELLED  # noqa: SLF001
        self.visits.append(
            Visit(
                token.id,
                token.workflow.process.key,
                token.task_spec.element,
                ElementState.CANCELLED if cancelled else ElementState.COMPLETED,
                token.since,
                self.now,
                token.wrote,
            )
        )
        if cancelled:
            self.closed.append(token.id)

    def fail(self, token: Token, error: BpmnError) -> None:
        """Let the token wait before its element, with the reason."""
        token._set_state(TaskState.ERROR)  # noqa: SLF001
        self.failures.append(
            Failure(token.id, token.task_spec.element, error.template, error.values)
        )

    def _notice_deadlock(self) -> None:
        """A join that nothing can reach any more is told to a person instead of standing still for ever."""
        waiting = []
        for token in self.every_token():
            if token.inner is None:
                if token._state != TaskState.WAITING:  # noqa: SLF001
                    return
                waiting.append(token)
        for token in waiting:
            self.fail(
                token,
                BpmnError(
                    "'{element}' waits for a token that cannot come any more.",
                    element=token.task_spec.element.label,
                ),
            )


def _too_many_steps(limits: Limits) -> BpmnError:
    return BpmnError(
        "More than {limit} elements were executed without a pause; is there a loop without an end?",
        limit=limits.steps,
    )
