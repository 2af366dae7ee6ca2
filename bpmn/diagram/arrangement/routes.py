"""
Which way each edge takes through the grid.

An edge leaves an element at its right, runs along its own row or that of its target where nothing stands there,
and arrives at the left. From a gateway it goes up or down at once, if it can. Where something is in the way, and
for ways back, it leaves above, through a channel. What leaves a boundary event goes down first; messages leave
and arrive from above or below.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from bpmn.diagram import lettering
from bpmn.diagram.arrangement.cells import Cells
from bpmn.diagram.arrangement.grid import Grid
from bpmn.diagram.arrangement.scope import Arc
from bpmn.diagram.shapes.names import BESIDE, USUAL_ROOM

LONGEST_RUN = 50
"""Cells that an edge crosses along a row; a longer one takes a channel."""


class Side(Enum):
    RIGHT = auto()
    LEFT = auto()
    TOP = auto()
    BOTTOM = auto()


@dataclass(frozen=True, slots=True)
class Leg:
    """A way along a gap, which is upright, or along a channel, which lies."""

    upright: bool
    place: int
    key: str


@dataclass(frozen=True, slots=True)
class Route:
    arc: Arc
    start: Side
    legs: tuple[Leg, ...]
    end: Side
    named_in: int | None = None
    """The gap in which the name stands, on the line of the source or the target."""
    named_at_target: bool = False


@dataclass(slots=True)
class Routing:
    cells: Cells
    grid: Grid
    taken: set[tuple[int, int]] = field(default_factory=set)
    """The cells in which something stands."""
    crossed: dict[tuple[int, int], str] = field(default_factory=dict)
    """The element whose edges cross a cell."""
    leaving: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.taken = {(column, self.cells.row[key]) for key, column in self.cells.column.items()}
        for arc in self.cells.scope.arcs:
            self.leaving[arc.source] = self.leaving.get(arc.source, 0) + int(not arc.message)

    def routes(self) -> Iterator[Route]:
        """Find the way of each edge and ask for the tracks on it."""
        for arc in self.cells.scope.arcs:
            route = self._route(arc)
            self._want(route)
            yield route

    def _route(self, arc: Arc) -> Route:
        if arc.message:
            return self._message(arc)
        if arc.source in self.cells.hosts:
            return self._from_border(arc)
        (column, row), (column_to, row_to) = self.cells.ends(arc)
        if row == row_to:
            if self._crosses(row, column + 1, column_to, arc.source):
                return Route(arc, Side.RIGHT, (), Side.LEFT, named_in=column + 1)
            return Route(arc, Side.TOP, (_in_channel(row, arc.id),), Side.TOP)
        if column < column_to:
            found = self._forward(arc, (column, row), (column_to, row_to))
            if found is not None:
                return found
        legs = (_in_channel(row, arc.id), _in_gap(column_to, _to(arc)))
        return Route(arc, Side.TOP, legs, Side.LEFT)

    def _forward(self, arc: Arc, at: tuple[int, int], to: tuple[int, int]) -> Route | None:
        """Find a way with one upright part: after the source, where ways part, else before the target."""
        (column, row), (column_to, row_to) = at, to
        if arc.source in self.cells.scope.gateways and self.leaving[arc.source] > 1:
            down = row < row_to
            corner = Side.BOTTOM if down else Side.TOP
            if self._turns(arc, at, to):
                return Route(arc, corner, (), Side.LEFT, column + 1, named_at_target=True)
            beside = _in_channel(row + 1 if down else row, arc.id)
            return Route(arc, corner, (beside, _in_gap(column_to, _to(arc))), Side.LEFT)
        parting = _in_gap(column + 1, _from(arc))
        early = Route(arc, Side.RIGHT, (parting,), Side.LEFT, column + 1, named_at_target=True)
        late = Route(arc, Side.RIGHT, (_in_gap(column_to, _to(arc)),), Side.LEFT, column + 1)
        forks = self.leaving[arc.source] > 1 or bool(arc.name)
        if column_to == column + 1:
            return early if forks else late
        for route in (early, late) if forks else (late, early):
            line, owner = (row_to, arc.target) if route is early else (row, arc.source)
            if self._crosses(line, column + 1, column_to, owner):
                return route
        return None

    def _from_border(self, arc: Arc) -> Route:
        (column, row), (column_to, row_to) = self.cells.ends(arc)
        if row < row_to and self._turns(arc, (column, row), (column_to, row_to)):
            return Route(arc, Side.BOTTOM, (), Side.LEFT)
        below = _in_channel(row + 1, arc.id)
        if column == column_to and row_to == row + 1:
            return Route(arc, Side.BOTTOM, (below,), Side.TOP)
        return Route(arc, Side.BOTTOM, (below, _in_gap(column_to, _to(arc))), Side.LEFT)

    def _message(self, arc: Arc) -> Route:
        (column, row), (column_to, row_to) = self.cells.ends(arc)
        if row == row_to:
            return Route(arc, Side.TOP, (_in_channel(row, arc.id),), Side.TOP)
        down = row < row_to
        start, end = (Side.BOTTOM, Side.TOP) if down else (Side.TOP, Side.BOTTOM)
        near = _in_channel(row + 1 if down else row, arc.id)
        far = _in_channel(row_to if down else row_to + 1, arc.id)
        if self._falls(column, row, row_to):
            return Route(arc, start, () if column == column_to else (far,), end)
        if self._falls(column_to, row, row_to):
            return Route(arc, start, (near,), end)
        legs = [_in_gap(column + 1, arc.id)]
        if arc.source not in self.cells.pools:
            legs.insert(0, near)
        if arc.target not in self.cells.pools:
            legs.append(far)
        return Route(arc, start, tuple(legs), end)

    def _turns(self, arc: Arc, at: tuple[int, int], to: tuple[int, int]) -> bool:
        """Tell whether an edge can go up or down in its own column, and then along the row of its target."""
        (column, row), (column_to, row_to) = at, to
        return (
            column < column_to
            and self._falls(column, row, row_to)
            and self._crosses(row_to, column, column_to, arc.target)
        )

    def _crosses(self, row: int, start: int, end: int, owner: str) -> bool:
        """Tell whether a row is free for the edges of one element, and keep it for them."""
        if not 0 <= end - start <= LONGEST_RUN:
            return False
        way = [(column, row) for column in range(start, end)]
        if any(each in self.taken or self.crossed.get(each, owner) != owner for each in way):
            return False
        self.crossed.update(dict.fromkeys(way, owner))
        return True

    def _falls(self, column: int, row: int, row_to: int) -> bool:
        """Tell whether nothing stands in a column between two rows."""
        low, high = min(row, row_to) + 1, max(row, row_to)
        if high - low > LONGEST_RUN:
            return False
        return all((column, each) not in self.taken for each in range(low, high))

    def _want(self, route: Route) -> None:
        (x, y), last = ([2 * each + 1 for each in end] for end in self.cells.ends(route.arc))
        for index, leg in enumerate(route.legs):
            goes_on = index + 1 < len(route.legs)
            if leg.upright:
                until = 2 * route.legs[index + 1].place if goes_on else last[1]
                self.grid.gaps.want(leg.place, leg.key, y, until)
                if index == 0:
                    self.grid.gaps.meet(leg.place, leg.key, y, before=x < 2 * leg.place)
                if not goes_on:
                    self.grid.gaps.meet(leg.place, leg.key, until, before=last[0] < 2 * leg.place)
                x = 2 * leg.place
            else:
                until = 2 * route.legs[index + 1].place if goes_on else last[0]
                self.grid.channels.want(leg.place, leg.key, x, until)
                y = 2 * leg.place
        if route.named_in is not None and route.arc.name:
            wide = min(lettering.width(route.arc.name, BESIDE) + 8, USUAL_ROOM)
            names = self.grid.names
            names[route.named_in] = max(names.get(route.named_in, 0), wide)


def _in_gap(gap: int, key: str) -> Leg:
    return Leg(upright=True, place=gap, key=key)


def _in_channel(channel: int, key: str) -> Leg:
    return Leg(upright=False, place=channel, key=key)


def _from(arc: Arc) -> str:
    return f"from {arc.source}"


def _to(arc: Arc) -> str:
    return f"to {arc.target}"
