"""A process instance: the outermost scope, its queue, its clock, and what happened in this step."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bpmn.description import Trigger
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.progress import Decided, ElementState, Failure, Opened, Thrown, Visit, Wait
from bpmn.scripting.errors import BpmnErrorThrown
from bpmn.spiff import throwing
from bpmn.spiff.environment import RefusingScriptEngine
from bpmn.spiff.process import ExecutableProcess, Library
from bpmn.spiff.scopes import Scope
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.gateways import Merge

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of an instance that was loaded and that no verb has moved yet."""


class Instance(Scope, BpmnWorkflow):
    depth = 0
    host = None
    outer = None

    def __init__(self, process: ExecutableProcess, library: Library, limits: Limits) -> None:
        super().__init__(process.spec, deserializing=True, script_engine=RefusingScriptEngine())
        self._open()
        self.scope_id = process.key
        self.process = process
        self.library = library
        self.limits = limits
        self.zone = library.zone
        self.functions = library.functions
        self.top = self
        self.ready: deque[Token] = deque()
        self.last_token = 0
        self.now: datetime = NEVER
        self.changed = False
        """Variables were set since the conditions of waiting events were looked at."""
        self.conditions: dict[int, Token] = {}
        """Tokens that wait until a condition is true."""
        self.merging: "dict[tuple[int, str], tuple[Scope, Merge]]" = {}  # noqa: UP037  for the type checker only
        """Gateways that wait until no token can reach them any more."""
        self.forget()

    def forget(self) -> None:
        """Forget what happened; it has been handed over."""
        self.visits: list[Visit] = []
        self.opened: list[Opened] = []
        self.awaited: list[Wait] = []
        self.closed: list[int] = []
        self.failures: list[Failure] = []
        self.thrown: list[Thrown] = []
        self.decided: list[Decided] = []

    @property
    def is_finished(self) -> bool:
        return not self.tasks

    def finish(self) -> None:
        self.disarm(None)
        self.completed = True

    # ------------------------------------------------------------ tokens

    def every_token(self, *, listening: bool = False) -> Iterator[Token]:
        """Return all live tokens, at every depth; with those that only listen, when they are asked for."""
        scopes: list[Scope] = [self]
        while scopes:
            scope = scopes.pop()
            yield from scope.tasks.values()
            if listening:
                yield from scope.listening.values()
            for token in scope.tasks.values():
                scopes.extend(token.inner)

    def find(self, number: int) -> Token | None:
        return next(
            (token for token in self.every_token(listening=True) if token.id == number), None
        )

    def standing(self) -> Iterator[Visit]:
        """Return where the live tokens are."""
        for token in self.every_token():
            if token.has_failed or not token.notes.get("wraps"):
                state = ElementState.INCIDENT if token.has_failed else ElementState.ACTIVE
                process = token.workflow.process.key
                yield Visit(token.id, process, token.task_spec.element, state, token.since)

    # ------------------------------------------------------------ execution

    def advance(self) -> None:
        """Execute elements until every token waits, has failed, or is gone."""
        budget = self.limits.steps
        self.changed = True  # the last step may have ended before it looked at the conditions
        while True:
            while self.ready:
                token = self.ready.popleft()
                if token._state != TaskState.READY:  # noqa: SLF001
                    continue  # cancelled while it stood in the queue
                if budget == 0:
                    self.fail(token, _too_many_steps(self.limits))
                    self.line_up()
                    return
                budget -= 1
                self._execute(token)
            if not (self._check_conditions() or self._merge()):
                break
        self._notice_deadlock()

    def line_up(self) -> None:
        """Let those that have not had their turn stand in an order that saving and loading keeps."""
        self.ready = deque(sorted(self.ready, key=lambda token: token.id))

    def _execute(self, token: Token) -> None:
        try:
            token.run()
        except BpmnErrorThrown as error:
            if not throwing.error(token, error.code, error.text):
                self.fail(token, throwing.uncaught(error.code, error.text))
        except BpmnError as error:
            self.fail(token, error)

    def _merge(self) -> bool:
        """Let gateways go on that no further token can reach."""
        moved = False
        for scope, merge in sorted(self.merging.values(), key=_place):
            try:
                moved = merge.try_again(scope) or moved
            except BpmnError as error:
                self._fail_at(merge, scope, error)
        return moved

    def _fail_at(self, merge: "Merge", scope: Scope, error: BpmnError) -> None:
        """A gateway cannot decide whether to go on: its oldest token waits for a person."""
        self.merging.pop((id(scope), merge.name), None)
        for tokens in scope.joining.pop(merge.name).values():
            for token in tokens:
                token.notes["stuck"] = True
                self.fail(token, error)

    def _check_conditions(self) -> bool:
        """Let events happen whose condition has become true."""
        if not self.changed:
            return False
        self.changed = False
        happened = False
        for number in sorted(self.conditions):
            token = self.conditions.get(number)  # none, where an event before took it away
            if token is not None and not token.has_failed:
                happened = token.task_spec.check_condition(token) or happened
        return happened

    def note(self, token: Token) -> None:
        """Remember that an element was left."""
        cancelled = token._state == TaskState.CANCELLED  # noqa: SLF001
        self.conditions.pop(token.id, None)
        if cancelled:
            self.closed.append(token.id)
        if token.notes.get("wraps"):
            return
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

    def open(self, token: Token) -> None:
        """Remember that a token has begun to wait for something other than a person."""
        self.awaited += token.task_spec.waits(token)

    def fail(self, token: Token, error: BpmnError) -> None:
        """Let the token wait before its element, or before leaving it, with the reason."""
        if not token.notes.keys() & {"leaving", "wraps", "asking"}:
            for scope in list(token.inner):
                scope.cancel_all()
                scope.close()
            token.workflow.disarm(token)
        token._set_state(TaskState.ERROR)  # noqa: SLF001
        self.failures.append(
            Failure(token.id, token.task_spec.element, error.template, error.values)
        )

    def throw(
        self, trigger: Trigger, name: str, token: Token, variables: Mapping[str, Any]
    ) -> None:
        """Send something out of the instance."""
        self.thrown.append(Thrown(trigger, name, token.task_spec.element, dict(variables)))

    def _notice_deadlock(self) -> None:
        """A join that nothing can reach any more is told to a person instead of standing still for ever."""
        if not self.tasks:
            return
        waiting = []
        for token in self.every_token(listening=True):
            if token.listens:
                return
            if not token.inner or token.has_failed:
                if token._state != TaskState.WAITING:  # noqa: SLF001
                    return
                waiting.append(token)
        for token in waiting:
            token.notes["stuck"] = True
            token.workflow.joining.pop(token.task_spec.name, None)
            self.fail(
                token,
                BpmnError(
                    "'{element}' waits for a token that cannot come any more.",
                    element=token.task_spec.element.label,
                ),
            )


def _place(waiting: "tuple[Scope, Merge]") -> tuple[int, str]:
    """Return what orders gateways that wait, whether the case was saved meanwhile or not."""
    scope, merge = waiting
    return (scope.host.id if scope.host is not None else 0), merge.name


def _too_many_steps(limits: Limits) -> BpmnError:
    return BpmnError(
        "More than {limit} elements were executed without a pause; is there a loop without an end?",
        limit=limits.steps,
    )
