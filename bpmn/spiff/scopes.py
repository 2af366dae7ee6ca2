"""
Scopes: what an instance and everything inside it have in common.

A scope holds its live tokens, those that only listen for something, and the variables that live in it. It is
finished when its last live token is gone; no token is searched for, ever: ready ones stand in a queue, those at a
join in a list of the join.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.workflow import BpmnSubWorkflow

from bpmn.scripting.seen import Seen
from bpmn.spiff.process import Connection, ExecutableProcess, ProcessSpec
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.instance import Instance
    from bpmn.spiff.nodes import FlowNode


class Scope:
    """What an instance, a sub-process, a called process and one round of a loop have in common."""

    spec: ProcessSpec
    process: ExecutableProcess
    top: "Instance"
    depth: int
    """How many scopes are around this one."""
    host: Token | None
    """The token that this scope is the inside of."""
    outer: "Scope | None"
    """The scope whose variables are seen from here; a called process sees none."""
    scope_id: str | None
    """The process or sub-process that this is; None where it only holds variables."""

    def _open(self) -> None:
        self.data: dict[str, Any] = {}
        self.tasks: dict[int, Token] = {}
        self.listening: dict[int, Token] = {}
        self.joining: dict[str, dict[int, deque[Token]]] = {}
        """The tokens that wait at each join, oldest first, by the flow they came along."""
        self.gates: dict[str, list[int]] = {}
        """Complex gateways that have gone on, and the flows whose tokens still come to nothing."""
        self.done: list[list[Any]] = []
        """What could be compensated: the activity, and for a sub-process what is inside and its variables."""
        self.written: set[str] = set()
        """The variables that were set here, where a caller will ask for them."""

    # ------------------------------------------------------------ tokens

    def begin(self, at: "FlowNode | None" = None, because: Token | None = None) -> None:
        """Listen for what may happen in the scope, and put a token on each element where it starts."""
        plan = self.spec.plan(self.scope_id)
        self.declare(plan.variables)
        for start in plan.event_starts:
            start.listen(self, None)
        if at is not None:
            self.spawn(at, because)
            for connection in at.begun_with:
                self.enter(connection)
            return
        for connection in plan.beginnings:
            self.enter(connection)

    def declare(self, variables: Iterable[str]) -> None:
        """Let data objects and properties live here, empty where nothing was handed in under their name."""
        for name in variables:
            self.data.setdefault(name, None)

    def token(self, spec: "FlowNode", flow: int = -1) -> Token:
        """Make a token at an element."""
        top = self.top
        top.last_token += 1
        return Token(self, spec, number=top.last_token, flow=flow, since=top.now)

    def enter(self, connection: Connection) -> None:
        """Let a token come along a flow."""
        token = self.token(connection.target, connection.index)
        self.tasks[token.id] = token
        token.come()

    def spawn(self, spec: "FlowNode", because: Token | None = None) -> Token:
        """Put a token on an event that has happened, with what it brought to the token that listened."""
        token = self.token(spec)
        if because is not None and "brought" in because.notes:
            token.notes["brought"] = because.notes.pop("brought")
        self.tasks[token.id] = token
        token.notes["happened"] = True
        token.queue()
        return token

    def interrupt(self, host: Token, spec: "FlowNode", because: Token | None = None) -> None:
        """Stop an activity and go on from an event on its border."""
        host.cancel()
        self.spawn(spec, because)

    def leave(self, token: Token, connections: Iterable[Connection]) -> None:
        """Move on from an element that is completed."""
        self.take_away(token)
        for connection in connections:
            self.enter(connection)
        self.settle()

    def settle(self) -> None:
        """Let what is around the scope see that something inside is over; end with the last token."""
        if self.host is not None:
            self.host.task_spec.moved_inside(self.host, self)
        if not self.tasks:
            self.finish()

    def take_away(self, token: Token) -> None:
        """Remove a token that is completed or cancelled, with those that listen for it."""
        self.tasks.pop(token.id, None)
        self.disarm(token)
        self.top.note(token)

    def absorb(self, token: Token) -> None:
        """Remove a token that a join consumes together with the one that goes on."""
        del self.tasks[token.id]

    def arm(self, token: Token) -> None:
        """Let a token listen without keeping the scope from ending."""
        token.listens = True
        self.listening[token.id] = token

    def disarm(self, host: Token | None) -> None:
        """Take away what listens for a token; for None, what listens for the scope itself."""
        if self.listening:
            for token in [each for each in self.listening.values() if each.host is host]:
                self.unlisten(token)

    def unlisten(self, token: Token) -> None:
        self.listening.pop(token.id, None)
        self.top.conditions.pop(token.id, None)
        self.top.closed.append(token.id)

    def finish(self) -> None:
        raise NotImplementedError

    def cancel_all(self, *, keep: Token | None = None) -> None:
        """Stop everything in the scope; `keep` is the one that does it."""
        for token in list(self.tasks.values()):
            if token is not keep:
                token.cancel()
        for token in list(self.listening.values()):
            if keep is None or token.host is not keep:
                self.unlisten(token)
        self.joining.clear()
        self.gates.clear()

    # ------------------------------------------------------------ variables

    def names(self) -> Seen:
        """Return the variables seen from here, now; inner ones hide outer ones."""
        top, scope = self.top, self.outer
        if scope is None:
            return Seen(self.data, now=top.now, zone=top.zone, functions=top.functions)
        scopes = [self.data]
        while scope is not None:
            if scope.data:
                scopes.append(scope.data)
            scope = scope.outer
        return Seen(*scopes, now=top.now, zone=top.zone, functions=top.functions)

    def assign(self, values: Mapping[str, Any]) -> None:
        """Set each variable where it lives, else in the outermost scope."""
        for name, value in values.items():
            scope: Scope = self
            while scope.outer is not None and name not in scope.data and not scope.is_confined:
                scope = scope.outer
            scope.data[name] = value
            scope.written.add(name)
        if values:
            self.top.changed = True

    @property
    def is_confined(self) -> bool:
        return False


class SubScope(Scope, BpmnSubWorkflow):
    """The inside of a sub-process, of a called process, or of one round of a loop."""

    def __init__(
        self,
        host: Token,
        process: ExecutableProcess,
        scope_id: str | None,
        *,
        called: bool = False,
    ) -> None:
        self._open()
        self.host = host
        self.process = process
        self.spec = process.spec
        self.top = self.top_workflow = host.workflow.top
        self.parent_task_id = host.id
        self.scope_id = scope_id
        self.outer = None if called else host.workflow
        self.depth = host.workflow.depth + 1
        host.inner.append(self)

    @property
    def is_confined(self) -> bool:
        """What is set in an activity with outputs of Camunda 8 leaves it by them alone."""
        assert self.host is not None  # noqa: S101  for the type checker
        return self.scope_id is None and self.host.task_spec.element.confines

    def finish(self) -> None:
        self.disarm(None)
        assert self.host is not None  # noqa: S101  for the type checker
        self.host.task_spec.returned(self.host, self)

    def close(self) -> None:
        """Let go of a scope that is finished."""
        assert self.host is not None  # noqa: S101  for the type checker
        self.host.inner.remove(self)


def enclosing(token: Token) -> Iterator[tuple[Token, Scope]]:
    """Return a token and its scope, then those they are inside of, outwards."""
    current: Token | None = token
    while current is not None:
        yield current, current.workflow
        current = current.workflow.host
