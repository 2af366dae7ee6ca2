"""How functions are called: from expressions, by the library, and from Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bpmn.feel import borders, types, values
from bpmn.feel.budget import DEFAULT, Limits
from bpmn.feel.errors import NoValue
from bpmn.feel.evaluation import going_on
from bpmn.feel.functions import Invocable, Parameter, Signature
from bpmn.feel.run import Run
from bpmn.feel.setting import Setting
from bpmn.feel.types import Type


@dataclass(frozen=True, slots=True, eq=False)
class Function(Invocable):
    """A function that an expression made, or that Python gave."""

    def call(self, arguments: Sequence[Any], setting: Setting, *, limits: Limits = DEFAULT) -> Any:
        """Return what it returns for these values; raises `ExpressionFailed`."""
        with going_on(setting, limits) as run:
            given = [borders.inward(each, run.budget) for each in arguments]
            return borders.outward(invoke(run, self, given), run.budget)


def function(
    name: str,
    parameters: Mapping[str, Type | None],
    body: Callable[..., Any],
    *,
    result: Type | None = None,
) -> Function:
    """
    Make a function of Python one of FEEL.

    `body` is called with the values of the parameters and, last, the setting; what it raises comes out. What does
    not conform to the type of its parameter, or the result to its own, makes the call null.
    """

    def invoke_python(run: Run, *given: Any) -> Any:
        arguments = [borders.outward(each, run.budget) for each in given]
        run.budget.enter()
        try:
            returned = body(*arguments, run.setting)
        finally:
            run.budget.leave()
        return _returned(borders.inward(returned, run.budget), result)

    signature = Signature(
        tuple(Parameter(each, type_) for each, type_ in parameters.items()), invoke_python
    )
    return Function(name, (signature,), result)


def invoke(
    run: Run, callee: Invocable, given: Sequence[Any], names: Sequence[str] | None = None
) -> Any:
    """Call a function; raises `NoValue` where it cannot be called so."""
    signature = callee.taking(len(given), names)
    return signature.invoke(run, *arranged(run, callee.name, signature, given, names))


def arranged(
    run: Run, name: str, signature: Signature, given: Sequence[Any], names: Sequence[str] | None
) -> list[Any]:
    """Return the arguments in the order of the parameters, each as its type has it."""
    parameters = signature.parameters
    if names is not None:
        by_name = dict(zip(names, given, strict=True))
        named = [
            prepared(run, name, each, by_name[each.name]) if each.name in by_name else None
            for each in parameters
        ]
        return [*named[:-1], named[-1:]] if signature.rest else named
    if signature.rest:
        last = len(parameters) - 1
        rest = [prepared(run, name, parameters[last], each) for each in given[last:]]
        return [*_in_turn(run, name, parameters[:last], given[:last]), rest]
    arguments = _in_turn(run, name, parameters, given)
    arguments.extend([None] * (len(parameters) - len(given)))
    return arguments


def _in_turn(
    run: Run, name: str, parameters: Sequence[Parameter], given: Sequence[Any]
) -> list[Any]:
    return [
        prepared(run, name, parameter, each)
        for parameter, each in zip(parameters, given, strict=False)
    ]


def prepared(run: Run, name: str, parameter: Parameter, value: Any) -> Any:
    """Return an argument as its parameter takes it."""
    if value is None:
        if parameter.nullable:
            return None
        raise NoValue(
            "The function '{function}' has no value where its parameter '{parameter}' is null.",
            function=name,
            parameter=parameter.name,
        )
    if parameter.type is None:
        return value
    fitting = types.coerce(value, parameter.type)
    if fitting is None:
        raise NoValue(
            "The parameter '{parameter}' of the function '{function}' is of type {expected}, not {kind}.",
            parameter=parameter.name,
            function=name,
            expected=str(parameter.type),
            kind=values.kind(value),
        )
    if not types.admits(fitting, parameter.type, run.setting):
        raise NoValue(
            "The parameter '{parameter}' of the function '{function}' has a value that is not allowed.",
            parameter=parameter.name,
            function=name,
        )
    return fitting


def _returned(value: Any, result: Type | None) -> Any:
    if value is None or result is None:
        return value
    fitting = types.coerce(value, result)
    if fitting is None:
        raise NoValue("The function returns no value of type {expected}.", expected=str(result))
    return fitting
