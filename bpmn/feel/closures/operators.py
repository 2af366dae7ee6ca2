"""Arithmetic, `and`, `or`, `if` and `instance of`."""

from typing import Any

from bpmn.feel import arithmetic, tree, types, values
from bpmn.feel.arithmetic import NUMERIC
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import NoValue
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.tree import Position

POWER = 70
"""Steps of a power, which takes that much longer than a sum."""


def operation(compiler: Compiler, node: tree.Arithmetic) -> Evaluate:
    compiler.price += len(node.rest) - 1 + POWER * sum(sign == "**" for sign, _ in node.rest)
    first, at = compiler.value(node.first), node.at
    steps = [(sign, NUMERIC[sign], compiler.value(operand)) for sign, operand in node.rest]
    if len(steps) == 1:
        return _one_operation(first, *steps[0], at)

    def operate(scope: Scope) -> Any:
        value = first(scope)
        for sign, numeric, operand in steps:
            right = operand(scope)
            try:
                if type(value) in values.NUMBERS and type(right) in values.NUMBERS:
                    value = numeric(value, right)
                else:
                    value = arithmetic.operate(sign, value, right, scope.run.budget)
            except NoValue as error:
                return scope.run.null(at, error.template, **error.values)
        return value

    return operate


def _one_operation(
    left: Evaluate, sign: str, numeric: arithmetic.Operation, right: Evaluate, at: Position
) -> Evaluate:
    def operate(scope: Scope) -> Any:
        one, other = left(scope), right(scope)
        try:
            if type(one) in values.NUMBERS and type(other) in values.NUMBERS:
                return numeric(one, other)
            return arithmetic.operate(sign, one, other, scope.run.budget)
        except NoValue as error:
            return scope.run.null(at, error.template, **error.values)

    return operate


def negation(compiler: Compiler, node: tree.Negation) -> Evaluate:
    operand, at = compiler.value(node.operand), node.at

    def negate(scope: Scope) -> Any:
        try:
            return arithmetic.negative(operand(scope))
        except NoValue as error:
            return scope.run.null(at, error.template, **error.values)

    return negate


def junction(compiler: Compiler, node: tree.Junction) -> Evaluate:
    """Decide with three values: null where neither a value decides nor all agree (tables 50 and 51)."""
    operands = [compiler.value(each) for each in node.operands]
    decisive, at = node.decisive, node.at
    word = "or" if decisive else "and"

    def decide(scope: Scope) -> Any:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(scope)
            if value is decisive:
                return decisive
            if value is not result:
                result = None
                if value is not None and type(value) is not bool:
                    _not_boolean(scope, at, word, value)
        return result

    return decide


def choice(compiler: Compiler, node: tree.If) -> Evaluate:
    condition, then, otherwise = map(compiler.value, (node.condition, node.then, node.otherwise))
    at = node.at

    def choose(scope: Scope) -> Any:
        value = condition(scope)
        if value is True:
            return then(scope)
        if value is not None and value is not False:
            _not_boolean(scope, at, "if", value)
        return otherwise(scope)

    return choose


def instance(compiler: Compiler, node: tree.InstanceOf) -> Evaluate:
    operand, expected = compiler.value(node.value), node.type
    wants_null = expected.name == "null"

    def ask(scope: Scope) -> bool:
        value = operand(scope)
        return wants_null if value is None else types.conforms(value, expected)

    return ask


def _not_boolean(scope: Scope, at: Position, word: str, value: Any) -> None:
    scope.run.null(
        at,
        "'{word}' works with true and false, not with a {kind}.",
        word=word,
        kind=values.kind(value),
    )
