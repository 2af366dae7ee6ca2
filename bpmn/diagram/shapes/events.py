"""Events: a thin ring starts, a double ring is on the way, a thick ring ends; a broken ring interrupts nothing."""

from bpmn.diagram import icons
from bpmn.diagram.canvas import BODY, LINE, Canvas
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.kinds import THROWING
from bpmn.diagram.plane import Shape

STANDARD = 18.0
"""The radius that the marks are drawn for."""
BETWEEN_RINGS = 3.0
END = "3.5"
DASHES = "4 3"
SINGLE = frozenset({"startEvent", "endEvent"})


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    centre, radius = shape.box.centre, radius_of(shape.box)
    _rings(canvas, centre, radius, element)
    mark(canvas, centre, radius, element.trigger, thrown=element.kind in THROWING)


def radius_of(box: Box) -> float:
    return min(box.width, box.height) / 2


def mark(
    canvas: Canvas, centre: Point, radius: float, trigger: str, *, thrown: bool = False
) -> None:
    """Draw what an event is about."""
    icon = icons.EVENTS.get(trigger)
    if icon is not None:
        icons.draw(canvas.at(centre, radius / STANDARD), icon, filled=thrown)


def small(canvas: Canvas, centre: Point, radius: float, element: Element) -> None:
    """Draw the start event of a closed event sub-process."""
    canvas.circle(centre, radius, BODY, **_dashes(element))
    mark(canvas, centre, radius, element.trigger)


def _rings(canvas: Canvas, centre: Point, radius: float, element: Element) -> None:
    if element.kind == "endEvent":
        canvas.circle(centre, max(radius - 1, 0.5), BODY, stroke_width=END)
        return
    canvas.circle(centre, radius, BODY, **_dashes(element))
    if element.kind not in SINGLE:
        canvas.circle(centre, max(radius - BETWEEN_RINGS, 0.5), LINE, **_dashes(element))


def _dashes(element: Element) -> dict[str, str]:
    return {"stroke-dasharray": DASHES} if Trait.NON_INTERRUPTING in element.traits else {}
