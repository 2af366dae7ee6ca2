"""
The walk from Python's syntax tree to FEEL's.

`Reading` is what the parts of the walk share: where in the text they are, how deep, which names belong to loops.
Which syntax has a reader is decided above, in `expressions` and `scripts`; what has none is refused here.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from bpmn.feel import Limits, expressions
from bpmn.feel.run import Evaluate
from bpmn.feel.tree import Node, Position
from bpmn.scripting.errors import InvalidExpression
from bpmn.scripting.functions import LIBRARY
from bpmn.scripting.python import refusals
from bpmn.scripting.python.source import Source

CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
"""As JSON, FEEL and JUEL write them."""
DEEPEST = 60
"""Expressions and statements inside one another."""

Readers = Mapping[type[ast.expr], Callable[["Reading", Any], Node]]


class Reading:
    def __init__(self, source: Source, limits: Limits, readers: Readers) -> None:
        self.source = source
        self.limits = limits
        self._readers = readers
        self._bound: frozenset[str] = frozenset()
        self._depth = 0
        self._held = 0

    def value(self, node: ast.expr) -> Node:
        """Return what a part of the text says."""
        reader = self._readers.get(type(node))
        if reader is None:
            raise self.refused(node, refusals.sentence(node))
        with self.inside(node):
            return reader(self, node)

    def evaluated(self, node: ast.expr) -> Evaluate:
        """Return what evaluates a part of a script."""
        return self.compiled(self.value(node))

    def compiled(self, node: Node) -> Evaluate:
        """Return what evaluates a tree as a part of a script."""
        return expressions.part_of_tree(node, library=LIBRARY, limits=self.limits)

    @contextmanager
    def inside(self, node: ast.expr | ast.stmt) -> Iterator[None]:
        """Go one level down."""
        if self._depth >= DEEPEST:
            raise self.refused(node, "The text is nested more than {limit} deep.", limit=DEEPEST)
        self._depth += 1
        yield
        self._depth -= 1

    def at(self, node: ast.AST) -> Position:
        return self.source.place(node)

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

    def held(self) -> str:
        """Return a name for a value in between, which no variable has: theirs have no spaces."""
        self._held += 1
        return f"value {self._held}"

    def is_bound(self, name: str) -> bool:
        """Tell whether a name is the variable of a loop."""
        return name in self._bound

    @property
    def looping(self) -> bool:
        """Tell whether this is inside a loop."""
        return bool(self._bound)

    @contextmanager
    def bound(self, target: ast.expr) -> Iterator[list[str]]:
        """Return the variables of a loop, which are known while its inside is read."""
        before = self._bound
        names = self._loop_variables(target)
        self._bound = before | set(names)
        yield names
        self._bound = before

    def _loop_variables(self, target: ast.expr) -> list[str]:
        parts: Sequence[ast.expr] = (
            target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
        )
        names = [self._loop_variable(each) for each in parts]
        if len(set(names)) != len(names) or not names:
            raise self.refused(target, "A loop gives each of its variables another name.")
        return names

    def _loop_variable(self, target: ast.expr) -> str:
        if not isinstance(target, ast.Name):
            raise self.refused(target, "A loop gives its items to a name: 'for row in rows'.")
        if target.id in CONSTANTS:
            raise self.refused(target, "'{name}' is a value, not a variable.", name=target.id)
        return target.id if target.id == "_" else self.name(target, target.id)
