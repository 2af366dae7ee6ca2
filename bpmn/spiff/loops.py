"""Loops: an activity done again while a condition holds, or once for each of many (BPMN 2.0 §10.3.7, §13.3.6)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from bpmn.description import MultiInstance, StandardLoop
from bpmn.errors import BpmnError
from bpmn.scripting.seen import Seen
from bpmn.spiff import throwing
from bpmn.spiff.awaiting import Value
from bpmn.spiff.nodes import is_true
from bpmn.spiff.scopes import SubScope
from bpmn.spiff.throwing import Throwable
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.activities import Activity


LONGEST_NUMBER = 20
"""In characters."""
NO_NUMBER_OF_ROUNDS = "The number of rounds of a loop is not a whole number."
NO_NUMBER_OF_INSTANCES = "The number of instances of an activity is not a whole number."


class Loop(Protocol):
    def begin(self, activity: "Activity", host: Token) -> bool:
        """Start the rounds; True when there are none."""

    def take_back(self, activity: "Activity", host: Token, inner: SubScope) -> bool:
        """Take over what came of a round; True when no other is needed. What raises can be tried again."""

    def go_on(self, activity: "Activity", host: Token) -> bool:
        """Begin the rounds that come next; True when there is none and none is going on."""

    def results(self, host: Token) -> dict[str, Any]:
        """Return the variables that the loop as a whole sets."""


class StandardLooping:
    def __init__(self, loop: StandardLoop, condition: Value | None, maximum: Value) -> None:
        self._loop = loop
        self._condition = condition
        self._maximum = maximum

    def begin(self, activity: "Activity", host: Token) -> bool:
        names = host.workflow.names()
        if self._loop.test_before and not self._goes_on(names, 0):
            return True
        host.notes["round"] = 1
        activity.enter_inside(host, {"loopCounter": 1})
        return False

    def take_back(self, activity: "Activity", host: Token, inner: SubScope) -> bool:
        number = host.notes["round"]
        if not self._goes_on(inner.names(), number):
            return True
        activity.enter_inside(host, {"loopCounter": number + 1})
        inner.close()
        host.notes["round"] = number + 1
        return False

    def go_on(self, activity: "Activity", host: Token) -> bool:  # noqa: ARG002
        return False

    def results(self, host: Token) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def _goes_on(self, names: Seen, rounds: int) -> bool:
        maximum = self._maximum(names)
        if maximum is not None and rounds >= _whole(maximum, NO_NUMBER_OF_ROUNDS):
            return False
        return self._condition is None or is_true(self._condition(names))


class MultipleInstances:
    """
    One round for each item, in parallel or one after the other.

    The results stand in the order of the items, whatever the order in which they came. A collection that grows
    while the rounds go on is worked through to its new end.
    """

    def __init__(  # noqa: PLR0913
        self,
        described: MultiInstance,
        *,
        cardinality: Value | None,
        collection: Value | None,
        completion: Value | None,
        output_item: Value | None,
        thrown: tuple[Throwable, ...] = (),
        complex_: tuple[tuple[Value, Throwable | None], ...] = (),
    ) -> None:
        self._described = described
        self._cardinality = cardinality
        self._collection = collection
        self._completion = completion
        self._output_item = output_item
        self._thrown = thrown
        self._complex = complex_

    def begin(self, activity: "Activity", host: Token) -> bool:
        total = self._total(host)
        host.notes.update(total=total, begun=0, done=0, results=[])
        while host.notes["begun"] < (min(1, total) if self._described.sequential else total):
            self._begin_round(activity, host)
        return total == 0

    def take_back(self, activity: "Activity", host: Token, inner: SubScope) -> bool:  # noqa: ARG002
        notes = host.notes
        result = self._output_item(inner.names()) if self._output_item else None
        names = inner.names().over(self._counts(host, done=notes["done"] + 1))
        ends = self._completion is not None and is_true(self._completion(names))
        thrown = list(self._to_throw(names, notes["done"] + 1))
        for each in thrown:
            _throw_to_boundary(host, each)
            if host.is_gone:
                return True
        notes["results"].append([inner.data["loopCounter"], result])
        notes["done"] += 1
        inner.close()
        if ends:
            for rest in list(host.inner):
                rest.cancel_all()
                rest.close()
        return ends

    def go_on(self, activity: "Activity", host: Token) -> bool:
        notes = host.notes
        if self._collection is not None:
            notes["total"] = max(notes["total"], self._total(host))
        while notes["begun"] < notes["total"] and not (self._described.sequential and host.inner):
            self._begin_round(activity, host)
        return bool(notes["done"] == notes["total"])

    def results(self, host: Token) -> dict[str, Any]:
        if self._described.output is None:
            return {}
        ordered = sorted(host.notes["results"], key=lambda each: each[0])
        return {self._described.output: [result for _, result in ordered]}

    def _begin_round(self, activity: "Activity", host: Token) -> None:
        number = host.notes["begun"] + 1
        variables: dict[str, Any] = {"loopCounter": number}
        if self._collection is not None and self._described.item:
            variables[self._described.item] = self._item(host, number)
        variables.update(self._counts(host))
        inner = activity.enter_inside(host, variables)
        if self._described.output_item and self._described.output_item.isidentifier():
            inner.data.setdefault(self._described.output_item, None)
        host.notes["begun"] = number

    def _counts(self, host: Token, done: int | None = None) -> dict[str, int]:
        """Return the standard's attributes, and Camunda's names for them."""
        total = host.notes["total"]
        completed = host.notes["done"] if done is None else done
        active = len(host.inner) if done is None else len(host.inner) - 1
        return {
            "numberOfInstances": total,
            "numberOfActiveInstances": active,
            "numberOfCompletedInstances": completed,
            "numberOfTerminatedInstances": 0,
            "nrOfInstances": total,
            "nrOfActiveInstances": active,
            "nrOfCompletedInstances": completed,
        }

    def _total(self, host: Token) -> int:
        limit = host.workflow.top.limits.tokens
        total = len(self._items(host)) if self._collection is not None else self._number(host)
        if total > limit:
            raise BpmnError(
                "{total} instances of one activity were asked for; at most {limit} are made.",
                total=total,
                limit=limit,
            )
        return total

    def _items(self, host: Token) -> list[Any]:
        found = self._collection(host.workflow.names()) if self._collection else []
        if isinstance(found, dict):
            return list(found.values())
        if not isinstance(found, list):
            raise BpmnError("The collection of a multi-instance activity is not a list.")
        return found

    def _item(self, host: Token, number: int) -> Any:
        items = self._items(host)
        if number > len(items):
            raise BpmnError(
                "The collection of a multi-instance activity has no item {number} any more.",
                number=number,
            )
        return items[number - 1]

    def _number(self, host: Token) -> int:
        found = self._cardinality(host.workflow.names()) if self._cardinality else 0
        return _whole(found, NO_NUMBER_OF_INSTANCES)

    def _to_throw(self, names: Seen, done: int) -> Iterator[Throwable]:
        """Return what the behaviour says: None at each instance, One at the first, Complex by conditions."""
        behavior = self._described.behavior
        if behavior == "None" or (behavior == "One" and done == 1):
            yield from self._thrown
        if behavior == "Complex":
            for condition, implied in self._complex:
                if implied is not None and is_true(condition(names)):
                    yield implied


def has_instances(token: Token) -> bool:
    """Tell whether a token is that of a multi-instance activity, and not of one of its rounds."""
    return "begun" in token.notes


def _whole(found: Any, otherwise: str) -> int:
    if isinstance(found, str) and found.strip().isdecimal() and len(found) <= LONGEST_NUMBER:
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise BpmnError(otherwise)
    return found


def _throw_to_boundary(host: Token, thrown: Throwable) -> None:
    """An implicit event is caught on the border of the activity first, then as any other (§13.3.6)."""
    for boundary in host.task_spec.boundaries:
        for each in boundary.element.events:
            if (each.trigger, each.name) == (thrown.definition.trigger, thrown.definition.name):
                if boundary.element.interrupting:
                    host.workflow.interrupt(host, boundary)
                else:
                    host.workflow.spawn(boundary)
                return
    throwing.throw(host, thrown)
