"""
What is thrown finds whoever catches it.

From the inside outwards: first what stands on the border of an activity, then the event sub-processes of the
scope around it, then one scope further out, through call activities too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from bpmn.description import EventDefinition, Trigger
from bpmn.errors import BpmnError
from bpmn.limits import Limits
from bpmn.spiff.awaiting import Value, value
from bpmn.spiff.scopes import Scope, SubScope, enclosing
from bpmn.spiff.token import Token

if TYPE_CHECKING:
    from bpmn.spiff.events import BoundaryEvent, EventSubProcessStart


class Outcome(Enum):
    GOES_ON = auto()
    WAITS = auto()
    """Something has to be done first, or the token is gone."""


@dataclass(frozen=True, slots=True)
class Throwable:
    """One event that is thrown, with the expression of its name or code read."""

    definition: EventDefinition
    name: Value


def read(definition: EventDefinition, limits: Limits) -> Throwable:
    """Raises `InvalidExpression`."""
    return Throwable(definition, value(definition.name, limits))


def throw(token: Token, thrown: Throwable, payload: Mapping[str, Any] | None = None) -> Outcome:
    """
    Throw one event for a token.

    A message carries the payload or else all variables, a signal the payload alone. Raises `BpmnError` for an
    error that nobody catches.
    """
    top, scope = token.workflow.top, token.workflow
    name = str(thrown.name(scope.names()) or "")
    match thrown.definition.trigger:
        case Trigger.COMPENSATION:
            return _compensate(token, thrown.definition)
        case Trigger.CANCEL:
            return _cancel_transaction(token)
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
    return Outcome.WAITS if token.is_gone else Outcome.GOES_ON


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


def interrupt(host: Token, boundary: "BoundaryEvent", because: Token | None = None) -> None:
    """Stop an activity and go on from the event on its border."""
    scope = host.workflow
    host.cancel()
    scope.spawn(boundary, because)


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


# ---------------------------------------------------------------- compensation (§13.5.5, §13.3.8)


def _compensate(token: Token, definition: EventDefinition) -> Outcome:
    scope = _compensated_scope(token)
    chosen = [
        each
        for each in scope.done
        if definition.activity is None or each[0] == definition.activity
    ]
    scope.done = [each for each in scope.done if each not in chosen]
    if not definition.waits:
        _compensate_beside(token, _handlers(scope, chosen))
        return Outcome.GOES_ON
    token.notes["todo"] = _handlers(scope, chosen)
    return Outcome.WAITS if compensate_next(token) else Outcome.GOES_ON


def _compensate_beside(thrower: Token, todo: list[list[Any]]) -> None:
    """Undo what was done while the throwing event goes on: another token at it, which nobody sees, does it."""
    scope = thrower.workflow
    token = scope.token(thrower.task_spec)
    token.notes.update(todo=todo, beside=True, wraps=True)
    token._set_state(TaskState.STARTED)  # noqa: SLF001
    if compensate_next(token):
        scope.tasks[token.id] = token


def _compensated_scope(token: Token) -> Scope:
    """Return the scope whose activities are compensated: that around an event sub-process, else one's own."""
    scope = token.workflow
    while scope.host is not None and "from" in scope.host.notes:
        scope = scope.host.workflow
    return scope


def _handlers(scope: Scope, done: list[list[Any]]) -> list[list[Any]]:
    """
    Return what has to be executed, the last thing first: handler and the variables it sees.

    A sub-process's own handler may have undone what was done in the sub-process, and is told it.
    """
    process = scope.process.process
    handlers = {
        process.elements[boundary].attached_to: handler
        for boundary, handler in process.compensations.items()
    }
    todo: list[list[Any]] = []
    for activity, inside, variables in reversed(done):
        if activity in handlers:
            todo.append([handlers[activity], variables])
        elif inside is not None:
            own = _own_handler(scope, activity)
            if own is not None:
                todo.append([own, variables, inside])
            else:
                todo += [
                    [each, {**variables, **seen}, *more]
                    for each, seen, *more in _handlers(scope, inside)
                ]
    return todo


def _own_handler(scope: Scope, sub_process: str) -> str | None:
    """Return the start of a sub-process's own compensation event sub-process."""
    for start in scope.spec.plan(sub_process).event_starts:
        if any(each.trigger is Trigger.COMPENSATION for each in start.element.events):
            return str(start.name)
    return None


def compensate_next(token: Token) -> bool:
    """Execute the next handler; False when there is none left."""
    todo = token.notes.get("todo")
    if not todo:
        return False
    name, variables, *done = todo.pop(0)
    scope = token.workflow
    inner = SubScope(token, scope.process, None)
    inner.data = dict(variables)
    inner.done = [each for inside in done for each in inside]
    spec = scope.spec.task_specs[name]
    handler = inner.token(getattr(spec, "sub_process", spec))
    inner.tasks[handler.id] = handler
    if handler.task_spec is not spec:
        handler.notes["from"] = name
    handler.come()
    return True


def compensated(token: Token) -> None:
    """Go on after everything is compensated."""
    token.notes.pop("todo", None)
    is_cancelled = any(each.trigger is Trigger.CANCEL for each in token.task_spec.element.events)
    if not (is_cancelled and _leave_transaction(token)):
        token.queue()


def _cancel_transaction(token: Token) -> Outcome:
    scope = token.workflow
    underway = _underway(scope)
    scope.cancel_all(keep=token)
    token.notes["todo"] = [*underway, *_handlers(scope, scope.done)]
    scope.done = []
    if compensate_next(token) or _leave_transaction(token):
        return Outcome.WAITS
    return Outcome.GOES_ON


def _underway(scope: Scope) -> list[list[Any]]:
    """Return what has to be executed for what was done inside of sub-processes that are going on (§10.7)."""
    return [
        [handler, {**inner.data, **variables}, *more]
        for token in reversed(scope.tasks.values())
        for inner in reversed(token.inner)
        if inner.outer is not None
        for handler, variables, *more in (*_underway(inner), *_handlers(inner, inner.done))
    ]


def _leave_transaction(token: Token) -> bool:
    """Stop the transaction and go on from its cancel event; tell whether it has one."""
    transaction = next(
        current
        for current, _ in enclosing(token)
        if current.task_spec.element.type == "transaction" and not current.notes.get("inside")
    )
    for boundary in transaction.task_spec.boundaries:
        if any(each.trigger is Trigger.CANCEL for each in boundary.element.events):
            interrupt(transaction, boundary)
            return True
    return False
