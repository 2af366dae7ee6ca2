"""Gateways: where tokens are split, chosen and joined (BPMN 2.0 §13.4)."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from SpiffWorkflow.util.task import TaskState

from bpmn.description import Element
from bpmn.errors import BpmnError
from bpmn.scripting.seen import Seen
from bpmn.scripting.texts import Expression
from bpmn.spiff.nodes import FlowNode, is_true
from bpmn.spiff.process import Connection, ProcessSpec
from bpmn.spiff.scopes import Scope
from bpmn.spiff.token import Token


class ExclusiveGateway(FlowNode):
    """
    Takes the first flow whose condition is true, else the default (§13.4.2).

    The only flow without a condition is the default, where none is said to be.
    """

    def flows_into(self, connections: Sequence[Connection]) -> None:
        super().flows_into(connections)
        unsaid = [each for each in connections if each.condition is None]
        if self.default is None and len(unsaid) == 1 < len(connections):
            self.default = unsaid[0]

    def _choose(self, names: Seen) -> tuple[Connection, ...]:
        for each in self.connections:
            if each is not self.default and (
                each.condition is None or is_true(each.condition.evaluate(names))
            ):
                return (each,)
        if self.default is not None:
            return (self.default,)
        if not self.connections:
            return ()
        raise _no_way(self.element)


class Join(FlowNode):
    """Keeps tokens by the flow they came along; one that comes a second time stays for the next round."""

    def __init__(self, spec: ProcessSpec, element: Element) -> None:
        super().__init__(spec, element)
        self.awaited = len(element.incoming)

    def hold(self, token: Token) -> None:
        """Let a token wait for those of the other flows."""
        token._set_state(TaskState.WAITING)  # noqa: SLF001
        arrived = token.workflow.joining.setdefault(self.name, {})
        arrived.setdefault(token.flow, deque()).append(token)

    def join(self, scope: Scope) -> None:
        """Make one token out of the first of each flow and let it go on."""
        arrived = scope.joining[self.name]
        joined = sorted(
            (tokens.popleft() for tokens in arrived.values()), key=lambda each: each.id
        )
        scope.joining[self.name] = {flow: left for flow, left in arrived.items() if left}
        for token in joined[:-1]:
            scope.absorb(token)
        joined[-1].queue()


class ParallelGateway(Join):
    """Waits for one token from each incoming flow, then sends one along each outgoing flow (§13.4.1)."""

    def _update_hook(self, my_task: Token) -> bool:
        if self.awaited <= 1:
            return True
        self.hold(my_task)
        if len(my_task.workflow.joining[self.name]) == self.awaited:
            self.join(my_task.workflow)
        return False

    def _choose(self, names: Seen) -> tuple[Connection, ...]:  # noqa: ARG002
        return self.connections


class Merge(Join):
    """A join that goes on when no further token can come."""

    @cached_property
    def upstream(self) -> Mapping[int, frozenset[str]]:
        """For each incoming flow the elements from which it can be reached without passing here."""
        return {
            index: _upstream(self, flow_id) for index, flow_id in enumerate(self.element.incoming)
        }

    def hold(self, token: Token) -> None:
        super().hold(token)
        scope = token.workflow
        scope.top.merging[id(scope), self.name] = (scope, self)

    def join(self, scope: Scope) -> None:
        super().join(scope)
        if not scope.joining[self.name]:
            scope.top.merging.pop((id(scope), self.name), None)

    def try_again(self, scope: Scope) -> bool:
        """Go on if nothing more can come; tell whether it did."""
        if not scope.joining.get(self.name):
            scope.top.merging.pop((id(scope), self.name), None)
            return False
        if self.more_may_come(scope):
            return False
        self.join(scope)
        return True

    def more_may_come(self, scope: Scope) -> bool:
        """
        Tell whether a token may still come along a flow that has none.

        A token that can also reach a flow that has one already does not count (§13.4.3): it would wait for itself.
        """
        arrived = scope.joining[self.name]
        return self._may_come(
            scope, [flow for flow in self.upstream if flow not in arrived], arrived
        )

    def _may_come(self, scope: Scope, flows: Iterable[int], arrived: Mapping[int, object]) -> bool:
        empty = [self.upstream[flow] for flow in flows]
        filled = [up for flow, up in self.upstream.items() if flow in arrived]
        for token in scope.tasks.values():
            place = token.task_spec.name
            if token.task_spec is self or token.notes.get("beside"):
                continue
            if any(place in up for up in empty) and not any(place in up for up in filled):
                return True
        return False


class InclusiveGateway(Merge):
    """Goes on when every token that can come has come, and takes every flow that is true (§13.4.3)."""

    def _update_hook(self, my_task: Token) -> bool:
        if self.awaited <= 1:
            return True
        self.hold(my_task)
        if len(my_task.workflow.joining[self.name]) == self.awaited:
            self.join(my_task.workflow)
        return False

    def _choose(self, names: Seen) -> tuple[Connection, ...]:
        taken = super()._choose(names)
        if not taken and self.connections:
            raise _no_way(self.element)
        return taken


class ComplexGateway(Merge):
    """
    Goes on as soon as its activation condition is true, and lets later tokens come to nothing (§13.4.5).

    When a token has come along every flow, or none can come any more, it begins anew.
    """

    def __init__(self, spec: ProcessSpec, element: Element, activation: Expression | None) -> None:
        super().__init__(spec, element)
        self._activation = activation

    def _update_hook(self, my_task: Token) -> bool:
        if self.awaited <= 1:
            return True
        self.hold(my_task)
        return False

    def try_again(self, scope: Scope) -> bool:
        arrived = scope.joining.setdefault(self.name, {})
        late = scope.gates.get(self.name)
        if late is not None:
            return self._reset(scope, arrived, late)
        if not arrived:
            scope.top.merging.pop((id(scope), self.name), None)
            return False
        names = scope.names().over({"activationCount": len(arrived)})
        if not self._is_active(names, arrived):
            return False
        came = list(arrived)
        self.join(scope)
        rest = [flow for flow in range(self.awaited) if flow not in came]
        if rest:
            scope.gates[self.name] = rest
            scope.top.merging[id(scope), self.name] = (scope, self)
        return True

    def _is_active(self, names: Seen, arrived: Mapping[int, object]) -> bool:
        if self._activation is None:
            return len(arrived) == self.awaited
        return is_true(self._activation.evaluate(names))

    def _reset(self, scope: Scope, arrived: dict[int, deque[Token]], late: list[int]) -> bool:
        """Let the late tokens of this round come to nothing; begin anew when no more can come."""
        consumed = False
        for flow in [flow for flow in late if flow in arrived]:
            token = arrived[flow].popleft()
            if not arrived[flow]:
                del arrived[flow]
            late.remove(flow)
            scope.absorb(token)
            consumed = True
        begins_anew = not self._may_come(scope, late, arrived)
        if begins_anew:
            del scope.gates[self.name]
        if consumed:
            scope.settle()
        return consumed or begins_anew


def _no_way(element: Element) -> BpmnError:
    return BpmnError(
        "No condition after '{element}' is true, and no flow is the default.",
        element=element.label,
    )


def _upstream(gateway: FlowNode, flow_id: str) -> frozenset[str]:
    """Return the elements from which a flow can be reached without passing the gateway."""
    process = gateway.element
    found: set[str] = set()
    described = gateway._wf_spec.process  # noqa: SLF001  the description that the graph was built from
    stack = [described.flows[flow_id].source]
    while stack:
        name = stack.pop()
        if name in found or name == process.id:
            continue
        found.add(name)
        element = described.elements[name]
        stack += [described.flows[each].source for each in element.incoming]
        if element.attached_to:
            stack.append(element.attached_to)
        stack += [each.id for each in described.links_to(element)]
    return frozenset(found)
