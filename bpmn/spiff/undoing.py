"""What was done is undone: compensation, and transactions that are cancelled (BPMN 2.0 §10.7, §13.5.5)."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from bpmn.description import EventDefinition, Trigger
from bpmn.spiff.scopes import Scope, SubScope, enclosing
from bpmn.spiff.token import Token


def compensate(token: Token, definition: EventDefinition) -> bool:
    """Undo what was done in the scope, or one activity; tell whether that has to be waited for."""
    scope = _compensated_scope(token)
    chosen = [
        each
        for each in scope.done
        if definition.activity is None or each[0] == definition.activity
    ]
    scope.done = [each for each in scope.done if each not in chosen]
    if not definition.waits:
        _compensate_beside(token, _handlers(scope, chosen))
        return False
    token.notes["todo"] = _handlers(scope, chosen)
    return compensate_next(token)


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


def cancel_transaction(token: Token) -> bool:
    """Undo what was done in the transaction and leave it by its event; tell whether the token has to wait."""
    scope = token.workflow
    underway = _underway(scope)
    scope.cancel_all(keep=token)
    token.notes["todo"] = [*underway, *_handlers(scope, scope.done)]
    scope.done = []
    return compensate_next(token) or _leave_transaction(token)


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
            transaction.workflow.interrupt(transaction, boundary)
            return True
    return False
