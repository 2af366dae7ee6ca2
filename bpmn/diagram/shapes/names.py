"""Where the name of a shape stands: in it, on top in it, along its side, or below it."""

from bpmn.diagram import lettering
from bpmn.diagram.canvas import LABEL, TEXT, Canvas
from bpmn.diagram.geometry import Box, Point, distance
from bpmn.diagram.lettering import LEADING
from bpmn.diagram.limits import MAX_NAME, MAX_NOTE

INSIDE = (12.0, 11.0, 10.0, 9.0)
"""Sizes of letters, in the order they are tried."""
OVER = 5.0
"""How far the air above letters may reach beside an icon."""
BESIDE = 11.0
PADDING = 6.0
USUAL_ROOM = 90.0
"""How wide a name stands that has no room of its own."""
LINES = 8
"""How many lines a name beside a shape takes."""
NEAR = 200.0
"""How far a place without a size may lie from its shape and still be meant."""


def inside(canvas: Canvas, box: Box, name: str, *, corner: float = 0, below: float = 0) -> None:
    """Write a name in the middle of its box, clear of the icon in its corner and the markers below."""
    name = _short(name)
    if not name:
        return
    room, whole = box.width - 2 * PADDING, box.height - below
    size, lines = lettering.fitted(name, (room, whole - 6), INSIDE)
    free = (whole - size * LEADING * len(lines)) / 2
    widest = lettering.width(lines[0], size) / 2
    if free < corner - 3 and box.width / 2 - widest < corner:
        size, lines = lettering.fitted(name, (room, whole - corner + OVER), INSIDE)
        free = max(2, min(corner - 3, whole - 1 - size * LEADING * len(lines)))
    canvas.text(lines, Point(box.centre.x, box.y + free), size)


def on_top(canvas: Canvas, box: Box, name: str, *, beside: float = 0) -> None:
    """Write a name along the upper border, inside."""
    name = _short(name)
    if name:
        room = box.width - 2 * PADDING - 2 * beside
        lines = lettering.cut(lettering.lines(name, max(room, BESIDE), INSIDE[0]), 2)
        canvas.text(lines, Point(box.centre.x, box.y + 5), INSIDE[0])


def upwards(canvas: Canvas, box: Box, name: str) -> None:
    """Write a name in the middle of a narrow box, running upwards."""
    name = _short(name)
    if name:
        size, lines = lettering.fitted(name, (box.height - PADDING, box.width), INSIDE)
        top = -size * LEADING * len(lines) / 2
        canvas.turned(box.centre).text(lines, Point(0, top), size)


def note(canvas: Canvas, box: Box, text: str) -> None:
    """Write a longer text from the upper left corner of its box."""
    text = lettering.clipped(text.strip(), MAX_NOTE)
    if text:
        size, lines = lettering.fitted(
            text, (box.width - PADDING - 4, max(box.height - 4, INSIDE[-1])), INSIDE
        )
        canvas.text(lines, Point(box.x + PADDING, box.y + 4), size, look=TEXT, anchor="start")


def outside(canvas: Canvas, box: Box, name: str, place: Box | None) -> None:
    """Write a name beside its shape: where the diagram says, else below."""
    name = _short(name)
    if not name:
        return
    if place is None or _is_lost(place, box):
        place = Box(box.centre.x, box.bottom + 4, 0, 0)
    room = max(place.width * 1.1 + PADDING, 30.0) if place.width else USUAL_ROOM
    lines = lettering.cut(lettering.lines(name, room, BESIDE), LINES)
    top = place.y
    if place.height and place.bottom <= box.y + 2:  # what stands on a shape grows upwards
        top = place.bottom - len(lines) * BESIDE * LEADING
    canvas.text(lines, Point(place.centre.x, top), BESIDE, look=LABEL)


def _short(name: str) -> str:
    return lettering.clipped(" ".join(name.split()), MAX_NAME)


def _is_lost(place: Box, box: Box) -> bool:
    """Tell whether a place without a size is none: some tools write zeros where they know nothing."""
    return not place.width and distance(place.centre, box.centre) > NEAR + box.width
