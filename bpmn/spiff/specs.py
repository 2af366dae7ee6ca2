"""
What each element does with a token: SpiffWorkflow's task specifications, ours.

An element is *atomic*: whatever can fail (a condition, a script, an assignment) is computed in `_run_hook`
before anything is changed, so that a failing element leaves its token where it was.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin, ManualTaskMixin, UserTaskMixin
from SpiffWorkflow.util.task import TaskState

from bpmn.description import Element, Opened, Wait, WaitKind
from bpmn.errors import BpmnError
from bpmn.scripting.scripts import Script
from bpmn.spiff.assignment import WorkPlan
from bpmn.spiff.process import Connection, ProcessSpec
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.token import Token


class FlowNode(BpmnSpecMixin):
    """An element that passes its token on: the none task, the none events, a joining exclusive gateway."""

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(
            spec,
            element.id,
            bpmn_name=element.name,
            lane=element.lane.name if element.lane else None,
            documentation=element.documentation,
        )
        self.element = element
        self.connections: tuple[Connection, ...] = ()

    def flows_into(self, connections: Sequence[Connection]) -> None:
        """Connect the element to those that follow it (the last step of building)."""
        self.connections = tuple(connections)
        for connection in connections:
            self.connect(connection.target)

    def returned(self, token: Token, inner: SubScope) -> None:
        """Take over what a finished scope inside leaves behind."""

    # SpiffWorkflow's life-cycle, without prediction and without its tree:
    # a token comes (_update), may go on (_on_ready), is executed (_run), has been (_on_complete).

    def _update(self, my_task: Token) -> None:
        if self._update_hook(my_task):
            my_task.queue()

    def _update_hook(self, my_task: Token) -> bool:  # noqa: ARG002
        return True

    def _run(self, my_task: Token) -> bool | None:
        return self._run_hook(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:  # noqa: ARG002
        return True

    def _on_complete(self, my_task: Token) -> None:
        my_task.workflow.leave(my_task, self._taken(my_task))

    def _taken(self, token: Token) -> tuple[Connection, ...]:  # noqa: ARG002
        return self.connections


class UserTask(FlowNode, UserTaskMixin):
    """Waits for a person (BPMN 2.0 §10.3.3)."""

    wait_kind = WaitKind.USER_TASK

    def __init__(self, spec: ProcessSpec, element: Element, plan: WorkPlan) -> None:
        super().__init__(spec, element)
        self._plan = plan

    def _run_hook(self, my_task: Token) -> None:
        top = my_task.workflow.top
        assignment = self._plan.resolve(my_task.workflow.names(), now=top.now, zone=top.zone)
        top.opened.append(Opened(self.wait(my_task), assignment))

    def wait(self, token: Token) -> Wait:
        version = token.workflow.process.identity
        return Wait(token.id, self.wait_kind, self.element, token.since, version)


class ManualTask(UserTask, ManualTaskMixin):
    """
    Waits for a person to say that it is done.

    BPMN leaves the manual task outside the engine; in a management system a step that nobody confirms proves
    nothing, so it waits, as SpiffWorkflow's does.
    """

    wait_kind = WaitKind.MANUAL_TASK


class ScriptTask(FlowNode):
    def __init__(self, spec: ProcessSpec, element: Element, script: Script) -> None:
        super().__init__(spec, element)
        self._script = script

    def _run_hook(self, my_task: Token) -> bool:
        scope = my_task.workflow
        my_task.wrote = self._script.run(scope.names())
        scope.assign(my_task.wrote)
        return True


class ExclusiveGateway(FlowNode):
    """Takes the first flow whose condition is true, else the default (BPMN 2.0 §13.4.2)."""

    default: Connection | None = None

    def _run_hook(self, my_task: Token) -> bool:
        my_task.taken = (self._choose(my_task.workflow),)
        return True

    def _taken(self, token: Token) -> tuple[Connection, ...]:
        taken: tuple[Connection, ...] = token.taken
        return taken

    def _choose(self, scope: Scope) -> Connection:
        names: Any = scope.names()
        for connection in self.connections:
            if connection is self.default:
                continue
            if connection.condition is None or is_true(connection.condition.evaluate(names)):
                return connection
        if self.default is None:
            raise BpmnError(
                "No condition after '{element}' is true, and no flow is the default.",
                element=self.element.label,
            )
        return self.default


class ParallelGateway(FlowNode):
    """
    Waits for one token from each incoming flow, then sends one along each outgoing flow (BPMN 2.0 §13.4.1).

    Tokens are counted for each flow: one that comes a second time by the same flow stays for the next round, and
    a loop does not confuse rounds.
    """

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(spec, element)
        self._awaited = len(element.incoming)

    def _update_hook(self, my_task: Token) -> bool:
        if self._awaited <= 1:
            return True
        self.hold(my_task)
        arrived = my_task.workflow.joining[self.name]
        if len(arrived) < self._awaited:
            return False
        joined = sorted(
            (tokens.popleft() for tokens in arrived.values()), key=lambda each: each.id
        )
        my_task.workflow.joining[self.name] = {i: left for i, left in arrived.items() if left}
        for token in joined[:-1]:
            token.workflow.absorb(token)
        joined[-1].queue()
        return False

    def hold(self, token: Token) -> None:
        """Let a token wait for those of the other flows."""
        token._set_state(TaskState.WAITING)  # noqa: SLF001
        arrived = token.workflow.joining.setdefault(self.name, {})
        arrived.setdefault(token.flow, deque()).append(token)


class SubProcess(FlowNode):
    """An embedded sub-process: a scope inside (BPMN 2.0 §13.3.4)."""

    def _run_hook(self, my_task: Token) -> None:
        scope = my_task.workflow
        _check_depth(scope)
        SubScope(my_task, scope.process, self.element.id).begin()


class CallActivity(FlowNode):
    """Calls a process by its key: the one in force at the moment of the call (BPMN 2.0 §10.3.6)."""

    def _run_hook(self, my_task: Token) -> None:
        scope = my_task.workflow
        _check_depth(scope)
        key = self.element.called or ""
        called = scope.top.library.called(key)
        if called is None:
            raise BpmnError("The routine '{key}' that is called here is not installed.", key=key)
        inner = SubScope(my_task, called, called.key)
        inner.data = dict(scope.names())
        inner.begin()

    def returned(self, token: Token, inner: SubScope) -> None:
        token.workflow.assign({name: inner.data[name] for name in sorted(inner.written)})


def is_true(value: Any) -> bool:
    """A condition is true or it is not: `1` and `"yes"` are no answers to a question."""
    if value is True or value is False:
        return bool(value)
    if value is None:
        return False
    raise BpmnError(
        "A condition gave '{value}', which is neither true nor false.", value=str(value)[:80]
    )


def _check_depth(scope: Scope) -> None:
    limit = scope.top.limits.depth
    if scope.depth >= limit:
        raise BpmnError(
            "Sub-processes and called routines are nested more than {limit} deep; does one call itself?",
            limit=limit,
        )
