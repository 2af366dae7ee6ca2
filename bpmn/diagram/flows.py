"""Edges: how each kind of line begins, runs and ends."""

from collections.abc import Sequence
from typing import Final

from bpmn.diagram import lettering
from bpmn.diagram.canvas import BODY, KNOCKED_OUT, LABEL, LINE, SOLID, Canvas
from bpmn.diagram.content import Content, Element, Trait
from bpmn.diagram.geometry import Box, Point, distance, middle
from bpmn.diagram.kinds import ASSOCIATIONS
from bpmn.diagram.limits import MAX_NAME
from bpmn.diagram.plane import Edge
from bpmn.diagram.shapes import data, names
from bpmn.reader.tags import ACTIVITIES

HEAD = (11.0, 4.5)
"""Length, and half the width, of an arrowhead."""
OPEN_HEAD = (9.0, 5.0)
DASHES: Final = "8 5"
DOTS: Final = "1 5"
ENVELOPE = (24.0, 16.0)


def draw(canvas: Canvas, edge: Edge, element: Element, content: Content) -> None:
    """Draw an edge whose points already lie on the borders of what it joins."""
    if element.kind == "messageFlow":
        _message_flow(canvas, edge)
    elif element.kind in ASSOCIATIONS:
        _association(canvas, edge.points, element)
    elif element.kind == "conversationLink":
        canvas.way(edge.points, LINE, stroke_width="5")
        canvas.way(edge.points, KNOCKED_OUT, stroke_width="2")
    else:
        _sequence_flow(canvas, edge.points, element, content.get(element.source))
    if element.kind not in ASSOCIATIONS:
        _name(canvas, edge, element.name)


def _sequence_flow(
    canvas: Canvas, points: Sequence[Point], element: Element, source: Element | None
) -> None:
    canvas.way(shortened(points, HEAD[0] - 1), LINE)
    canvas.polygon(_head(points, HEAD), SOLID, stroke="none")
    if Trait.DEFAULT in element.traits:
        canvas.line(_slash(points))
    elif Trait.CONDITIONAL in element.traits and source is not None and source.kind in ACTIVITIES:
        canvas.polygon(_diamond(points), BODY)


def _message_flow(canvas: Canvas, edge: Edge) -> None:
    start = edge.points[0].towards(edge.points[1], 4)
    canvas.way(shortened(edge.points, HEAD[0]), LINE, stroke_dasharray=DASHES)
    canvas.circle(start, 4, BODY)
    canvas.polygon(_head(edge.points, HEAD), BODY)
    if edge.message:
        place, _ = middle(edge.points)
        width, height = ENVELOPE
        box = Box(place.x - width / 2, place.y - height / 2, width, height)
        data.envelope(canvas, box, shaded=edge.message == "non_initiating")


def _association(canvas: Canvas, points: Sequence[Point], element: Element) -> None:
    canvas.way(points, LINE, stroke_dasharray=DOTS)
    if Trait.TO_TARGET in element.traits:
        canvas.line(_head(points, OPEN_HEAD))
    if Trait.TO_SOURCE in element.traits:
        canvas.line(_head(points[::-1], OPEN_HEAD))


def _name(canvas: Canvas, edge: Edge, name: str) -> None:
    """Write the name where the diagram says, else at the middle: above a lying line, beside an upright one."""
    place, way = middle(edge.points)
    if not name:
        return
    if edge.label is not None:
        names.outside(canvas, Box(place.x, place.y, 0, 0), name, edge.label)
        return
    short = lettering.clipped(" ".join(name.split()), MAX_NAME)
    lines = lettering.cut(lettering.lines(short, names.USUAL_ROOM, names.BESIDE), names.LINES)
    height = len(lines) * names.BESIDE * lettering.LEADING
    if abs(way.x) >= abs(way.y):
        canvas.text(lines, place.moved(0, -height - 3), names.BESIDE, look=LABEL)
    else:
        top = place.moved(6, -height / 2)
        canvas.text(lines, top, names.BESIDE, look=LABEL, anchor="start")


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """Return the line without its last bit, which is under the arrowhead."""
    last = min(by, distance(points[-2], points[-1]))
    return (*points[:-1], points[-1].towards(points[-2], last))


def _head(points: Sequence[Point], size: tuple[float, float]) -> tuple[Point, ...]:
    tip = points[-1]
    before = next((each for each in points[-2::-1] if distance(each, tip) > 0.01), tip)
    return tuple(
        _aside(tip, before, along, aside)
        for along, aside in ((size[0], size[1]), (0.0, 0.0), (size[0], -size[1]))
    )


def _slash(points: Sequence[Point]) -> tuple[Point, Point]:
    return (_aside(points[0], points[1], 5, 5), _aside(points[0], points[1], 11, -5))


def _diamond(points: Sequence[Point]) -> tuple[Point, ...]:
    corners = ((0, 0), (8, 5), (16, 0), (8, -5))
    return tuple(_aside(points[0], points[1], *each) for each in corners)


def _aside(start: Point, towards: Point, along: float, aside: float) -> Point:
    """Return the place so far on the way to another, and so far beside that way."""
    length = distance(start, towards) or 1
    x, y = (towards.x - start.x) / length, (towards.y - start.y) / length
    return Point(start.x + x * along - y * aside, start.y + y * along + x * aside)
