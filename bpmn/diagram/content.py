"""What a file says of the elements that can be drawn, found by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MULTIPLE = "multipleEventDefinition"
PARALLEL_MULTIPLE = "parallelMultipleEventDefinition"


class Trait(StrEnum):
    """What else is to be seen on a shape, or said of it."""

    NON_INTERRUPTING = "nonInterrupting"
    LOOP = "standardLoopCharacteristics"
    PARALLEL = "parallelInstances"
    SEQUENTIAL = "sequentialInstances"
    COMPENSATION = "isForCompensation"
    BY_EVENT = "triggeredByEvent"
    COLLECTION = "isCollection"
    INSTANTIATING = "instantiate"
    ALL_EVENTS = "allEvents"
    CONDITIONAL = "conditional"
    DEFAULT = "default"
    TO_SOURCE = "toSource"
    TO_TARGET = "toTarget"


@dataclass(frozen=True, slots=True)
class Element:
    id: str
    kind: str
    """Its tag."""
    name: str = ""
    scope: str = ""
    """The nearest element around it that can be drawn, or its process; empty at the top of the file."""
    depth: int = 0
    """How many elements are around it."""
    source: str = ""
    target: str = ""
    attached_to: str = ""
    called: str = ""
    """The process of a participant; the tag of what a call activity calls, where it is in the file."""
    trigger: str = ""
    """The tag of the event definition, or that there are several. An event sub-process has that of its start."""
    traits: frozenset[Trait] = frozenset()
    members: tuple[str, ...] = ()
    """The flow nodes of a lane; the participants of a choreography activity, the initiating one first."""


@dataclass(frozen=True, slots=True)
class Content:
    elements: Mapping[str, Element]
    """In the order of the file."""
    left_out: int = 0
    """What came after too many others."""

    def get(self, element_id: str) -> Element | None:
        return self.elements.get(element_id)
