"""Expressions and unary tests: read once, evaluated often, from any thread."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bpmn.feel import borders, evaluation, free, parser
from bpmn.feel.budget import DEFAULT, Budget, Limits
from bpmn.feel.builtins import LIBRARY, VOCABULARY
from bpmn.feel.closures.tests import VALUE
from bpmn.feel.compiling import Compiler
from bpmn.feel.errors import InvalidExpression
from bpmn.feel.functions import Invocable
from bpmn.feel.handlers import HANDLERS
from bpmn.feel.run import Evaluate, Run, Scope
from bpmn.feel.setting import Setting
from bpmn.feel.tree import Node
from bpmn.feel.types import Type

SIMPLE = frozenset({bool, int, str, type(None)})
"""What goes out as it is."""


@dataclass(frozen=True, slots=True)
class Compiled:
    text: str
    names: frozenset[str] = field(repr=False)
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
        within = setting.budget
        budget = setting.budget = within or Budget(self.limits)
        try:
            budget.pay(self._price)
            value = self._evaluate(Scope(Run(setting, budget), variables))
            return value if type(value) in SIMPLE else borders.outward(value, budget)
        except evaluation.INSIDE as error:
            raise evaluation.told(error) from error.__cause__
        finally:
            setting.budget = within


class UnaryTests(Compiled):
    __slots__ = ()

    def holds(self, value: Any, variables: Mapping[str, Any], setting: Setting) -> bool | None:
        """Tell whether a value passes; None where that has no answer. Raises `ExpressionFailed`."""
        within = setting.budget
        budget = setting.budget = within or Budget(self.limits)
        try:
            budget.pay(self._price)
            run = Run(setting, budget)
            tested = value if type(value) in SIMPLE else borders.inward(value, budget)
            passed = self._evaluate(Scope(run, {VALUE: tested}, Scope(run, variables)))
            return passed if type(passed) is bool else None
        except evaluation.INSIDE as error:
            raise evaluation.told(error) from error.__cause__
        finally:
            setting.budget = within


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
    with _not_too_deep(limits):
        node = parser.parse(text, VOCABULARY, names, types or {}, limits)
    return of_tree(node, text, limits=limits)


def of_tree(
    node: Node,
    text: str,
    *,
    library: Mapping[str, Invocable] = LIBRARY,
    limits: Limits = DEFAULT,
) -> Expression:
    """
    Return the expression that a tree is, whichever syntax the text has that it was read from.

    `library` holds the functions that this syntax has. Raises `InvalidExpression` where it is too deep.
    """
    with _not_too_deep(limits):
        compiler = Compiler(HANDLERS, library)
        evaluate = compiler.value(node)
        asked = frozenset(free.names(node))
    return Expression(text, asked, limits, compiler.price, evaluate)


def part_of_tree(node: Node, *, library: Mapping[str, Invocable], limits: Limits) -> Evaluate:
    """
    Return what evaluates a tree in a scope that somebody else has made, and pays for it there.

    Raises `InvalidExpression` where it is too deep.
    """
    with _not_too_deep(limits):
        compiler = Compiler(HANDLERS, library)
        with compiler.inside():
            evaluate = compiler.value(node)
    price = compiler.price

    def paid(scope: Scope) -> Any:
        scope.run.budget.pay(price)
        return evaluate(scope)

    return paid


def read_tests(
    text: str,
    names: Iterable[str] = (),
    *,
    types: Mapping[str, Type] | None = None,
    limits: Limits = DEFAULT,
) -> UnaryTests:
    """Read unary tests, as in a decision table; raises `InvalidExpression`."""
    with _not_too_deep(limits):
        node = parser.parse_tests(text, VOCABULARY, names, types or {}, limits)
        compiler = Compiler(HANDLERS, LIBRARY)
        with compiler.inside():
            evaluate = compiler.value(node)
        asked = frozenset(free.names(node)) - {VALUE}
    return UnaryTests(text, asked, limits, compiler.price, evaluate)


@contextmanager
def _not_too_deep(limits: Limits) -> Iterator[None]:
    try:
        yield
    except RecursionError as error:
        raise InvalidExpression(
            "Expressions are nested more than {limit} deep.",
            line=1,
            column=1,
            limit=limits.nesting,
        ) from error
