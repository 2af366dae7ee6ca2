"""
Boxed expressions as they stand in a file (DMN 1.5, §8 and §10.2), decision tables among them.

Texts are kept as written: they are read when the file is put together with those that it imports, as only then is
it known which names there are.
"""

from dataclasses import dataclass
from enum import StrEnum


class HitPolicy(StrEnum):
    """How the rules of a table that match become one result (§8.2.10)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What a table with the hit policy COLLECT makes of the outputs it collected."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


class Iterated(StrEnum):
    """What becomes of the results of an iterator (§10.2.2.9)."""

    FOR = "for"
    SOME = "some"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type by its name, and the namespace of its prefix where it was written as DMN 1.1 does."""

    name: str
    namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An expression or unary tests as written, and where."""

    text: str
    id: str | None = None
    line: int | None = None
    type: TypeRef | None = None
    language: str | None = None
    """Where it is not FEEL: the name of the language."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A name for a value, and its type: of a parameter, a context entry, a column, or an element of the graph."""

    name: str
    type: TypeRef | None = None
    line: int | None = None


# ------------------------------------------------------------------ boxed expressions (§10.2)


@dataclass(frozen=True, slots=True)
class Box:
    """A boxed expression; every kind has an id, a line and possibly a type."""

    id: str | None = None
    line: int | None = None
    type: TypeRef | None = None


@dataclass(frozen=True, slots=True)
class Literal(Box):
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    parameter: Variable
    value: Box | None


@dataclass(frozen=True, slots=True)
class Invocation(Box):
    called: Box | None = None
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a context; the one without a variable is the result."""

    variable: Variable | None
    value: Box | None


@dataclass(frozen=True, slots=True)
class Context(Box):
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class List(Box):
    items: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation(Box):
    columns: tuple[Variable, ...] = ()
    rows: tuple[tuple[Box, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Box):
    parameters: tuple[Variable, ...] = ()
    body: Box | None = None
    kind: str = "FEEL"


@dataclass(frozen=True, slots=True)
class Conditional(Box):
    condition: Box | None = None
    then: Box | None = None
    otherwise: Box | None = None


@dataclass(frozen=True, slots=True)
class Filter(Box):
    source: Box | None = None
    match: Box | None = None


@dataclass(frozen=True, slots=True)
class Iteration(Box):
    kind: Iterated = Iterated.FOR
    name: str = ""
    source: Box | None = None
    source_type: TypeRef | None = None
    body: Box | None = None


@dataclass(frozen=True, slots=True)
class Unknown(Box):
    """An element where an expression is expected that DMN does not know."""

    tag: str = ""


# ------------------------------------------------------------------ decision tables (§8)


@dataclass(frozen=True, slots=True)
class Input:
    expression: Text
    label: str | None = None
    values: Text | None = None


@dataclass(frozen=True, slots=True)
class Output:
    name: str | None = None
    label: str | None = None
    type: TypeRef | None = None
    values: Text | None = None
    default: Text | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str | None
    line: int | None
    tests: tuple[Text, ...]
    outputs: tuple[Text, ...]
    annotations: tuple[str, ...] = ()
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Table(Box):
    label: str | None = None
    hit_policy: HitPolicy | None = HitPolicy.UNIQUE
    """None where the file names one that DMN does not know."""
    aggregation: Aggregation | None = None
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    annotations: tuple[str, ...] = ()
    """The names of the columns."""
    rules: tuple[Rule, ...] = ()
