"""
A tree becomes closures, once; evaluating is calling them.

Each kind of node has a function that returns what evaluates it. What can be known from the tree is decided
here and not at each evaluation.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bpmn.feel.functions import Invocable
from bpmn.feel.run import Evaluate
from bpmn.feel.tree import Node

Handler = Callable[["Compiler", Any], Evaluate]


class Compiler:
    def __init__(
        self, handlers: Mapping[type[Node], Handler], library: Mapping[str, Invocable]
    ) -> None:
        self.library = library
        self.price = 0
        """Steps of what was compiled so far, each part taken once."""
        self.is_outermost = True
        """No names are defined between here and the variables."""
        self._handlers = handlers

    def value(self, node: Node) -> Evaluate:
        self.price += 1
        return self._handlers[type(node)](self, node)

    def repeated(self, node: Node) -> tuple[Evaluate, int]:
        """Compile what is done again and again in a scope of its own; also return the price of each time."""
        before, self.price = self.price, 0
        with self.inside():
            evaluate = self.value(node)
        price, self.price = self.price, before
        return evaluate, price

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Compile something within a scope that defines names."""
        before, self.is_outermost = self.is_outermost, False
        yield
        self.is_outermost = before
