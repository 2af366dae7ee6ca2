"""Lists, contexts and functions that an expression makes."""

from typing import Any

from bpmn.feel import tree
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Parameter, Signature
from bpmn.feel.invocation import Function
from bpmn.feel.run import Evaluate, Run, Scope
from bpmn.feel.tree import Node
from bpmn.feel.types import ANY


def list_(compiler: Compiler, node: tree.ListOf) -> Evaluate:
    items = [compiler.value(each) for each in node.items]
    return lambda scope: [item(scope) for item in items]


def context(compiler: Compiler, node: tree.ContextOf) -> Evaluate:
    with compiler.inside():
        entries = [(name, _entry(compiler, name, each)) for name, each in node.entries]

    def make(scope: Scope) -> dict[str, Any]:
        made: dict[str, Any] = {}
        inner = scope.within(made)
        for name, entry in entries:
            made[name] = entry(inner)
        return made

    return make


def _entry(compiler: Compiler, name: str, node: Node) -> Evaluate:
    if isinstance(node, tree.FunctionOf):
        return function(compiler, node, name)
    return compiler.value(node)


def function(compiler: Compiler, node: tree.FunctionOf, name: str = "function") -> Evaluate:
    parameters = tuple(
        Parameter(name, None if each == ANY else each) for name, each in node.parameters
    )
    names = [each.name for each in parameters]
    if node.body is None:
        external = Signature(parameters, _not_called)
        return lambda scope: Function(name, (external,))  # noqa: ARG005
    body, price = compiler.repeated(node.body)

    def make(scope: Scope) -> Function:
        def invoke(run: Run, *arguments: Any) -> Any:
            budget = run.budget
            budget.enter()
            try:
                budget.pay(price)
                return body(Scope(run, dict(zip(names, arguments, strict=True)), scope))
            finally:
                budget.leave()

        return Function(name, (Signature(parameters, invoke),))

    return make


def _not_called(run: Run, *arguments: Any) -> Any:  # noqa: ARG001
    raise NoValue("A function that is written in another language is not called.")
