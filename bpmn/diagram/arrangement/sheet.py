"""A scope when it is arranged: what stands where, measured from its upper left corner."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bpmn.diagram.arrangement.cells import Cells
from bpmn.diagram.arrangement.grid import Grid
from bpmn.diagram.arrangement.lines import Lines
from bpmn.diagram.arrangement.routes import Routing, Side
from bpmn.diagram.arrangement.scope import Scope
from bpmn.diagram.arrangement.sizes import (
    BESIDE_EVENT,
    BORDER_NAME,
    EVENT,
    Room,
    name_height,
    room,
)
from bpmn.diagram.content import Content
from bpmn.diagram.geometry import Box, around
from bpmn.diagram.kinds import NAMED_OUTSIDE
from bpmn.diagram.lettering import LEADING
from bpmn.diagram.plane import Edge
from bpmn.diagram.shapes.names import BESIDE, USUAL_ROOM
from bpmn.diagram.shapes.swimlanes import HEAD

NARROW = 60.0
"""How wide a name stands left of an edge that leaves above."""


@dataclass(slots=True)
class Sheet:
    scope: Scope
    content: Content
    inside: Mapping[str, tuple[float, float]]
    """How large the open sub-processes are."""
    top: float
    """The room above the first row, for the name of a sub-process."""
    boxes: dict[str, Box] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    sides: dict[str, set[Side]] = field(default_factory=dict)
    """At which sides of an element edges leave and arrive."""
    edges: tuple[Edge, ...] = ()
    size: tuple[float, float] = (0, 0)

    def __post_init__(self) -> None:
        cells = Cells(self.scope)
        grid = Grid(cells, self._heads() * HEAD, self.top)
        routes = list(Routing(cells, grid).routes())
        for each in routes:
            self.sides.setdefault(each.arc.source, set()).add(each.start)
            self.sides.setdefault(each.arc.target, set()).add(each.end)
        grid.settle({key: self._room(key) for key in cells.column})
        self.size = grid.width, grid.height
        self.boxes = {key: grid.box(key) for key in cells.column}
        self._name()
        self._attach()
        self.boxes.update(self._swimlanes(grid))
        self.edges = tuple(map(Lines(grid, self.boxes).edge, routes))

    def _room(self, key: str) -> Room:
        element = self.content.elements[key]
        attached = [self.content.elements[each] for each in self.scope.attached.get(key, ())]
        above = self._is_named_above(key)
        return room(element, attached, self.inside.get(key), named_above=above)

    def _is_named_above(self, key: str) -> bool:
        """Tell whether a name must make way for what leaves or arrives below."""
        element = self.content.elements[key]
        return element.kind in NAMED_OUTSIDE and Side.BOTTOM in self.sides.get(key, ())

    def _name(self) -> None:
        """Set the names that stand above; beside the middle, where edges leave there as well."""
        for key, box in self.boxes.items():
            if self._is_named_above(key):
                beside = Side.TOP in self.sides[key]
                wide = NARROW if beside else USUAL_ROOM
                x = box.centre.x - wide - 6 if beside else box.centre.x - wide / 2
                height = name_height(self.content.elements[key].name, wide * 1.1)
                self.labels[key] = Box(x, box.y - height - 4, wide, height)

    def _attach(self) -> None:
        """Set boundary events on the lower border of their host, and their names right of what leaves them."""
        for host, there in self.scope.attached.items():
            box = self.boxes[host]
            for index, each in enumerate(there):
                x = box.x + BESIDE_EVENT + index * (EVENT + BESIDE_EVENT)
                event = Box(x, box.bottom - EVENT / 2, EVENT, EVENT)
                height = BESIDE * LEADING
                self.boxes[each] = event
                self.labels[each] = Box(event.centre.x + 6, event.bottom + 2, BORDER_NAME, height)

    def _swimlanes(self, grid: Grid) -> Iterator[tuple[str, Box]]:
        """Give the boxes of lanes, as high as the bands of all that is in them, and of pools."""
        within: dict[str, list[Box]] = {}
        for band, (begin, end) in zip(self.scope.bands, grid.bands, strict=True):
            for lane, depth in self._around(band.lane):
                left = (depth + bool(band.pool)) * HEAD
                box = Box(left, begin, grid.width - left, end - begin)
                within.setdefault(lane, []).append(box)
            if band.pool:
                box = Box(0, begin, grid.width, end - begin)
                within.setdefault(band.pool, []).append(box)
        for key, boxes in within.items():
            found = around(boxes)
            if found is not None:
                yield key, found

    def _heads(self) -> int:
        """Return how many names of pools and lanes stand beside one another at the left."""
        return max(
            (len(self._around(band.lane)) + bool(band.pool) for band in self.scope.bands),
            default=0,
        )

    def _around(self, lane: str) -> list[tuple[str, int]]:
        """Return a lane and those it stands in, with how many stand around each."""
        found = []
        element = self.content.get(lane)
        while element is not None and element.kind == "lane":
            found.append(element.id)
            element = self.content.get(element.scope)
        return [(each, len(found) - 1 - index) for index, each in enumerate(found)]
