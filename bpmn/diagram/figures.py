"""Which figure stands for which element: how it is drawn, where edges meet it, what is drawn over what."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from bpmn.diagram import docking
from bpmn.diagram.canvas import Canvas
from bpmn.diagram.content import Element
from bpmn.diagram.docking import Holds, Outline
from bpmn.diagram.kinds import (
    CHOREOGRAPHY,
    CONTAINERS,
    CONVERSATIONS,
    DATA,
    EDGES,
    NAMED_OUTSIDE,
    SWIMLANES,
)
from bpmn.diagram.plane import Shape
from bpmn.diagram.shapes import (
    activities,
    artifacts,
    choreography,
    data,
    events,
    gateways,
    names,
    swimlanes,
)
from bpmn.reader.tags import ACTIVITIES, EVENTS, GATEWAYS, TASKS

Draw = Callable[[Canvas, Shape, Element], None]

FIGURES: Mapping[str, Draw] = {
    **dict.fromkeys(EVENTS, events.draw),
    **dict.fromkeys(ACTIVITIES, activities.draw),
    **dict.fromkeys(GATEWAYS, gateways.draw),
    **dict.fromkeys(DATA | {"message"}, data.draw),
    **dict.fromkeys(CHOREOGRAPHY, choreography.draw_activity),
    **dict.fromkeys(CONVERSATIONS, choreography.draw_conversation),
    **dict.fromkeys(SWIMLANES, swimlanes.draw),
    "textAnnotation": artifacts.draw_note,
    "group": artifacts.draw_group,
}
OUTLINES: Mapping[str, Outline] = {
    **dict.fromkeys(EVENTS, docking.circle),
    **dict.fromkeys(GATEWAYS, docking.diamond),
    **dict.fromkeys(CONVERSATIONS, docking.hexagon),
}
FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(EVENTS, "event"),
    **dict.fromkeys(ACTIVITIES - TASKS, "activity"),
    **dict.fromkeys(TASKS, "task"),
    **dict.fromkeys(GATEWAYS, "gateway"),
    **dict.fromkeys(DATA, "data"),
    **dict.fromkeys(EDGES, "flow"),
    **dict.fromkeys(SWIMLANES, "swimlane"),
}
EDGES_LEVEL = 3
"""Edges are drawn over what is wide, and under what they lead to."""


def draw(canvas: Canvas, shape: Shape, element: Element) -> None:
    if shape.band:
        choreography.draw_band(canvas, shape, element)
        return
    FIGURES[element.kind](canvas, shape, element)
    if element.kind in NAMED_OUTSIDE:
        names.outside(canvas, shape.box, element.name, shape.label)


def level(shape: Shape, element: Element) -> tuple[int, int]:
    """Return what a shape is drawn after: what is wide comes first, what is outside before what is inside."""
    if shape.band:
        return EDGES_LEVEL + 2, 0
    if element.kind == "participant":
        return 0, element.depth
    if element.kind == "lane":
        return 1, element.depth
    if element.kind in CONTAINERS and shape.expanded:
        return 2, element.depth
    late = element.kind in {"boundaryEvent", "group", "textAnnotation"}
    return EDGES_LEVEL + (2 if late else 1), 0


def border(shape: Shape, element: Element) -> Holds:
    """Return the test of what lies within the border of a shape."""
    return partial(OUTLINES.get(element.kind, docking.rectangle), shape.box)


def classes(element: Element, shape: Shape | None = None) -> tuple[str, ...]:
    """Return the classes that the stylesheet and scripts know a kind of element by."""
    if shape is not None and shape.band:
        return "bpmn-element", "bpmn-band"
    kind = re.sub("([A-Z])", r"-\1", element.kind).lower()
    family = FAMILIES.get(element.kind)
    return tuple(dict.fromkeys(f"bpmn-{each}" for each in ("element", family, kind) if each))
