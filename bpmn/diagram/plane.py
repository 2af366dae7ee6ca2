"""Where each element of a model stands: read from a file, or arranged by us (BPMN 2.0 §12, BPMNPlane)."""

from dataclasses import dataclass

from bpmn.diagram.geometry import Box, Point


@dataclass(frozen=True, slots=True)
class Shape:
    element_id: str
    box: Box
    label: Box | None = None
    """Where the name stands, if not at its usual place. It may have no size, only a place."""
    expanded: bool = False
    """Whether a sub-process shows what is in it."""
    horizontal: bool = True
    """Whether a pool or lane lies, with its name at the left, or stands, with its name on top."""
    marked: bool = True
    """Whether an exclusive gateway shows its cross."""
    band: str = ""
    """Which band of a choreography activity a participant is, such as `top_initiating`."""
    inner: Box | None = None
    """What the bands of a choreography activity leave free in it."""
    covered: float = 0
    """How much of its lower part boundary events cover."""
    message: bool = False
    """Whether a band shows the message that is sent."""


@dataclass(frozen=True, slots=True)
class Edge:
    element_id: str
    points: tuple[Point, ...]
    """At least two, and no two the same after one another."""
    label: Box | None = None
    message: str = ""
    """Whether a message flow shows its message: `initiating`, `non_initiating` or not at all."""


@dataclass(frozen=True, slots=True)
class Plane:
    element_id: str
    """The collaboration, process, choreography or sub-process that is drawn."""
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0
    """What could not be drawn: it had no place, an impossible one, or came after too many others."""

    @property
    def drawn(self) -> int:
        return len(self.shapes) + len(self.edges)
