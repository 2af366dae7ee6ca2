"""
What every element does with a token: SpiffWorkflow's task specification, ours.

An element is *atomic*: whatever can fail (a condition, a script, an assignment) is computed in `_run_hook`
before anything is changed, so that a failing element leaves its token where it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin

from bpmn.description import Element
from bpmn.errors import BpmnError
from bpmn.progress import Wait
from bpmn.scripting.seen import Seen
from bpmn.spiff import moves
from bpmn.spiff.moves import Move
from bpmn.spiff.process import Connection, ProcessSpec
from bpmn.spiff.scopes import Scope, SubScope
from bpmn.spiff.token import Token


class FlowNode(BpmnSpecMixin):
    """
    An element that passes its token on: the none task, the none events, a merging gateway.

    Flows with a condition are taken when it is true, and the default when no other is (§8.3.13, §13.3.2).
    """

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(
            spec,
            element.id,
            bpmn_name=element.name,
            lane=element.lane.name if element.lane else None,
            documentation=element.documentation,
        )
        self.element = element
        self.moves_in: tuple[Move, ...] = ()
        self.moves_out: tuple[Move, ...] = ()
        self.connections: tuple[Connection, ...] = ()
        self.default: Connection | None = None
        self.takes_all = True
        self.begun_with: tuple[Connection, ...] = ()
        """What else is waited for, where a process starts by this and other events, all of them (§10.6.6)."""

    def flows_into(self, connections: Sequence[Connection]) -> None:
        """Connect the element to those that follow it (the last step of building)."""
        self.connections = tuple(connections)
        self.default = next(
            (each for each in connections if each.flow_id == self.element.default), None
        )
        self.takes_all = self.default is None and not any(each.condition for each in connections)
        for connection in connections:
            self.connect(connection.target)

    def receive(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Take what an event brings: as variables, or for the outputs to choose from."""
        if self.moves_out and not token.notes.get("inside"):
            token.notes["brought"] = {**token.notes.get("brought", {}), **variables}
        else:
            token.workflow.assign(variables)

    def returned(self, host: Token, inner: SubScope) -> None:
        """Take over what a finished scope inside leaves behind."""
        inner.close()
        host.complete()

    def moved_inside(self, host: Token, inner: Scope) -> None:
        """An element inside has been left."""

    def waits(self, token: Token) -> list[Wait]:  # noqa: ARG002
        """Return what the token waits for outside."""
        return []

    def check_condition(self, token: Token) -> bool:  # noqa: ARG002
        """Let the token's event happen when its condition has become true; tell whether it did."""
        return False

    # SpiffWorkflow's life-cycle, without prediction and without its tree:
    # a token comes (_update), may go on (_on_ready), is executed (_run), has been (_on_complete).

    def _update(self, my_task: Token) -> None:
        if self._update_hook(my_task):
            my_task.queue()

    def _update_hook(self, my_task: Token) -> bool:  # noqa: ARG002
        return True

    def _run(self, my_task: Token) -> bool | None:
        return self._run_hook(my_task)

    def _run_hook(self, my_task: Token) -> bool | None:
        scope = my_task.workflow
        taken_over = self.taken_over(my_task)
        my_task.taken = self._choose(scope.names().over(taken_over))
        my_task.wrote = taken_over
        scope.assign(taken_over)
        return True

    def taken_over(self, token: Token) -> dict[str, Any]:
        """Return the variables that the outputs set, from what the event has brought."""
        if not self.moves_out:
            return {}
        names = token.workflow.names()
        brought = names.over(token.notes.get("brought", {}))
        return moves.carried(self.moves_out, brought, names)

    def _on_complete(self, my_task: Token) -> None:
        my_task.workflow.leave(my_task, my_task.taken)

    def _choose(self, names: Seen) -> tuple[Connection, ...]:
        """Return the flows to take: all without a condition, and those whose condition is true."""
        if self.takes_all:
            return self.connections
        taken = tuple(
            each
            for each in self.connections
            if each is not self.default
            and (each.condition is None or is_true(each.condition.evaluate(names)))
        )
        return taken or ((self.default,) if self.default is not None else ())


def is_true(value: Any) -> bool:
    """A condition is true or it is not: `1` and `"yes"` are no answers to a question."""
    if value is True or value is False:
        return bool(value)
    if value is None:
        return False
    raise BpmnError(
        "A condition gave '{value}', which is neither true nor false.", value=str(value)[:80]
    )
