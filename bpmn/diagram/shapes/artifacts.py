"""What is written beside the flow: notes, and frames around what belongs together."""

from bpmn.diagram.canvas import LINE, Canvas
from bpmn.diagram.content import Element
from bpmn.diagram.geometry import Point
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import names

BRACKET = 10.0
DASHES_AND_DOTS = "8 4 1 4"


def draw_note(canvas: Canvas, shape: Shape, element: Element) -> None:
    box = shape.box
    end = min(box.x + BRACKET, box.right)
    canvas.line(
        (
            Point(end, box.y),
            Point(box.x, box.y),
            Point(box.x, box.bottom),
            Point(end, box.bottom),
        )
    )
    names.note(canvas, box, element.name)


def draw_group(canvas: Canvas, shape: Shape, element: Element) -> None:
    canvas.rectangle(shape.box, LINE, radius=10, stroke_dasharray=DASHES_AND_DOTS)
    if shape.label is None:
        names.on_top(canvas, shape.box, element.name)
    else:
        names.outside(canvas, shape.box, element.name, shape.label)
