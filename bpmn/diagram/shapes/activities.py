"""Activities: a rounded box with its name, an icon for who does it, and markers for how often."""

from collections.abc import Iterator

from bpmn.diagram import icons
from bpmn.diagram.canvas import BODY, LINE, Canvas
from bpmn.diagram.content import Element, Trait
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.kinds import CONTAINERS
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import events, names
from bpmn.reader.tags import GLOBAL_TASKS

ROUNDING = 8.0
ICON = 20.0
"""The room of an icon, with the space around it."""
MARKER = 18.0
"""The room of a marker; it stands a little above the border."""
CALLED = "4"
DOTS = "1 4"


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    _border(canvas, shape.box, element)
    markers = [*_markers(shape, element)]
    row(canvas, shape.box, markers)
    below = max(MARKER + 3 if markers else 0, shape.covered)
    corner = _corner(canvas, shape, element)
    if shape.expanded:
        names.on_top(canvas, shape.box, element.name, beside=corner)
    else:
        names.inside(canvas, shape.box, element.name, corner=corner, below=below)


def row(canvas: Canvas, box: Box, markers: list[str]) -> None:
    """Draw markers side by side at the lower border of a box."""
    scale = min(1.0, box.height / 40)
    place = box.centre.x - (len(markers) - 1) * MARKER * scale / 2
    for each in markers:
        spot = Point(place, box.bottom - (MARKER / 2 + 3) * scale)
        icons.draw(canvas.at(spot, scale), icons.MARKERS[each], filled=False)
        place += MARKER * scale


def repeats(element: Element) -> Iterator[str]:
    for trait in (Trait.LOOP, Trait.PARALLEL, Trait.SEQUENTIAL, Trait.COMPENSATION):
        if trait in element.traits:
            yield trait


def is_closed(shape: Shape, element: Element) -> bool:
    """Tell whether there is more to see than the shape shows."""
    if element.kind == "callActivity":
        return not shape.expanded and element.called not in GLOBAL_TASKS
    return element.kind in CONTAINERS and not shape.expanded


def _border(canvas: Canvas, box: Box, element: Element) -> None:
    if element.kind == "callActivity":
        canvas.rectangle(box.inset(1), BODY, radius=ROUNDING, stroke_width=CALLED)
    elif Trait.BY_EVENT in element.traits:
        canvas.rectangle(box, BODY, radius=ROUNDING, stroke_dasharray=DOTS)
    else:
        canvas.rectangle(box, BODY, radius=ROUNDING)
    if element.kind == "transaction":
        canvas.rectangle(box.inset(3), LINE, radius=ROUNDING - 2)


def _markers(shape: Shape, element: Element) -> Iterator[str]:
    yield from repeats(element)
    if is_closed(shape, element):
        yield "collapsed"
    if element.kind == "adHocSubProcess":
        yield "adHoc"


def _corner(canvas: Canvas, shape: Shape, element: Element) -> float:
    """Draw what stands in the upper left corner; return how much room it takes there."""
    corner = Point(shape.box.x, shape.box.y)
    if Trait.BY_EVENT in element.traits and not shape.expanded:
        events.small(canvas, corner.moved(14, 14), 8, element)
        return ICON + 4
    kind = GLOBAL_TASKS.get(element.called, element.kind)
    icon = icons.TASKS.get(kind)
    if kind == "receiveTask" and Trait.INSTANTIATING in element.traits:
        icon = icons.RECEIVE_AND_START
    if icon is None:
        return 0
    icons.draw(canvas.at(corner.moved(5, 5)), icon, filled=kind == "sendTask")
    return ICON + 3
