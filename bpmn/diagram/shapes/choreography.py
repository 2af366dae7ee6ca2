"""Choreography activities with a band for each participant, and conversations."""

from bpmn.diagram.canvas import BODY, LINE, SHADED, Canvas, number
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import activities, data, names

ENVELOPE = (36.0, 24.0)
APART = 14.0
"""How far an envelope stands from its band."""
DOTS = "1 4"
CALLED = "4"


def draw_activity(canvas: Canvas, shape: Shape, element: Element) -> None:
    called = {"stroke_width": CALLED} if element.kind == "callChoreography" else {}
    canvas.rectangle(shape.box, BODY, radius=activities.ROUNDING, **called)
    markers = [*activities.repeats(element)]
    if element.kind == "subChoreography" and not shape.expanded:
        markers.append("collapsed")
    inner = shape.inner or shape.box
    activities.row(canvas, inner, markers)
    if shape.expanded:
        names.on_top(canvas, inner, element.name)
    else:
        names.inside(canvas, inner, element.name, below=activities.MARKER if markers else 0)


def draw_band(canvas: Canvas, shape: Shape, element: Element) -> None:
    """The one who begins has a white band, the others a shaded one."""
    first, on_top = not shape.band.endswith("non_initiating"), shape.band.startswith("top")
    canvas.path(_band(shape), BODY if first else SHADED)
    several = Trait.PARALLEL in element.traits
    if several:
        activities.row(canvas, shape.box, [Trait.PARALLEL])
    names.inside(canvas, shape.box, element.name, below=activities.MARKER if several else 0)
    if shape.message:
        _message(canvas, shape.box, shaded=not first, above=on_top)


def draw_conversation(canvas: Canvas, shape: Shape, element: Element) -> None:
    called = {"stroke_width": CALLED} if element.kind == "callConversation" else {}
    canvas.polygon(corners(shape.box), BODY, **called)
    if element.kind == "subConversation":
        activities.row(canvas, shape.box, ["collapsed"])


def corners(box: Box) -> tuple[Point, ...]:
    middle, quarter = box.centre.y, box.width / 4
    return (
        Point(box.x, middle),
        Point(box.x + quarter, box.y),
        Point(box.right - quarter, box.y),
        Point(box.right, middle),
        Point(box.right - quarter, box.bottom),
        Point(box.x + quarter, box.bottom),
    )


def _band(shape: Shape) -> str:
    """Return an outline that is round where the activity is: above the first band, below the last."""
    box = shape.box
    rounding = min(activities.ROUNDING, box.height / 2, box.width / 2)
    above = rounding if shape.band.startswith("top") else 0.0
    below = rounding if shape.band.startswith("bottom") else 0.0
    x, y, right, bottom = box.x, box.y, box.right, box.bottom
    return (
        f"M{number(x)} {number(y + above)}Q{number(x)} {number(y)} {number(x + above)} {number(y)}"
        f"H{number(right - above)}Q{number(right)} {number(y)} {number(right)} {number(y + above)}"
        f"V{number(bottom - below)}Q{number(right)} {number(bottom)} {number(right - below)} {number(bottom)}"
        f"H{number(x + below)}Q{number(x)} {number(bottom)} {number(x)} {number(bottom - below)}Z"
    )


def _message(canvas: Canvas, box: Box, *, shaded: bool, above: bool) -> None:
    width, height = ENVELOPE
    x = box.centre.x - width / 2
    y = box.y - APART - height if above else box.bottom + APART
    border, edge = (box.y, y + height) if above else (box.bottom, y)
    ends = (Point(box.centre.x, border), Point(box.centre.x, edge))
    canvas.line(ends, LINE, stroke_dasharray=DOTS)
    data.envelope(canvas, Box(x, y, width, height), shaded=shaded)
