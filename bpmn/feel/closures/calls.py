"""Calls: of the library, of variables, and of whatever an expression returns."""

from typing import Any

from bpmn.feel import tree, values
from bpmn.feel.closures.names import nearest_function
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import BudgetExceeded, NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.invocation import invoke
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Position


def call(compiler: Compiler, node: tree.Call) -> Evaluate:
    callee = _callee(compiler, node)
    arguments = [compiler.value(each) for each in node.arguments]
    names, at = node.names, node.at

    def evaluate(scope: Scope) -> Any:
        function = callee(scope)
        if function is None:
            return None
        given = [argument(scope) for argument in arguments]
        try:
            return invoke(scope.run, function, given, names)
        except NoValue as error:
            return scope.run.null(at, error.template, **error.values)
        except BudgetExceeded as error:
            raise error.at(*at) from error.__cause__

    return evaluate


def _callee(compiler: Compiler, node: tree.Call) -> Evaluate:
    if isinstance(node.function, tree.Name):
        name, at = node.function.name, node.at
        library = compiler.library.get(name)
        return lambda scope: nearest_function(scope, name, library, at)
    value, at = compiler.value(node.function), node.at
    return lambda scope: _function(scope, value(scope), at)


def _function(scope: Scope, value: Any, at: Position) -> Any:
    if type(value) is list and len(value) == 1:
        value = value[0]
    if isinstance(value, Invocable):
        return value
    return scope.run.null(
        at, "A value of type {kind} is called as if it were a function.", kind=values.kind(value)
    )
