"""Gateways: a diamond, and in it how the ways divide or join."""

from bpmn.diagram import icons
from bpmn.diagram.canvas import BODY, LINE, Canvas
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.plane import Shape

STANDARD = 25.0
"""Half the width that the marks are drawn for."""


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    canvas.polygon(corners(shape.box), BODY)
    scale = min(shape.box.width, shape.box.height) / 2 / STANDARD
    inside = canvas.at(shape.box.centre, scale)
    if element.kind == "eventBasedGateway":
        _events(inside, element)
    elif element.kind == "inclusiveGateway":
        inside.circle(Point(0, 0), 11, LINE, stroke_width="3")
    elif element.kind in icons.GATEWAYS and (shape.marked or element.kind != "exclusiveGateway"):
        icons.draw(inside, icons.GATEWAYS[element.kind])


def corners(box: Box) -> tuple[Point, ...]:
    middle = box.centre
    return (
        Point(middle.x, box.y),
        Point(box.right, middle.y),
        Point(middle.x, box.bottom),
        Point(box.x, middle.y),
    )


def _events(inside: Canvas, element: Element) -> None:
    """One ring where the gateway starts a process, two where it stands on the way."""
    inside.circle(Point(0, 0), 14, LINE, stroke_width="1")
    if Trait.INSTANTIATING not in element.traits:
        inside.circle(Point(0, 0), 11.5, LINE, stroke_width="1")
    all_of_them = Trait.ALL_EVENTS in element.traits
    icons.draw(inside, icons.ALL_EVENTS_OF_GATEWAY if all_of_them else icons.EVENTS_OF_GATEWAY)
