"""In which cell of the grid each element of a scope stands."""

from dataclasses import dataclass, field
from math import ceil, sqrt

from bpmn.diagram.arrangement.layers import columns
from bpmn.diagram.arrangement.scope import Arc, Scope

Cell = tuple[int, int]


@dataclass(slots=True)
class Cells:
    scope: Scope
    hosts: dict[str, str] = field(default_factory=dict)
    """The host of each boundary event."""
    column: dict[str, int] = field(default_factory=dict)
    row: dict[str, int] = field(default_factory=dict)
    first_rows: list[int] = field(default_factory=lambda: [0])
    """The first row of each band, and after them how many rows there are."""
    leading: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    """What leads to each element: from where, how many rows lower it should stand, and its place in the file."""
    artifacts: dict[int, list[str]] = field(default_factory=dict)
    """The data and notes of each band."""
    band: dict[str, int] = field(default_factory=dict)
    pools: dict[str, Cell] = field(default_factory=dict)
    """The first and the last row of each pool."""

    def __post_init__(self) -> None:
        bands = self.scope.bands
        self.hosts = {each: host for host, there in self.scope.attached.items() for each in there}
        self.band = {each: index for index, band in enumerate(bands) for each in band.nodes}
        arcs = [each for each in self.scope.arcs if not each.message]
        for place, arc in enumerate(arcs):
            source, lower = self.cell_of(arc.source), int(arc.source in self.hosts)
            self.leading.setdefault(arc.target, []).append((source, lower, place))
        for each, partner in self.scope.artifacts.items():
            self.artifacts.setdefault(self.band.get(partner, len(bands) - 1), []).append(each)
        nodes = [each for band in bands for each in band.nodes]
        ends = [(self.cell_of(each.source), self.cell_of(each.target)) for each in arcs]
        self.column = columns(nodes, ends)
        wide = max(self.column.values(), default=0) + 1
        for index, band in enumerate(bands):
            self._fill(index, band.nodes, wide)
            first = self.pools.get(band.pool, (self.first_rows[-2], 0))[0]
            self.pools[band.pool] = (first, self.first_rows[-1] - 1)

    def ends(self, arc: Arc) -> tuple[Cell, Cell]:
        """Return column and row where an edge begins and ends; a pool is met where the other end is near."""
        one, other = self._cell(arc.source), self._cell(arc.target)
        if one and other:
            return one, other
        if one:
            return one, (one[0], self._edge_row(arc.target, one[1]))
        if other:
            return (other[0], self._edge_row(arc.source, other[1])), other
        row = self._edge_row(arc.source, self.pools[arc.target][0])
        return (0, row), (0, self._edge_row(arc.target, row))

    def _cell(self, key: str) -> Cell | None:
        cell = self.cell_of(key)
        return (self.column[cell], self.row[cell]) if cell in self.column else None

    def _edge_row(self, pool: str, near: int) -> int:
        first, last = self.pools[pool]
        return last if near > last else first

    @property
    def columns(self) -> int:
        return max(self.column.values(), default=0) + 1

    def cell_of(self, key: str) -> str:
        """Return the element in whose cell this one stands."""
        return self.hosts.get(key, key)

    def _fill(self, band: int, nodes: tuple[str, ...], wide: int) -> None:
        first = self.first_rows[-1]
        connected: dict[int, list[str]] = {}
        for each in nodes:
            if each in self.column:
                connected.setdefault(self.column[each], []).append(each)
        lowest = {
            column: self._fill_column(band, connected[column], first)
            for column in sorted(connected)
        }
        alone = [each for each in nodes if each not in self.column]
        wide = max(wide, min(len(alone), ceil(sqrt(len(alone)))))
        free = max(lowest.values(), default=first - 1) + 1
        for index, each in enumerate(alone):
            column, row = index % wide, free + index // wide
            self.column[each], self.row[each], lowest[column] = column, row, row
        self._fill_beside(band, first, lowest)
        self.first_rows.append(max([first, *lowest.values()]) + 1)

    def _fill_column(self, band: int, nodes: list[str], first: int) -> int:
        """Give each element the row of what leads to it, or the next that is free; return the last."""
        wishes = []
        for order, each in enumerate(nodes):
            before = [
                (self.row[source] + lower, place)
                for source, lower, place in self.leading.get(each, ())
                if self.band.get(source) == band and self._is_before(source, each)
            ]
            wishes.append((*min(before, default=(first, order)), order, each))
        free = first
        for row, _, _, each in sorted(wishes):
            self.row[each] = max(row, free)
            free = self.row[each] + 1
        return free - 1

    def _is_before(self, one: str, other: str) -> bool:
        return self.column[one] < self.column[other]

    def _fill_beside(self, band: int, first: int, lowest: dict[int, int]) -> None:
        """Set data and notes below what they belong to."""
        for each in self.artifacts.get(band, ()):
            column = self.column.get(self.scope.artifacts[each], 0)
            lowest[column] = lowest.get(column, first - 1) + 1
            self.column[each], self.row[each] = column, lowest[column]
