"""Expressions and unary tests: read once, evaluated often, from any thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bpmn.feel import borders, parser
from bpmn.feel.budget import DEFAULT, Limits
from bpmn.feel.builtins import LIBRARY, VOCABULARY
from bpmn.feel.closures.tests import VALUE
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.evaluation import going_on
from bpmn.feel.handlers import HANDLERS
from bpmn.feel.run import Evaluate, Scope
from bpmn.feel.setting import Setting
from bpmn.feel.types import Type

SIMPLE = frozenset({bool, int, str, type(None)})
"""What goes out as it is."""


@dataclass(frozen=True, slots=True)
class Compiled:
    text: str
    names: frozenset[str] = field(compare=False, repr=False)
    """Variables that it may ask for."""
    limits: Limits = field(compare=False, repr=False)
    _price: int = field(compare=False, repr=False)
    _evaluate: Evaluate = field(compare=False, repr=False)


class Expression(Compiled):
    __slots__ = ()

    def evaluate(self, variables: Mapping[str, Any], setting: Setting) -> Any:
        """
        Return the value for these variables, which shares no list or dict with them.

        Raises `ExpressionFailed`.
        """
        with going_on(setting, self.limits) as run:
            run.budget.pay(self._price)
            value = self._evaluate(Scope(run, variables))
            return value if type(value) in SIMPLE else borders.outward(value, run.budget)


class UnaryTests(Compiled):
    __slots__ = ()

    def holds(self, value: Any, variables: Mapping[str, Any], setting: Setting) -> bool | None:
        """Tell whether a value passes; None where that has no answer. Raises `ExpressionFailed`."""
        with going_on(setting, self.limits) as run:
            run.budget.pay(self._price)
            tested = {VALUE: borders.inward(value, run.budget)}
            passed = self._evaluate(Scope(run, tested, Scope(run, variables)))
            return passed if type(passed) is bool else None


def read(
    text: str,
    names: Iterable[str] = (),
    *,
    types: Mapping[str, Type] | None = None,
    limits: Limits = DEFAULT,
) -> Expression:
    """
    Read an expression; raises `InvalidExpression`.

    `names` are those that will be variables, which have to be known where they hold more than words; `types` are
    those that a model defines, for `instance of` and parameters.
    """
    try:
        parsed = parser.parse(text, VOCABULARY, names, types or {}, limits)
        compiler = Compiler(HANDLERS, LIBRARY)
        evaluate = compiler.value(parsed.node)
    except RecursionError as error:
        raise _too_deep(limits) from error
    return Expression(text, parsed.names - LIBRARY.keys(), limits, compiler.price, evaluate)


def read_tests(
    text: str,
    names: Iterable[str] = (),
    *,
    types: Mapping[str, Type] | None = None,
    limits: Limits = DEFAULT,
) -> UnaryTests:
    """Read unary tests, as in a decision table; raises `InvalidExpression`."""
    try:
        parsed = parser.parse_tests(text, VOCABULARY, names, types or {}, limits)
        compiler = Compiler(HANDLERS, LIBRARY)
        with compiler.inside():
            evaluate = compiler.value(parsed.node)
    except RecursionError as error:
        raise _too_deep(limits) from error
    return UnaryTests(text, parsed.names - LIBRARY.keys(), limits, compiler.price, evaluate)


def _too_deep(limits: Limits) -> InvalidExpression:
    return InvalidExpression(
        "Expressions are nested more than {limit} deep.", line=1, column=1, limit=limits.nesting
    )
