"""Events: what starts, interrupts, is waited for, is thrown, and ends (BPMN 2.0 §10.5, §13.5)."""

from collections.abc import Mapping
from typing import Any

from bpmn.description import Element, EventDefinition
from bpmn.progress import Wait
from bpmn.spiff import moves, throwing, undoing
from bpmn.spiff.awaiting import Awaited, Waiting, WaitingInFlow
from bpmn.spiff.nodes import FlowNode
from bpmn.spiff.process import ProcessSpec
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.throwing import Throwable
from bpmn.spiff.token import Token


class CatchEvent(WaitingInFlow, FlowNode):
    """Waits in the flow until its event happens: an intermediate catch event, a receive task."""

    def __init__(self, spec: ProcessSpec, element: Element, awaited: tuple[Awaited, ...]) -> None:
        super().__init__(spec, element)
        self.awaited = awaited

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("happened") or not self.awaited:  # a link is where another one leads
            return super()._run_hook(my_task)
        self.remember(my_task)
        my_task.workflow.top.open(my_task)
        return None

    def done(self, token: Token) -> None:
        token.notes["happened"] = True
        token.queue()


class EventBasedGateway(FlowNode):
    """Goes on where the first event happens (§13.4.4)."""

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("happened"):
            return super()._run_hook(my_task)
        scope = my_task.workflow
        listeners = []
        for connection in self.connections:
            target = connection.target
            listener = scope.token(target, connection.index)
            listener.host = my_task
            target.remember(listener)
            listeners.append(listener)
        for listener in listeners:
            scope.arm(listener)
            scope.top.open(listener)
        return None

    def decided(self, token: Token, listener: Token) -> None:
        """Go on at the event that happened; the others are not waited for any more."""
        scope = token.workflow
        token.taken = ()
        scope.disarm(token)
        scope.spawn(listener.task_spec, listener)
        token.complete()


class BoundaryEvent(Waiting, FlowNode):
    """Happens while an activity goes on, and stops it or runs beside it (§13.5.3)."""

    def __init__(self, spec: ProcessSpec, element: Element, awaited: tuple[Awaited, ...]) -> None:
        super().__init__(spec, element)
        self.awaited = awaited

    def prepared(self, host: Token) -> Token:
        """Return a token that listens for the host; raises when its times cannot be worked out."""
        listener = host.workflow.token(self)
        listener.host = host
        self.remember(listener)
        return listener

    def happened(self, token: Token, index: int) -> None:
        if not self.all_seen(token, index):
            return
        scope, host = token.workflow, token.host
        assert host is not None  # noqa: S101  a listener has one
        if self.element.interrupting:
            scope.interrupt(host, self, token)
            return
        scope.spawn(self, token)
        self.listen_on(token, index)


class EventSubProcessStart(Waiting, FlowNode):
    """The start of an event sub-process: listens as long as the scope around it is alive (§13.5.4)."""

    def __init__(self, spec: ProcessSpec, element: Element, awaited: tuple[Awaited, ...]) -> None:
        super().__init__(spec, element)
        self.awaited = awaited
        self.sub_process: FlowNode = self
        """The event sub-process that it starts; set by the builder."""

    @property
    def definitions(self) -> tuple[EventDefinition, ...]:
        return self.element.events

    def listen(self, scope: Scope, _host: Token | None) -> None:
        """Listen in a scope, for what comes from outside."""
        if self.listens:
            listener = scope.token(self)
            self.remember(listener)
            scope.arm(listener)
            scope.top.open(listener)

    def happened(self, token: Token, index: int) -> None:
        if not self.all_seen(token, index):
            return
        scope = token.workflow
        self.start(scope, token.notes.pop("brought", {}))
        if not self.element.interrupting:
            self.listen_on(token, index)

    def start(self, scope: Scope, brought: Mapping[str, Any]) -> None:
        """Run the event sub-process in the scope, stopping what goes on there if it is interrupting."""
        if self.element.interrupting:
            scope.cancel_all()
            if scope.host is not None:
                scope.host.notes.pop("todo", None)  # the next activities of an ad-hoc sub-process
        token = scope.token(self.sub_process)
        scope.tasks[token.id] = token
        token.notes["from"] = self.name
        if brought:
            token.notes["brought"] = dict(brought)
        token.queue()


class EventSubProcess(FlowNode):
    """A sub-process that is not in the flow, but starts when something happens."""

    def _run_hook(self, my_task: Token) -> None:
        scope = my_task.workflow
        start = self._wf_spec.task_specs[my_task.notes["from"]]
        SubScope(my_task, scope.process, self.element.id).begin(start, my_task)

    def returned(self, host: Token, inner: SubScope) -> None:
        if inner.done:
            host.workflow.done.append([self.name, inner.done, inner.data])
        super().returned(host, inner)


class ThrowEvent(FlowNode):
    """Throws what it defines and goes on, or ends (§13.5.5, §13.5.6)."""

    def __init__(self, spec: ProcessSpec, element: Element, thrown: tuple[Throwable, ...]) -> None:
        super().__init__(spec, element)
        self._thrown = thrown

    def _run_hook(self, my_task: Token) -> bool | None:
        if my_task.notes.get("beside"):
            return True  # what it has undone nobody has waited for
        names = my_task.workflow.names()
        my_task.taken = self._choose(names)
        payload = None
        if self.moves_in:
            payload = moves.carried(self.moves_in, names, {}, my_task.workflow)
        begun = my_task.notes.get("thrown", 0)
        for number, each in enumerate(self._thrown[begun:], begun + 1):
            has_to_wait = throwing.throw(my_task, each, payload)
            my_task.notes["thrown"] = number
            if has_to_wait:
                return None
        return True

    def returned(self, host: Token, inner: SubScope) -> None:
        """One step of a compensation is done."""
        inner.close()
        if not undoing.compensate_next(host):
            undoing.compensated(host)

    def waits(self, token: Token) -> list[Wait]:  # noqa: ARG002
        return []
