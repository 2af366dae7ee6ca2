"""How much room an element takes, with its name and what hangs on its border."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpmn.diagram import lettering
from bpmn.diagram.content import Element
from bpmn.diagram.kinds import NAMED_OUTSIDE
from bpmn.diagram.lettering import LEADING
from bpmn.diagram.shapes.names import BESIDE, LINES, USUAL_ROOM
from bpmn.reader.tags import EVENTS, GATEWAYS

EVENT = 36.0
GATEWAY = 50.0
TASK = (110.0, 80.0)
DATA = (36.0, 50.0)
NOTE = 130.0
BESIDE_EVENT = 34.0
"""What a boundary event takes of the border, beside itself."""
BORDER_NAME = 58.0
"""How wide the name of a boundary event is, right of the line that leaves it."""


@dataclass(frozen=True, slots=True)
class Room:
    """A shape, and how far its cell reaches around its middle."""

    width: float
    height: float
    across: float
    up: float
    down: float


def room(
    element: Element,
    attached: Sequence[Element] = (),
    inside: tuple[float, float] | None = None,
    *,
    named_above: bool = False,
) -> Room:
    """Return the room of an element; `inside` is the size of what an open sub-process shows."""
    width, height = inside or _size(element)
    width = max(width, BESIDE_EVENT + len(attached) * (EVENT + BESIDE_EVENT) if attached else 0)
    across, up, down = width, height / 2, height / 2
    if element.kind in NAMED_OUTSIDE and element.name:
        across = max(width, min(USUAL_ROOM, lettering.width(element.name, BESIDE)))
        name = 8 + name_height(element.name, USUAL_ROOM)
        up, down = (up + name, down) if named_above else (up, down + name)
    if attached:
        names = [name_height(each.name, BORDER_NAME) for each in attached]
        down += EVENT / 2 + 4 + max(names)
    return Room(width, height, across, up, down)


def _size(element: Element) -> tuple[float, float]:
    if element.kind in EVENTS:
        return EVENT, EVENT
    if element.kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if element.kind == "dataObjectReference":
        return DATA
    if element.kind == "dataStoreReference":
        return DATA[1], DATA[1]
    if element.kind == "textAnnotation":
        return NOTE, max(30.0, name_height(element.name, NOTE - 14) * 12 / BESIDE + 10)
    return TASK


def name_height(name: str, wide: float) -> float:
    lines = lettering.cut(lettering.lines(lettering.clipped(name, 400), wide, BESIDE), 2 * LINES)
    return len(lines) * BESIDE * LEADING
