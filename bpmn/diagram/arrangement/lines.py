"""From the way of an edge through the grid to the points on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpmn.diagram import lettering
from bpmn.diagram.arrangement.grid import Grid
from bpmn.diagram.arrangement.routes import Leg, Route, Side
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.lettering import LEADING
from bpmn.diagram.plane import Edge
from bpmn.diagram.shapes.names import BESIDE, USUAL_ROOM

ASIDE = 8.0
"""How far from the middle of an upper border edges leave and arrive, so that they can be told apart."""
MESSAGE_ASIDE = 12.0
ABOVE = 3.0
"""How far a name stands above its line."""


@dataclass(frozen=True, slots=True)
class Lines:
    grid: Grid
    boxes: Mapping[str, Box]

    def edge(self, route: Route) -> Edge:
        points = self._points(route)
        return Edge(route.arc.id, points, label=self._label(route, points))

    def _points(self, route: Route) -> tuple[Point, ...]:
        start, end = self._ends(route)
        points = [start]
        for leg in route.legs:
            at = points[-1]
            points.append(Point(self._x(leg), at.y) if leg.upright else Point(at.x, self._y(leg)))
        at = points[-1]
        upright = route.legs[-1].upright if route.legs else route.start in {Side.TOP, Side.BOTTOM}
        corner = Point(at.x, end.y) if upright else Point(end.x, at.y)
        return _without_doubles((*points, corner, end))

    def _ends(self, route: Route) -> tuple[Point, Point]:
        target = self.boxes[self.grid.cells.cell_of(route.arc.target)]
        if route.arc.message:
            return self._ends_of_message(route)
        aside = ASIDE if route.end is Side.TOP and route.start is Side.TOP else 0
        start = _port(self.boxes[route.arc.source], route.start, aside)
        return start, _port(target, route.end, -aside)

    def _ends_of_message(self, route: Route) -> tuple[Point, Point]:
        """A message to or from a pool goes straight through its border."""
        arc, legs, pools = route.arc, route.legs, self.grid.cells.pools
        aside = MESSAGE_ASIDE if route.start is Side.TOP else -MESSAGE_ASIDE
        start = _port(self.boxes[arc.source], route.start, aside)
        end = _port(self.boxes[arc.target], route.end, aside)
        if arc.source in pools:
            other = Point(self.grid.middles[0], 0) if arc.target in pools else end
            start = Point(self._x(legs[0]) if legs and legs[0].upright else other.x, start.y)
        if arc.target in pools:
            end = Point(self._x(legs[-1]) if legs and legs[-1].upright else start.x, end.y)
        return start, end

    def _label(self, route: Route, points: Sequence[Point]) -> Box | None:
        """Return the room of a name in the gap where its edge has parted from others, above the line."""
        if not route.arc.name:
            return None
        gap = route.named_in
        if gap is None:
            return self._label_on_channel(route, points)
        wide = min(self.grid.names[gap], USUAL_ROOM)
        y = points[-1].y if route.named_at_target else points[0].y
        lines = len(lettering.lines(lettering.clipped(route.arc.name, 400), wide * 1.1, BESIDE))
        height = lines * BESIDE * LEADING
        return Box(self.grid.gap_sides[gap][1] - wide - 10, y - height - ABOVE, wide, height)

    def _label_on_channel(self, route: Route, points: Sequence[Point]) -> Box | None:
        """Return the room of a name on the part of its edge that lies in a channel."""
        for index, leg in enumerate(route.legs):
            if not leg.upright:
                ends = points[index + 1 : index + 3]
                wide = max(USUAL_ROOM, abs(ends[0].x - ends[-1].x) - 20)
                wide = min(wide, lettering.width(lettering.clipped(route.arc.name, 400), BESIDE))
                x, height = (ends[0].x + ends[-1].x - wide) / 2, BESIDE * LEADING
                return Box(x, ends[0].y - height - 1, wide, height)
        return None

    def _x(self, leg: Leg) -> float:
        return self.grid.in_gap(leg.place, leg.key)

    def _y(self, leg: Leg) -> float:
        return self.grid.in_channel(leg.place, leg.key)


def _port(box: Box, side: Side, aside: float) -> Point:
    """Return the middle of a side; on an upper or lower one, a little beside it."""
    if side is Side.RIGHT:
        return Point(box.right, box.centre.y)
    if side is Side.LEFT:
        return Point(box.x, box.centre.y)
    return Point(box.centre.x + aside, box.y if side is Side.TOP else box.bottom)


def _without_doubles(points: Sequence[Point]) -> tuple[Point, ...]:
    kept = list(points[:1])
    for each in points[1:]:
        if each != kept[-1]:
            kept.append(each)
    return tuple(kept) if len(kept) > 1 else (points[0], points[0].moved(1, 0))
