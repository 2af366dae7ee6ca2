"""
Activities: work that takes time, with what may happen to it meanwhile (BPMN 2.0 §10.3, §13.3).

An activity's token listens for the events on its border, then does the work: at once, in rounds (a loop, many
instances), or in a scope of its own where it has inputs and outputs. In the latter cases the token *wraps*: the
work is done by tokens of the same element one scope further in, and the history shows those.
"""

from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from bpmn.description import Element
from bpmn.spiff import moves
from bpmn.spiff.nodes import FlowNode
from bpmn.spiff.process import ProcessSpec
from bpmn.spiff.scopes import SubScope
from bpmn.spiff.scripts import Computed
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.events import BoundaryEvent
    from bpmn.spiff.loops import Loop

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Activity(FlowNode):
    """The life of an activity; subclasses say what the work is."""

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(spec, element)
        self.boundaries: "tuple[BoundaryEvent, ...]" = ()  # noqa: UP037  for the type checker only
        self.loop: "Loop | None" = None  # noqa: UP037
        self.before: Computed | None = None
        self.after: Computed | None = None
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
            return self._work(my_task)
        if self.loop is not None and my_task.notes.get("wraps"):
            return self._go_on(my_task, self.loop)
        listeners = [each.prepared(my_task) for each in self.boundaries if each.listens]
        result = self._begin(my_task)
        if not my_task.is_gone:
            for listener in listeners:
                my_task.workflow.arm(listener)
                my_task.workflow.top.open(listener)
        return result

    def _begin(self, token: Token) -> bool | None:
        if self.loop is not None:
            if self.loop.begin(
                self, token
            ):  # without a round the element itself is what was passed
                results = self.loop.results(token)
                token.taken = self._choose(token.workflow.names().over(results))
                token.workflow.assign(results)
                return True
            token.notes["wraps"] = True
            return None
        if self.moves_in or self.moves_out:
            self.enter_inside(token, {})
            token.notes["wraps"] = True
            return None
        return self._work(token)

    def enter_inside(self, host: Token, variables: Mapping[str, Any]) -> SubScope:
        """Do the work in a scope of its own, in which these variables and the inputs live."""
        scope = host.workflow
        given = {**variables}
        names = scope.names().over(given)  # which sees what is given meanwhile
        for move in self.moves_in:
            given.update(moves.one(move, names, given, scope))
        inner = SubScope(host, scope.process, None)
        inner.data = given
        token = inner.token(self)
        inner.tasks[token.id] = token
        token.notes["inside"] = True
        token.queue()
        return inner

    # ------------------------------------------------------------ working

    def _work(self, token: Token) -> bool | None:
        """Do the work between the scripts of SpiffArena that stand before and after it, each once."""
        self._run_script(token, self.before, "before")
        result = self.work(token)
        if result and self.after is not None:
            token.notes["leaving"] = True
            return self._leave(token)
        return result

    def _run_script(self, token: Token, script: "Computed | None", once: str) -> None:
        if script is not None and not token.notes.get(once):
            token.workflow.assign(script(token.workflow.names()))
            token.notes[once] = True

    def work(self, token: Token) -> bool | None:
        """Do what the activity is for. None: something outside or inside goes on with it."""
        return self._chosen(token)

    def _chosen(self, token: Token, written: Mapping[str, Any] = NOTHING) -> bool:
        """Choose the flows to take, with the variables that are set then: not in a round, nor before `after`."""
        is_left = self.after is None or token.notes.get("leaving")
        if is_left and not token.notes.get("inside"):
            token.taken = self._choose(token.workflow.names().over(written))
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
            if not host.has_failed:
                host.queue(first=True)
        else:
            self.done(host)

    def _go_on(self, token: Token, loop: "Loop") -> bool | None:
        """Go on after the rounds that have come back; those that have not are waited for."""
        for inner in [each for each in token.inner if not each.tasks]:
            carried, number = token.notes.setdefault("carried", []), inner.data["loopCounter"]
            if number not in carried:  # else taking it back failed, and is tried again
                self._carry_out_of_round(token, inner)
                carried.append(number)
            is_last = loop.take_back(self, token, inner)
            if token.is_gone:
                return None
            carried.remove(number)
            if is_last:
                break
        else:
            is_last = loop.go_on(self, token)
        if not is_last:
            return None
        token.notes["leaving"] = True
        return self._leave(token)

    def _carry_out_of_round(self, host: Token, inner: SubScope) -> None:
        """Set the outputs of a round: for its result to choose from and, where none is collected, outside."""
        outputs = moves.carried(self.moves_out, inner.names(), host.workflow.names())
        inner.data.update(outputs)
        if not getattr(self.element.loop, "output", None):
            host.workflow.assign(outputs)

    # ------------------------------------------------------------ leaving

    def _leave(self, token: Token) -> bool:
        """Work out everything that leaving needs, then hand it over."""
        if not token.notes.get("wraps"):
            self._run_script(token, self.after, "after")
        if token.notes.get("inside"):
            return True
        outputs = self._carried_out(token)
        self._chosen(token, outputs)
        inner = list(token.inner)
        token.workflow.assign(outputs)
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
        return moves.carried(self.moves_out, token.inner[0].names(), token.workflow.names())

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
