"""Data: a sheet for what is kept in a case, a drum for what stays, an envelope for what is sent."""

from bpmn.diagram import icons
from bpmn.diagram.canvas import BODY, LINE, SHADED, Canvas, number
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.kinds import STORES
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import activities

ARROW = "M0 4H7V0L14 7L7 14V10H0Z"


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    if element.kind == "message":
        envelope(canvas, shape.box)
    elif element.kind in STORES:
        _drum(canvas, shape.box)
    else:
        _sheet(canvas, shape.box)
        _arrow(canvas, shape.box, element.kind)
        if Trait.COLLECTION in element.traits:
            activities.row(canvas, shape.box, [Trait.PARALLEL])


def envelope(canvas: Canvas, box: Box, *, shaded: bool = False) -> None:
    canvas.rectangle(box, SHADED if shaded else BODY)
    corners = (Point(box.x, box.y), box.centre.moved(0, box.height * 0.1), Point(box.right, box.y))
    canvas.line(corners)


def _sheet(canvas: Canvas, box: Box) -> None:
    fold = min(box.width, box.height) * 0.3
    outline = (
        Point(box.x, box.y),
        Point(box.right - fold, box.y),
        Point(box.right, box.y + fold),
        Point(box.right, box.bottom),
        Point(box.x, box.bottom),
    )
    canvas.polygon(outline, BODY)
    canvas.line((outline[1], Point(box.right - fold, box.y + fold), outline[2]))


def _arrow(canvas: Canvas, box: Box, kind: str) -> None:
    """An input has an empty arrow, an output a filled one."""
    if kind in {"dataInput", "dataOutput"}:
        icons.draw(
            canvas.at(Point(box.x + 3, box.y + 3)), icons.Icon(ARROW), filled=kind == "dataOutput"
        )


def _drum(canvas: Canvas, box: Box) -> None:
    lid = min(box.height * 0.2, 12.0)
    left, right, top, bottom = box.x, box.right, box.y + lid / 2, box.bottom - lid / 2
    arc = f"A{number(box.width / 2)} {number(lid / 2)} 0 0"
    up, down = f"{number(right)} {number(top)}", f"{number(left)} {number(bottom)}"
    canvas.path(f"M{number(left)} {number(top)}{arc} 1 {up}V{number(bottom)}{arc} 1 {down}Z", BODY)
    for each in range(3):
        y = number(top + each * lid * 0.5)
        canvas.path(f"M{number(left)} {y}{arc} 0 {number(right)} {y}", LINE)
