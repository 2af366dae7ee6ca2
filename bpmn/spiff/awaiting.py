"""
What a token waits for: the events of its element, with names, times and values as they were when it came.

They are kept with the token (`notes["awaits"]`), because they must not change while it waits: a timer that was
set for three days is not moved by a variable.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpmn import moments
from bpmn.description import Element, EventDefinition, TimerKind, Trigger
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.progress import Wait, WaitKind
from bpmn.scripting import texts
from bpmn.scripting.errors import ExpressionFailed
from bpmn.scripting.seen import Seen
from bpmn.scripting.texts import Expression
from bpmn.spiff.token import Token

KINDS = {
    Trigger.MESSAGE: WaitKind.MESSAGE,
    Trigger.SIGNAL: WaitKind.SIGNAL,
    Trigger.TIMER: WaitKind.TIMER,
    Trigger.CONDITIONAL: WaitKind.CONDITION,
}

Value = Callable[[Seen], Any]


@dataclass(frozen=True, slots=True)
class Awaited:
    """One event that is waited for, with its expressions read."""

    definition: EventDefinition
    name: Value
    correlation: Value
    time: Value
    condition: Expression | None

    def note(self, token: Token) -> dict[str, Any]:
        """Return what must be remembered of the event while the token waits."""
        scope = token.workflow
        noted: dict[str, Any] = {}
        names = scope.names()
        if self.definition.trigger is Trigger.TIMER:
            timer = self.definition.timer or TimerKind.DATE
            top = scope.top
            noted.update(
                moments.first(_text(self.time(names)), timer, after=top.now, zone=top.zone)
            )
        elif self.definition.trigger in {Trigger.MESSAGE, Trigger.SIGNAL}:
            noted["name"] = _text(self.name(names))
            if self.definition.correlation is not None:
                noted["correlation"] = self.correlation(names)
        return noted


def read(definition: EventDefinition, limits: Limits) -> Awaited:
    """Raises `InvalidExpression`."""
    condition = None
    if definition.trigger is Trigger.CONDITIONAL:
        condition = texts.expression(definition.text or "", limits.expressions)
    return Awaited(
        definition,
        value(definition.name, limits),
        value(f"={definition.correlation}" if definition.correlation else None, limits),
        time_value(definition.text if definition.trigger is Trigger.TIMER else None, limits),
        condition,
    )


def value(text: str | None, limits: Limits) -> Value:
    """Return what a text stands for: itself, or the result of its expression."""
    expression = None if text is None else texts.marked(text, limits.expressions)
    if expression is None:
        return lambda _: text
    evaluate: Value = expression.evaluate
    return evaluate


def time_value(text: str | None, limits: Limits) -> Value:
    """Return what the text of a timer stands for: a time as ISO 8601 writes it, or an expression of one."""
    if text is None or moments.is_written(text):
        return lambda _: text
    evaluate: Value = texts.expression(text, limits.expressions).evaluate
    return evaluate


class Waiting(ABC):
    """What elements that wait for events have in common."""

    element: Element
    awaited: tuple[Awaited, ...]

    def remember(self, token: Token) -> None:
        """Work out what the token waits for. Raises before anything is changed."""
        awaits = [each.note(token) for each in self.awaited]
        token.notes["awaits"] = awaits
        if any(each.condition for each in self.awaited):
            top = token.workflow.top
            top.conditions[token.id] = token
            top.changed = True

    def waits(self, token: Token) -> list[Wait]:
        """Return the events that have not happened yet."""
        seen = token.notes.get("seen", ())
        return [
            self._wait(token, index, noted)
            for index, noted in enumerate(token.notes.get("awaits", ()))
            if index not in seen
        ]

    def _wait(self, token: Token, index: int, noted: Mapping[str, Any]) -> Wait:
        return Wait(
            token=token.id,
            kind=KINDS[self.awaited[index].definition.trigger],
            element=self.element,
            since=token.since,
            version=token.workflow.process.identity,
            event=index,
            name=noted.get("name"),
            correlation=noted.get("correlation"),
            due=noted.get("due"),
        )

    @abstractmethod
    def happened(self, token: Token, index: int) -> None:
        """Let the event happen to a token that waits for it."""

    def check_condition(self, token: Token) -> bool:
        """Let the event happen when its condition has become true; tell whether it did."""
        index = self.came_true(token)
        if index is not None:
            self.happened(token, index)
        return index is not None

    def came_true(self, token: Token) -> int | None:
        """Return the event whose condition has become true since it was looked at last."""
        for index, each in enumerate(self.awaited):
            if each.condition is None:
                continue
            noted = token.notes["awaits"][index]
            now = _holds(each.condition, token.workflow.names())
            was, noted["true"] = noted.get("true", False), now
            if now and not was:
                return index
        return None

    def all_seen(self, token: Token, index: int) -> bool:
        """Note that an event has happened; tell whether that was all it takes."""
        if not self.element.parallel_multiple:
            return True
        seen = {*token.notes.get("seen", ()), index}
        token.notes["seen"] = sorted(seen)
        return len(seen) == len(self.element.events)

    @property
    def listens(self) -> bool:
        """Whether a token has to stand there, to wait for what comes from outside or note what has happened."""
        return bool(self.awaited) or self.element.parallel_multiple

    def place(self, definition: EventDefinition) -> int:
        """Return the number of an event that is thrown inside: those that come from outside are before it."""
        thrown = [each for each in self.element.events if each.trigger not in KINDS]
        return len(self.awaited) + thrown.index(definition)

    def listen_on(self, token: Token, index: int) -> None:
        """Listen for the same once more, where what happened did not stop what goes on."""
        together = self.element.parallel_multiple
        seen = token.notes.pop("seen", [])
        timers = [each for each in (seen if together else [index]) if self._is_timer(each)]
        now = token.workflow.top.now
        over = [each for each in timers if not self.again(token, each, now)]
        if not together and (seen or over):
            token.notes["seen"] = sorted([*seen, *over])
        if (together and over) or len(token.notes.get("seen", ())) == len(self.awaited):
            token.workflow.unlisten(token)
        elif timers and not over:
            token.workflow.top.open(token)

    def _is_timer(self, index: int) -> bool:
        return (
            index < len(self.awaited) and self.awaited[index].definition.trigger is Trigger.TIMER
        )

    def again(self, token: Token, index: int, now: datetime) -> bool:
        """Set the timer of a cycle for its next time; tell whether there is one."""
        noted = token.notes["awaits"][index]
        if "every" not in noted:
            return False
        following = moments.following(noted, after=now, zone=token.workflow.top.zone)
        if following is None:
            return False
        token.notes["awaits"][index] = following
        return True


class WaitingInFlow(Waiting):
    """A token of the flow waits: at a catch event or a receive task, or for an event-based gateway before them."""

    done: Callable[[Token], None]

    def happened(self, token: Token, index: int) -> None:
        if not self.all_seen(token, index):
            return
        gateway = token.host
        if gateway is None:
            self.done(token)
        else:
            gateway.task_spec.decided(gateway, token)


def _holds(condition: Expression, names: Seen) -> bool:
    try:
        return condition.evaluate(names) is True
    except ExpressionFailed:
        return False  # a condition over variables that are not there yet is not true yet


def _text(value: Any) -> str:
    text = moments.written(value)
    if text is None:
        raise BpmnError("'{value}' is neither a name nor a time.", value=str(value)[:80])
    return text
