"""
What an expression says, whichever syntax it was written in.

FEEL's parser makes this tree, and other front-ends may; the rest of the room only sees it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from bpmn.feel.types import Type


class Position(NamedTuple):
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""


START = Position(1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    at: Position = field(default=START, compare=False, repr=False)
    """Where to point when there is something to say about it."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Any
    """None, a boolean, a number or a text."""


@dataclass(frozen=True, slots=True)
class Temporal(Node):
    """`@"2024-02-29"`."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`source.name`."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`source[predicate]`, or an index."""

    source: Node
    predicate: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None
    """Of the arguments, where they are named."""


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`first + … - …`: operators of one strength, from the left."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    """`+`, `-`, `*`, `/` or `**`, and what stands to its right."""


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    sign: str
    """`=`, `!=`, `<`, `<=`, `>` or `>=`."""
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`… and …`, `… or …`."""

    decisive: bool
    """What decides without the others: True for `or`."""
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in source`, or `name in source..end`."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    decisive: bool
    """What decides without the others: True for `some`, False for `every`."""
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """Entries in their order; each sees those before it."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    parameters: tuple[tuple[str, Type], ...]
    body: Node | None
    """None where the function is external."""


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`< endpoint`: as a value a range that is open at one side, in tests a comparison."""

    sign: str
    endpoint: Node


@dataclass(frozen=True, slots=True)
class AnyValue(Node):
    """`-` among tests: whatever the value is."""


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests: a value passes where it passes one of them, or none if `negated`."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> Iterator[Node]:
    """Return the nodes of which a node is made."""
    waiting: list[Any] = [getattr(node, field.name) for field in fields(node)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Node):
            yield each
        elif isinstance(each, tuple):
            waiting.extend(each)


def parts(node: Node) -> Iterator[Node]:
    """Return a node and all that it consists of."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(children(each))
