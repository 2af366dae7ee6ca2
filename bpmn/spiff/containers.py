"""Activities with something inside: sub-processes, ad-hoc ones, called processes."""

from typing import Any

from bpmn.description import Binding, Element, Trigger
from bpmn.errors import BpmnError
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.seen import Seen
from bpmn.spiff import moves
from bpmn.spiff.activities import Activity
from bpmn.spiff.awaiting import Value
from bpmn.spiff.decisions import whole_number
from bpmn.spiff.moves import Move
from bpmn.spiff.nodes import is_true
from bpmn.spiff.process import Connection, ExecutableProcess, ProcessSpec
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.token import Token


class Container(Activity):
    """An activity whose work is done by tokens in a scope of their own."""

    def _leave(self, token: Token) -> bool:
        if token.notes.get("inside"):
            for scope in list(token.inner):
                self.inside_is_done(token, scope)
                scope.close()
            return True
        return super()._leave(token)


class SubProcess(Container):
    """An embedded sub-process or transaction: a scope inside (§13.3.4)."""

    def work(self, token: Token) -> bool | None:
        scope = token.workflow
        plan = scope.spec.plan(self.element.id)
        if not plan.beginnings:
            return self._chosen(token)  # drawn, but nothing is in it
        _check_depth(scope)
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

    def _on_complete(self, my_task: Token) -> None:
        undo = my_task.notes.get("undo")
        if undo and not self.is_compensated:  # else its handler undoes it as a whole
            my_task.workflow.done.append([self.name, *undo])
        super()._on_complete(my_task)


class AdHocSubProcess(SubProcess):
    """The activities inside are done in the order people choose (§10.3.5)."""

    def __init__(self, spec: ProcessSpec, element: Element, completion: Value | None) -> None:
        super().__init__(spec, element)
        self._completion = completion

    def work(self, token: Token) -> bool | None:
        scope = token.workflow
        _check_depth(scope)
        plan = scope.spec.plan(self.element.id)
        beginnings = plan.beginnings
        if not beginnings:
            return self._chosen(token)  # drawn, but nothing is in it
        inner = SubScope(token, scope.process, self.element.id)
        inner.declare(plan.variables)
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

    def _run_hook(self, my_task: Token) -> bool | None:
        if not my_task.notes.get("asking"):
            return super()._run_hook(my_task)
        inner = my_task.inner[0]
        self._go_on_inside(my_task, inner)
        del my_task.notes["asking"]
        if inner.tasks:
            return None
        my_task.notes["leaving"] = True
        return self._leave(my_task)

    def returned(self, host: Token, inner: SubScope) -> None:
        if not host.has_failed:  # else it is asked again whether this was all
            super().returned(host, inner)

    def moved_inside(self, host: Token, inner: Scope) -> None:
        if inner.scope_id != self.element.id or host.has_failed:
            return
        try:
            self._go_on_inside(host, inner)
        except BpmnError as error:
            host.notes["asking"] = True
            inner.top.fail(host, error)

    def _go_on_inside(self, host: Token, inner: Scope) -> None:
        """Look whether this was all, else begin what comes next. Raises before anything is changed."""
        if self._completion is not None and _completes(self._completion, inner):
            host.notes["todo"] = []
            if self._ad_hoc.cancel_remaining:
                inner.cancel_all()
            return
        todo = host.notes.get("todo")
        if todo and not inner.tasks:
            inner.enter(Connection(inner.spec.task_specs[todo.pop(0)], -1))


class CallActivity(Container):
    """Calls a process by its key (§10.3.6)."""

    def __init__(self, spec: ProcessSpec, element: Element, called: Value, version: Value) -> None:
        super().__init__(spec, element)
        self._called = called
        self._version = version
        self.gives: tuple[Move, ...] | None = None
        """What the called process sees; None: everything."""
        self.takes: tuple[Move, ...] | None = None
        """What comes back; None: everything that the called process has set."""

    def work(self, token: Token) -> None:
        scope = token.workflow
        _check_depth(scope)
        names = scope.names()
        called = self._found(scope, str(self._called(names) or ""), names)
        given = dict(names) if self.gives is None else moves.carried(self.gives, names, {}, scope)
        inner = SubScope(token, called, called.key, called=True)
        inner.data = given
        inner.begin()

    def _found(self, scope: Scope, key: str, names: Seen) -> ExecutableProcess:
        """Return the version to call: the one in force, the caller's companion, or one by its number."""
        library, binding = scope.top.library, self.element.call.binding
        called: ExecutableProcess | None
        if binding is Binding.DEPLOYMENT:
            companion = scope.process.companions.get(key)
            called = None if companion is None else library.by_identity(companion)
        elif binding is Binding.VERSION:
            called = library.called(key, whole_number(self._version(names)))
        else:
            called = library.called(key)
        if called is None:
            raise BpmnError("The routine '{key}' that is called here is not installed.", key=key)
        if not called.spec.plan(called.key).beginnings:
            raise BpmnError(
                "The routine '{key}' starts when something happens, and cannot be called.", key=key
            )
        return called

    def inside_is_done(self, token: Token, inner: SubScope) -> None:
        if inner.outer is not None:
            return
        if self.takes is None:
            given = {name: inner.data[name] for name in sorted(inner.written)}
        else:
            given = moves.carried(self.takes, inner.names(), token.workflow.names())
        token.workflow.assign(given)


def _completes(condition: Value, inner: Scope) -> bool:
    try:
        return is_true(condition(inner.names()))
    except ExpressionFailed:
        return False  # a condition over variables that are not there yet is not true yet


def _check_depth(scope: Scope) -> None:
    limit = scope.top.limits.depth
    if scope.depth >= limit:
        raise BpmnError(
            "Sub-processes and called routines are nested more than {limit} deep; does one call itself?",
            limit=limit,
        )
