"""
What stands in a DMN file, as frozen values that all others see: item definitions and the requirements graph.

The names are those of the standard (DMN 1.5, §6 and §7).
"""

from dataclasses import dataclass

from bpmn.dmn.boxes import Box, FunctionDefinition, Text, TypeRef, Variable

# ------------------------------------------------------------------ item definitions (§7.3.2)


@dataclass(frozen=True, slots=True)
class FunctionItem:
    parameters: tuple[Variable, ...]
    output: TypeRef | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item definition, or a component of one."""

    name: str
    id: str | None = None
    line: int | None = None
    type: TypeRef | None = None
    is_collection: bool = False
    allowed: Text | None = None
    """What each value may be; of a collection, each item."""
    constraint: Text | None = None
    """What the value as a whole may be (since DMN 1.5)."""
    components: tuple["Item", ...] = ()
    function: FunctionItem | None = None


# ------------------------------------------------------------------ the requirements graph (§6)


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to an element by its id, in this file or, with a namespace, in another one."""

    id: str
    namespace: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    line: int | None
    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    line: int | None
    variable: Variable
    required: tuple[Reference, ...] = ()
    """Decisions and input data, in the order of the file."""
    knowledge: tuple[Reference, ...] = ()
    logic: Box | None = None
    description: str = ""
    question: str = ""
    """What the decision answers, in the words of those it is made for."""


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    id: str
    name: str
    line: int | None
    variable: Variable
    logic: FunctionDefinition | None = None
    knowledge: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    name: str
    line: int | None
    variable: Variable
    outputs: tuple[Reference, ...] = ()
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


Element = InputData | Decision | KnowledgeModel | Service


@dataclass(frozen=True, slots=True)
class Import:
    """Another file of the same set, by its namespace; its elements are seen under a name of ours."""

    name: str
    namespace: str
    type: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """What stands in one file."""

    resource: str
    name: str
    namespace: str
    id: str | None = None
    imports: tuple[Import, ...] = ()
    items: tuple[Item, ...] = ()
    elements: tuple[Element, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return tuple(each for each in self.elements if isinstance(each, Decision))
