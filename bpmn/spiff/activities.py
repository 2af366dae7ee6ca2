"""
Activities: work that takes time, with what may happen to it meanwhile (BPMN 2.0 §10.3, §13.3).

An activity's token listens for the events on its border, then does the work: at once, in rounds (a loop, many
instances), or in a scope of its own where it has inputs and outputs. In the latter cases the token *wraps*: the
work is done by tokens of the same element one scope further in, and the history shows those.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.mixins import ManualTaskMixin, UserTaskMixin
from SpiffWorkflow.util.task import TaskState

from bpmn.description import Element, Transfer, Trigger
from bpmn.errors import BpmnError
from bpmn.progress import Opened, Wait, WaitKind
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.scripts import Script
from bpmn.spiff import throwing
from bpmn.spiff.assignment import WorkPlan
from bpmn.spiff.awaiting import Awaited, Value, Waiting
from bpmn.spiff.nodes import FlowNode, is_true
from bpmn.spiff.process import Connection, ProcessSpec
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.events import BoundaryEvent
    from bpmn.spiff.loops import Loop

Move = tuple[Transfer, Value]


class Activity(FlowNode):
    """The life of an activity; subclasses say what the work is."""

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(spec, element)
        self.boundaries: "tuple[BoundaryEvent, ...]" = ()  # noqa: UP037  for the type checker only
        self.loop: "Loop | None" = None  # noqa: UP037
        self.moves_in: tuple[Move, ...] = ()
        self.moves_out: tuple[Move, ...] = ()
        self.is_compensated = False
        """It has a compensation handler."""

    # ------------------------------------------------------------ coming

    def _update_hook(self, my_task: Token) -> bool:
        needed = self.element.start_quantity
        if needed == 1:
            return True
        self.hold(my_task)
        waiting = my_task.workflow.joining[self.name][0]
        if len(waiting) < needed:
            return False
        for _ in range(needed - 1):
            my_task.workflow.absorb(waiting.popleft())
        waiting.popleft().queue()
        return False

    def hold(self, token: Token) -> None:
        """Let a token wait until as many have come as the activity needs to start (`startQuantity`)."""
        token._set_state(TaskState.WAITING)  # noqa: SLF001
        flows = token.workflow.joining.setdefault(self.name, {})
        flows.setdefault(0, deque()).append(token)

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("leaving"):
            return self._leave(my_task)
        if my_task.notes.get("inside"):
            return self.work(my_task)
        listeners = [each.prepared(my_task) for each in self.boundaries if each.awaited]
        result = self._begin(my_task)
        if not my_task.is_gone:
            for listener in listeners:
                my_task.workflow.arm(listener)
                my_task.workflow.top.open(listener)
        return result

    def _begin(self, token: Token) -> bool | None:
        if self.loop is not None:
            token.notes["wraps"] = True
            if self.loop.begin(self, token):
                del token.notes["wraps"]  # without a round the element itself is what was passed
                return self._chosen(token)
            return None
        if self.moves_in or self.moves_out:
            self.enter_inside(token, {})
            token.notes["wraps"] = True
            return None
        return self.work(token)

    def enter_inside(self, host: Token, variables: Mapping[str, Any]) -> SubScope:
        """Do the work in a scope of its own, in which these variables and the inputs live."""
        scope = host.workflow
        given = {**variables}
        names = {**scope.names(), **given}
        for transfer, value in self.moves_in:
            given.update(_moved(transfer, value, names))
            names.update(given)
        inner = SubScope(host, scope.process, None)
        inner.data = given
        token = inner.token(self)
        inner.tasks[token.id] = token
        token.notes["inside"] = True
        token.queue()
        return inner

    # ------------------------------------------------------------ working

    def work(self, token: Token) -> bool | None:
        """Do what the activity is for. None: something outside or inside goes on with it."""
        return self._chosen(token)

    def _chosen(self, token: Token) -> bool:
        token.taken = self._choose(token.workflow)
        return True

    def done(self, token: Token) -> None:
        """The work is done outside or inside: go on, when its turn comes."""
        token.notes["leaving"] = True
        token.queue()

    def returned(self, host: Token, inner: SubScope) -> None:
        """A round, the scope of the work, or the inside of a sub-process is finished."""
        if inner.scope_id is None:
            host.workflow.done += inner.done
        if inner.scope_id is None and self.loop is not None:
            if self.loop.round_is_done(self, host, inner):
                self.done(host)
        else:
            self.done(host)

    # ------------------------------------------------------------ leaving

    def _leave(self, token: Token) -> bool:
        """Work out everything that leaving needs, then hand it over."""
        if token.notes.get("inside"):
            return True
        outputs = self._carried_out(token)
        inner = list(token.inner)
        token.workflow.assign(outputs)
        self._chosen(token)
        for scope in inner:
            self.inside_is_done(token, scope)
            scope.close()
        return True

    def inside_is_done(self, token: Token, inner: SubScope) -> None:
        """Take over what a finished scope inside leaves behind."""

    def _carried_out(self, token: Token) -> dict[str, Any]:
        if self.loop is not None:
            return self.loop.results(token)
        if not self.moves_out or not token.inner:
            return {}
        names = token.inner[0].names()
        given: dict[str, Any] = {}
        for transfer, value in self.moves_out:
            given.update(_moved(transfer, value, names))
        return given

    def _on_complete(self, my_task: Token) -> None:
        scope = my_task.workflow
        if my_task.notes.get("inside"):
            if self.is_compensated:
                scope.done.append([self.name, None, dict(scope.data)])
            scope.leave(my_task, ())
            return
        if self.is_compensated and not my_task.notes.get("wraps"):
            scope.done.append([self.name, None, {}])
        quantity = self.element.completion_quantity
        scope.leave(my_task, my_task.taken * quantity)


def _moved(transfer: Transfer, value: Value, names: Mapping[str, Any]) -> dict[str, Any]:
    if transfer.everything:
        return dict(names)
    try:
        return {transfer.target: value(names)}
    except ExpressionFailed:
        if transfer.optional:
            return {}
        raise


# ---------------------------------------------------------------- tasks


class UserTask(Activity, UserTaskMixin):
    """Waits for a person (§10.3.3)."""

    wait_kind = WaitKind.USER_TASK

    def __init__(self, spec: ProcessSpec, element: Element, plan: WorkPlan) -> None:
        super().__init__(spec, element)
        self._plan = plan

    def work(self, token: Token) -> None:
        top = token.workflow.top
        assignment = self._plan.resolve(token.workflow.names(), now=top.now, zone=top.zone)
        top.opened.append(Opened(self.waits(token)[0], assignment))

    def waits(self, token: Token) -> list[Wait]:
        version = token.workflow.process.identity
        return [Wait(token.id, self.wait_kind, self.element, token.since, version)]


class ManualTask(UserTask, ManualTaskMixin):
    """
    Waits for a person to say that it is done.

    BPMN leaves the manual task outside the engine; in a management system a step that nobody confirms proves
    nothing, so it waits, as SpiffWorkflow's does.
    """

    wait_kind = WaitKind.MANUAL_TASK


class ScriptTask(Activity):
    def __init__(self, spec: ProcessSpec, element: Element, script: Script) -> None:
        super().__init__(spec, element)
        self._script = script

    def work(self, token: Token) -> bool:
        scope = token.workflow
        token.wrote = self._script.run(scope.names())
        scope.assign(token.wrote)
        return self._chosen(token)


class JobTask(Activity):
    """Waits for a program: service, send and business rule tasks (§10.3.3)."""

    def __init__(self, spec: ProcessSpec, element: Element, job_type: Value) -> None:
        super().__init__(spec, element)
        self._type = job_type

    def work(self, token: Token) -> None:
        named = self._type(token.workflow.names())
        token.notes["type"] = str(named)
        token.workflow.top.open(token)

    def waits(self, token: Token) -> list[Wait]:
        return [
            Wait(
                token.id,
                WaitKind.JOB,
                self.element,
                token.since,
                token.workflow.process.identity,
                name=token.notes.get("type"),
            )
        ]


class SendTask(Activity):
    """Sends its message and goes on."""

    def work(self, token: Token) -> bool:
        for definition in self.element.events:
            throwing.throw(token, definition)
        return self._chosen(token)


class ReceiveTask(Waiting, Activity):
    """Waits for its message."""

    def __init__(self, spec: ProcessSpec, element: Element, awaited: tuple[Awaited, ...]) -> None:
        super().__init__(spec, element)
        self.awaited = awaited

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("happened"):
            return self._chosen(my_task)
        return super()._run_hook(my_task)

    def work(self, token: Token) -> bool | None:
        if not self.awaited:
            return self._chosen(token)
        self.remember(token)
        token.workflow.top.open(token)
        return None

    def happened(self, token: Token, index: int) -> None:
        if not self.all_seen(token, index):
            return
        gateway = token.host
        if gateway is None:
            self.done(token)
        else:
            gateway.task_spec.decided(gateway, self)


# ---------------------------------------------------------------- scopes inside


class SubProcess(Activity):
    """An embedded sub-process or transaction: a scope inside (§13.3.4)."""

    def work(self, token: Token) -> bool | None:
        scope = token.workflow
        plan = scope.spec.plan(self.element.id)
        if not plan.beginnings:
            return self._chosen(token)  # drawn, but nothing is in it
        check_depth(scope)
        SubScope(token, scope.process, self.element.id).begin()
        return None

    def inside_is_done(self, token: Token, inner: SubScope) -> None:
        if inner.scope_id != self.element.id:
            return
        has_own = any(
            each.trigger is Trigger.COMPENSATION
            for start in inner.spec.plan(inner.scope_id).event_starts
            for each in start.definitions
        )
        if inner.done or has_own:
            token.notes["undo"] = [inner.done, inner.data]

    def _leave(self, token: Token) -> bool:
        if token.notes.get("inside"):
            for scope in list(token.inner):
                self.inside_is_done(token, scope)
                scope.close()
            return True
        return super()._leave(token)

    def _on_complete(self, my_task: Token) -> None:
        undo = my_task.notes.get("undo")
        if undo:
            my_task.workflow.done.append([self.name, *undo])
        super()._on_complete(my_task)


class AdHocSubProcess(SubProcess):
    """The activities inside are done in the order people choose (§10.3.5)."""

    def __init__(self, spec: ProcessSpec, element: Element, completion: Value | None) -> None:
        super().__init__(spec, element)
        self._completion = completion

    def work(self, token: Token) -> bool | None:
        scope = token.workflow
        check_depth(scope)
        beginnings = scope.spec.plan(self.element.id).beginnings
        inner = SubScope(token, scope.process, self.element.id)
        plan = scope.spec.plan(self.element.id)
        inner.data.update(dict.fromkeys(plan.variables))
        for start in plan.event_starts:
            start.listen(inner, None)
        if self._ad_hoc.sequential:
            token.notes["todo"] = [each.target.name for each in beginnings[1:]]
            beginnings = beginnings[:1]
        for connection in beginnings:
            inner.enter(connection)
        return None

    @property
    def _ad_hoc(self) -> Any:
        return self.element.ad_hoc

    def moved_inside(self, host: Token, inner: Scope) -> None:
        if inner.scope_id != self.element.id:
            return
        if self._completion is not None and _completes(self._completion, inner):
            host.notes["todo"] = []
            if self._ad_hoc.cancel_remaining:
                inner.cancel_all()
            return
        todo = host.notes.get("todo")
        if todo and not inner.tasks:
            inner.enter(Connection(inner.spec.task_specs[todo.pop(0)], -1))


class CallActivity(Activity):
    """Calls a process by its key: the one in force at the moment of the call (§10.3.6)."""

    def __init__(self, spec: ProcessSpec, element: Element, called: Value) -> None:
        super().__init__(spec, element)
        self._called = called
        self.gives: tuple[Move, ...] | None = None
        """What the called process sees; None: everything."""
        self.takes: tuple[Move, ...] | None = None
        """What comes back; None: everything that the called process has set."""

    def work(self, token: Token) -> None:
        scope = token.workflow
        check_depth(scope)
        names = scope.names()
        key = str(self._called(names) or "")
        called = scope.top.library.called(key)
        if called is None:
            raise BpmnError("The routine '{key}' that is called here is not installed.", key=key)
        given = dict(names) if self.gives is None else _all_moved(self.gives, names)
        inner = SubScope(token, called, called.key, called=True)
        inner.data = given
        inner.begin()

    def inside_is_done(self, token: Token, inner: SubScope) -> None:
        if inner.outer is not None:
            return
        if self.takes is None:
            given = {name: inner.data[name] for name in sorted(inner.written)}
        else:
            given = _all_moved(self.takes, inner.data)
        token.workflow.assign(given)

    def _leave(self, token: Token) -> bool:
        if token.notes.get("inside"):
            for scope in list(token.inner):
                self.inside_is_done(token, scope)
                scope.close()
            return True
        return super()._leave(token)


def _all_moved(moves: Sequence[Move], names: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for transfer, value in moves:
        given.update(_moved(transfer, value, names))
    return given


def _completes(condition: Value, inner: Scope) -> bool:
    try:
        return is_true(condition(inner.names()))
    except ExpressionFailed:
        return False  # a condition over variables that are not there yet is not true yet


def check_depth(scope: Scope) -> None:
    limit = scope.top.limits.depth
    if scope.depth >= limit:
        raise BpmnError(
            "Sub-processes and called routines are nested more than {limit} deep; does one call itself?",
            limit=limit,
        )
