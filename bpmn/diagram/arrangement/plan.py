"""The diagram of a model that brings none."""

from bpmn.diagram.arrangement.scope import TOP, Scopes
from bpmn.diagram.arrangement.sheet import Sheet
from bpmn.diagram.content import Content
from bpmn.diagram.geometry import Box, Point, middle
from bpmn.diagram.kinds import ASSOCIATIONS
from bpmn.diagram.limits import MAX_DRAWN
from bpmn.diagram.plane import Edge, Plane, Shape

NAME = 26.0
"""The room of a sub-process's name, above what is in it."""
MARKERS = 20.0
"""The room of its markers, below."""


def arrange(content: Content) -> Plane:
    """Set all that can be drawn from left to right; what is beyond the limit of a diagram is left out."""
    scopes = Scopes(content)
    sheets: dict[str, Sheet] = {}
    inside: dict[str, tuple[float, float]] = {}
    for scope in scopes.deepest_first():
        sheet = Sheet(scope, content, inside, NAME if scope.id != TOP else 0)
        sheets[scope.id] = sheet
        inside[scope.id] = sheet.size[0], sheet.size[1] + MARKERS
    shapes, edges = _laid_out(sheets)
    boxes = {each.element_id: each.box for each in shapes}
    lines = {each.element_id: each.points for each in edges}
    edges += _associations(content, boxes, lines)
    kept = shapes[:MAX_DRAWN]
    led = edges[: MAX_DRAWN - len(kept)]
    left_out = len(shapes) + len(edges) - len(kept) - len(led) + content.left_out
    return Plane(_about(content), tuple(kept), tuple(led), left_out)


def _laid_out(sheets: dict[str, Sheet]) -> tuple[list[Shape], list[Edge]]:
    """Put each sheet where its sub-process stands, from the outside to the inside."""
    shapes: list[Shape] = []
    edges: list[Edge] = []
    waiting = [(TOP, 0.0, 0.0)]
    while waiting:
        key, x, y = waiting.pop()
        sheet = sheets[key]
        for each, box in sheet.boxes.items():
            label = sheet.labels.get(each)
            placed, named = box.moved(x, y), label.moved(x, y) if label else None
            shapes.append(Shape(each, placed, named, expanded=each in sheets))
            if each in sheets:
                waiting.append((each, placed.x, placed.y))
        edges += [_moved(each, x, y) for each in sheet.edges]
    return shapes, edges


def _moved(edge: Edge, x: float, y: float) -> Edge:
    label = edge.label.moved(x, y) if edge.label else None
    return Edge(edge.element_id, tuple(each.moved(x, y) for each in edge.points), label)


def _associations(
    content: Content, boxes: dict[str, Box], lines: dict[str, tuple[Point, ...]]
) -> list[Edge]:
    """Draw associations straight from middle to middle; where they meet borders is seen to later."""
    found = []
    for each in content.elements.values():
        if each.kind in ASSOCIATIONS:
            ends = [_middle(key, boxes, lines) for key in (each.source, each.target)]
            start, end = ends
            if start is not None and end is not None and start != end:
                found.append(Edge(each.id, (start, end)))
    return found


def _middle(key: str, boxes: dict[str, Box], lines: dict[str, tuple[Point, ...]]) -> Point | None:
    if key in boxes:
        return boxes[key].centre
    return middle(lines[key])[0] if key in lines else None


def _about(content: Content) -> str:
    """Return the collaboration that is drawn, else the first process."""
    kinds = ("collaboration", "process", "choreography")
    found = (each for kind in kinds for each in content.elements.values() if each.kind == kind)
    return next((each.id for each in found), "")
