"""
The walk from the syntax tree to closures.

`Reading` is what the parts of the walk share: where in the text they are, how deep, which names belong
to loops, how many operations were written so far. Which syntax has a handler is decided above, in
`expressions` and `scripts`; what has none is refused here.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bpmn.scripting import refusals
from bpmn.scripting.errors import ExpressionFailed, InvalidExpression
from bpmn.scripting.limits import Limits
from bpmn.scripting.run import Evaluate, Run, Store
from bpmn.scripting.source import Source

CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
"""As JSON, FEEL and JUEL write them."""

Handlers = Mapping[type[ast.expr], Callable[["Reading", Any], Evaluate]]


class Reading:
    def __init__(self, source: Source, limits: Limits, handlers: Handlers) -> None:
        self.source = source
        self.limits = limits
        self.free: set[str] = set()
        """Names of variables that come from outside."""
        self.operations = 0
        """What has been read so far; the price of running it once."""
        self._handlers = handlers
        self._bound: dict[str, int] = {}
        self._slots = 0
        self._depth = 0
        self._line = 1

    def value(self, node: ast.expr) -> Evaluate:
        """Return the closure that evaluates a part of the tree."""
        handler = self._handlers.get(type(node))
        if handler is None:
            raise self.refused(node, refusals.sentence(node))
        self.operations += 1
        with self.inside(node) as moved:
            evaluate = handler(self, node)
        return _located(evaluate, node.lineno) if moved else evaluate

    @contextmanager
    def inside(self, node: ast.expr | ast.stmt) -> Iterator[bool]:
        """Go one level down; tells whether that is on another line."""
        if self._depth >= self.limits.depth:
            raise self.refused(
                node, "The text is nested more than {limit} deep.", limit=self.limits.depth
            )
        line, self._line = self._line, node.lineno
        self._depth += 1
        yield node.lineno != line
        self._depth -= 1
        self._line = line

    def refused(self, node: ast.AST, template: str, **values: object) -> InvalidExpression:
        return self.source.refused(node, template, **values)

    def name(self, node: ast.AST, name: str) -> str:
        """
        Return a name that is written as it reads.

        Python takes compatibility characters in names for others: a name that looks foreign to every
        search and every reviewer would mean something well known.
        """
        if name.startswith("_"):
            raise self.refused(node, "The name '{name}' begins with an underscore.", name=name)
        if name not in self.source.words:
            raise self.refused(
                node, "The name '{name}' is written with unusual characters.", name=name
            )
        return name

    def slot(self, name: str) -> int | None:
        """Return where the variable of a loop is kept, None for a name from outside."""
        return self._bound.get(name)

    @property
    def looping(self) -> bool:
        """Tell whether this is inside a loop."""
        return bool(self._bound)

    @contextmanager
    def bound(self, target: ast.expr) -> Iterator[Store]:
        """Give the variables of a loop a place while its inside is read."""
        before = self._bound
        self._bound = dict(before)
        yield self._loop_variable(target)
        self._bound = before

    def _loop_variable(self, target: ast.expr) -> Store:
        if isinstance(target, ast.Tuple | ast.List):
            return unpacked([self._loop_variable(each) for each in target.elts])
        if not isinstance(target, ast.Name):
            raise self.refused(target, "A loop gives its items to a name: 'for row in rows'.")
        if target.id in CONSTANTS:
            raise self.refused(target, "'{name}' is a value, not a variable.", name=target.id)
        if target.id != "_":
            self.name(target, target.id)
        slot = self._slots = self._slots + 1
        self._bound[target.id] = slot

        def store(run: Run, value: Any) -> None:
            run.slots[slot] = value

        return store


def unpacked(stores: list[Store]) -> Store:
    """Return the place that hands the items of a list of just that length to places of their own."""

    def store(run: Run, value: Any) -> None:
        if type(value) is not list or len(value) != len(stores):
            raise ExpressionFailed(
                "A list of {length} items is expected, one for each name.", length=len(stores)
            )
        for each, item in zip(stores, value, strict=True):
            each(run, item)

    return store


def _located(evaluate: Evaluate, line: int) -> Evaluate:
    def located(run: Run) -> Any:
        try:
            return evaluate(run)
        except ExpressionFailed as error:
            error.line = error.line or line
            raise

    return located
