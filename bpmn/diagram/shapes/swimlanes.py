"""Pools and lanes: a band with its name at the left, or on top where it stands upright."""

from bpmn.diagram.canvas import BODY, LINE, Canvas
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import activities, names

THIN = "1"
HEAD = 30.0
"""How wide the band with the name is."""


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    if element.kind == "lane":
        canvas.rectangle(shape.box, LINE, stroke_width=THIN)
        _name(canvas, head(shape), element.name, lying=shape.horizontal)
    elif element.called:
        canvas.rectangle(shape.box, BODY)
        _line(canvas, head(shape), lying=shape.horizontal)
        _name(canvas, head(shape), element.name, lying=shape.horizontal)
    else:
        canvas.rectangle(shape.box, BODY)
        markers = Trait.PARALLEL in element.traits
        below = activities.MARKER if markers else 0
        if shape.box.height > 2 * shape.box.width:
            names.upwards(canvas, shape.box, element.name)
        else:
            names.inside(canvas, shape.box, element.name, below=below)
    if Trait.PARALLEL in element.traits:
        activities.row(canvas, shape.box, [Trait.PARALLEL])


def head(shape: Shape) -> Box:
    """Return the part of a pool or lane that its name stands in."""
    box = shape.box
    if shape.horizontal:
        return Box(box.x, box.y, min(HEAD, box.width), box.height)
    return Box(box.x, box.y, box.width, min(HEAD, box.height))


def _line(canvas: Canvas, box: Box, *, lying: bool) -> None:
    start = Point(box.right, box.y) if lying else Point(box.x, box.bottom)
    canvas.line((start, Point(box.right, box.bottom)))


def _name(canvas: Canvas, box: Box, name: str, *, lying: bool) -> None:
    if lying:
        names.upwards(canvas, box, name)
    else:
        names.inside(canvas, box, name)
