"""Calls: of the library, of variables, and of whatever an expression returns."""

from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.closures.names import nearest_function
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import BudgetExceeded, NoValue
from bpmn.feel.functions import Invocable, Signature
from bpmn.feel.invocation import arranged, invoke
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Position

CONSTANT = frozenset({"date", "time", "date and time", "duration"})
"""Functions that write literals: their value for a text is always the same."""


def call(compiler: Compiler, node: tree.Call) -> Evaluate:
    library = _of_library(compiler, node)
    signature = _known_signature(library, node)
    callee = _callee(compiler, node, library)
    arguments = [compiler.value(each) for each in node.arguments]
    names, at = node.names, node.at

    def evaluate(scope: Scope) -> Any:
        function = callee(scope)
        if function is None:
            return None
        given = [argument(scope) for argument in arguments]
        run = scope.run
        try:
            if signature is not None and library is not None and function is library:
                ordered = arranged(run, library.name, signature, given, names)
                return signature.invoke(run, *ordered)
            return invoke(run, function, given, names)
        except NoValue as error:
            return run.null(at, error.template, **error.values)
        except BudgetExceeded as error:
            raise error.at(*at) from error.__cause__

    if library is not None and library.name in CONSTANT and _is_literal(node):
        return _once(evaluate, callee, library)
    return evaluate


def _is_literal(node: tree.Call) -> bool:
    return all(isinstance(each, tree.Literal) for each in node.arguments)


def _once(evaluate: Evaluate, callee: Evaluate, library: Invocable) -> Evaluate:
    """Return what evaluates a call once, as long as the library's function is meant."""
    known: list[Any] = []

    def evaluate_once(scope: Scope) -> Any:
        if callee(scope) is not library:
            return evaluate(scope)
        if known:
            return known[0]
        result = evaluate(scope)
        if result is not None:
            known.append(result)
        return result

    return evaluate_once


def _of_library(compiler: Compiler, node: tree.Call) -> Invocable | None:
    return (
        compiler.library.get(node.function.name) if isinstance(node.function, tree.Name) else None
    )


def _known_signature(library: Invocable | None, node: tree.Call) -> Signature | None:
    """Return how the library's function will be called, if it is the one that is meant and can be called so."""
    if library is None:
        return None
    try:
        return library.taking(len(node.arguments), node.names)
    except NoValue:
        return None


def _callee(compiler: Compiler, node: tree.Call, library: Invocable | None) -> Evaluate:
    at = node.at
    if isinstance(node.function, tree.Name):
        name = node.function.name
        return lambda scope: nearest_function(scope, name, library, at)
    value = compiler.value(node.function)
    return lambda scope: _function(scope, value(scope), at)


def _function(scope: Scope, value: Any, at: Position) -> Any:
    if type(value) is list and len(value) == 1:
        value = value[0]
    if isinstance(value, Invocable):
        return value
    return scope.run.null(
        at, "A value of type {kind} is called as if it were a function.", kind=values.kind(value)
    )
