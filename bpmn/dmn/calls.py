"""Functions made of boxed expressions, and invocations that bind arguments by name (§10.2.1.3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bpmn import feel
from bpmn.dmn.boxes import FunctionDefinition
from bpmn.dmn.conformance import checked
from bpmn.dmn.draft import Draft, Logic
from bpmn.dmn.run import Run
from bpmn.dmn.types import returned
from bpmn.feel import Function
from bpmn.feel.types import Type


def function(box: FunctionDefinition, draft: Draft, body: Logic) -> Logic:
    """Return what makes a function, which remembers the variables it was defined within."""
    parameters = [(each.name, draft.declared(each.type, each.line)) for each in box.parameters]
    result = returned(draft.type_of(box))
    name = draft.label
    return lambda variables, run: made(name, parameters, result, body, variables, run)


def made(  # noqa: PLR0913, PLR0917  all of them are what a function is
    name: str,
    parameters: Sequence[tuple[str, Type]],
    result: Type,
    body: Logic,
    variables: Mapping[str, Any],
    run: Run,
) -> Function:
    """Return a function that FEEL can call, which checks types before the body sees a value."""

    def invoke(*arguments: Any) -> Any:
        given = {each: value for (each, _), value in zip(parameters, arguments, strict=False)}
        return checked(body({**variables, **given}, run), result, run, name)

    return feel.function(name, dict(parameters), invoke)


def invocation(called: Logic, bindings: Sequence[tuple[str, Logic]], label: str) -> Logic:
    def evaluate(variables: Mapping[str, Any], run: Run) -> Any:
        found = called(variables, run)
        if not isinstance(found, Function):
            run.warn("What '{name}' invokes is not a function.", name=label)
            return None
        names = [each.name for each in found.parameters]
        given = {name: logic(variables, run) for name, logic in bindings}
        unknown = next((name for name in given if name not in names), None)
        if unknown is not None:
            run.warn(
                "'{name}' binds '{parameter}', which is no parameter of what it invokes.",
                name=label,
                parameter=unknown,
            )
            return None
        return run.call(found, [given.get(name) for name in names])

    return evaluate
