"""
What is thrown finds whoever catches it.

From the inside outwards: first what stands on the border of an activity, then the event sub-processes of the
scope around it, then one scope further out, through call activities too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bpmn.description import EventDefinition, Trigger
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.spiff import undoing
from bpmn.spiff.awaiting import Value, value
from bpmn.spiff.scopes import Scope, enclosing
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.events import BoundaryEvent, EventSubProcessStart


@dataclass(frozen=True, slots=True)
class Throwable:
    """One event that is thrown, with the expression of its name or code read."""

    definition: EventDefinition
    name: Value


def read(definition: EventDefinition, limits: Limits) -> Throwable:
    """Raises `InvalidExpression`."""
    return Throwable(definition, value(definition.name, limits))


def throw(token: Token, thrown: Throwable, payload: Mapping[str, Any] | None = None) -> bool:
    """
    Throw one event for a token; tell whether it has to wait, or is gone.

    A message carries the payload or else all variables, a signal the payload alone. Raises `BpmnError` for an
    error that nobody catches.
    """
    top, scope = token.workflow.top, token.workflow
    name = str(thrown.name(scope.names()) or "")
    match thrown.definition.trigger:
        case Trigger.COMPENSATION:
            return undoing.compensate(token, thrown.definition)
        case Trigger.CANCEL:
            return undoing.cancel_transaction(token)
        case Trigger.MESSAGE:
            top.throw(Trigger.MESSAGE, name, token, scope.names() if payload is None else payload)
        case Trigger.SIGNAL:
            top.throw(Trigger.SIGNAL, name, token, payload or {})
            signal(top, name, payload or {})
        case Trigger.ESCALATION:
            escalation(token, name)
        case Trigger.ERROR:
            _raise(token, name)
        case Trigger.TERMINATE:
            scope.cancel_all(keep=token)
    return token.is_gone


def _raise(token: Token, code: str) -> None:
    label = token.task_spec.element.label
    if not error(token, code, label):
        raise uncaught(code, label)


def signal(top: Scope, name: str, variables: Mapping[str, Any]) -> bool:
    """Let a signal happen to everybody who waits for it now; tell whether anybody did."""
    waiting = [
        (token, wait.event)
        for token in top.top.every_token(listening=True)
        if token.listens or token.is_waiting_outside
        for wait in token.task_spec.waits(token)
        if wait.kind == "signal" and wait.name == name
    ]
    for token, index in waiting:
        if not token.is_gone and _is_there(token):
            token.task_spec.receive(token, variables)
            token.task_spec.happened(token, index)
    return bool(waiting)


def error(token: Token, code: str, text: str, variables: Mapping[str, Any] | None = None) -> bool:
    """Let the innermost event that catches the error happen; tell whether there is one."""
    for catcher, definition, host in _catchers(token, Trigger.ERROR, code):
        _hand_over(host, definition, code, text)
        _catch(catcher, definition, host, variables or {})
        return True
    return False


def escalation(token: Token, code: str) -> bool:
    """Let the innermost event that catches the escalation happen; nobody has to."""
    for catcher, definition, host in _catchers(token, Trigger.ESCALATION, code):
        _hand_over(host, definition, code, "")
        _catch(catcher, definition, host, {})
        return True
    token.workflow.top.throw(Trigger.ESCALATION, code, token, {})
    return False


def uncaught(code: str, text: str) -> BpmnError:
    return BpmnError(
        "The error '{code}' was not caught by any event of the process: {text}",
        code=code,
        text=text or "–",
    )


def _catchers(
    token: Token, trigger: Trigger, code: str
) -> Iterator[tuple[Any, EventDefinition, Token]]:
    """Return what catches, from the inside outwards, with the token whose activity or scope it belongs to."""
    for current, scope in enclosing(token):
        if not current.notes.get("inside"):  # else its wrapping token has the border
            borders = getattr(current.task_spec, "boundaries", ())
            yield from ((*caught, current) for caught in _matching(borders, trigger, code))
        if (
            "from" not in current.notes
        ):  # an event sub-process does not catch what it throws itself
            starts = scope.spec.plan(scope.scope_id).event_starts
            yield from ((*caught, current) for caught in _matching(starts, trigger, code))


def _matching(
    catchers: "Iterable[BoundaryEvent | EventSubProcessStart]", trigger: Trigger, code: str
) -> "list[tuple[BoundaryEvent | EventSubProcessStart, EventDefinition]]":
    """Return what catches the code; one for exactly the code goes before one for all."""
    found = [
        (catcher, definition)
        for catcher in catchers
        for definition in catcher.element.events
        if definition.trigger is trigger and definition.name in {code, None, ""}
    ]
    return sorted(found, key=lambda each: each[1].name != code)


def _catch(
    catcher: "BoundaryEvent | EventSubProcessStart",
    definition: EventDefinition,
    host: Token,
    brought: Mapping[str, Any],
) -> None:
    scope = host.workflow
    if catcher.element.parallel_multiple:
        _note(catcher, definition, host)
        return
    if not catcher.moves_out:
        scope.assign(brought)
        brought = {}
    if catcher.element.attached_to is None:
        catcher.start(scope, brought)
        return
    if catcher.element.interrupting:
        host.cancel()
    token = scope.spawn(catcher)
    if brought:
        token.notes["brought"] = dict(brought)


def _note(
    catcher: "BoundaryEvent | EventSubProcessStart", definition: EventDefinition, host: Token
) -> None:
    """Let one of the events happen that are waited for together."""
    around = host if catcher.element.attached_to else None
    for listener in list(host.workflow.listening.values()):
        if listener.task_spec is catcher and listener.host is around:
            catcher.happened(listener, catcher.place(definition))


def _hand_over(host: Token, definition: EventDefinition, code: str, text: str) -> None:
    caught = {definition.code_variable: code, definition.message_variable: text}
    host.workflow.assign({name: value for name, value in caught.items() if name})


def _is_there(token: Token) -> bool:
    """Tell whether a token is still in its scope: an event before it may have taken it away."""
    return token.id in (token.workflow.listening if token.listens else token.workflow.tasks)
