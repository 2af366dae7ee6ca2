"""Where the columns and rows of a scope lie, and the gaps and channels between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bpmn.diagram.arrangement.cells import Cells
from bpmn.diagram.arrangement.sizes import Room
from bpmn.diagram.arrangement.tracks import Tracks
from bpmn.diagram.geometry import Box

BEFORE_FIRST = 20.0
GAP = 44.0
BEFORE_TRACKS = 16.0
CHANNEL = 20.0
BETWEEN_POOLS = 40.0
IN_BAND = 12.0
CHANNEL_TRACK = 16.0
"""How far tracks that lie are apart: a name of one line stands between them."""
EMPTY_BAND = 60.0


@dataclass(slots=True)
class Grid:
    cells: Cells
    left: float
    """Where the first gap begins: the heads of pools and lanes come before it."""
    top: float
    rooms: Mapping[str, Room] = field(default_factory=dict)
    gaps: Tracks = field(default_factory=Tracks)
    channels: Tracks = field(default_factory=lambda: Tracks(CHANNEL_TRACK))
    names: dict[int, float] = field(default_factory=dict)
    """The room that the names of edges need in a gap."""
    middles: list[float] = field(default_factory=list)
    """The middle of each column."""
    lines: list[float] = field(default_factory=list)
    """The middle of each row."""
    gap_sides: list[tuple[float, float]] = field(default_factory=list)
    channel_starts: list[float] = field(default_factory=list)
    bands: list[tuple[float, float]] = field(default_factory=list)
    """Where each band begins and ends."""
    width: float = 0
    height: float = 0

    def settle(self, rooms: Mapping[str, Room]) -> None:
        """Give everything its place, once it is known how much room it takes and which tracks there are."""
        self.rooms = rooms
        self.gaps.settle()
        self.channels.settle()
        self._settle_columns()
        self._settle_rows()

    def box(self, key: str) -> Box:
        """Return where an element stands."""
        room = self.rooms[key]
        x, y = self.middles[self.cells.column[key]], self.lines[self.cells.row[key]]
        return Box(x - room.width / 2, y - room.height / 2, room.width, room.height)

    def in_gap(self, gap: int, key: str) -> float:
        return self.gap_sides[gap][0] + BEFORE_TRACKS + self.gaps.offset(gap, key)

    def in_channel(self, channel: int, key: str) -> float:
        return self.channel_starts[channel] + self.channels.offset(channel, key)

    def _settle_columns(self) -> None:
        columns = self.cells.columns
        across = [0.0] * columns
        for key, column in self.cells.column.items():
            across[column] = max(across[column], self.rooms[key].across)
        x = self.left
        for gap in range(columns + 1):
            wide = BEFORE_FIRST if gap in {0, columns} else GAP
            wide += self.gaps.width(gap) + self.names.get(gap, 0)
            self.gap_sides.append((x, x + wide))
            x += wide
            if gap < columns:
                self.middles.append(x + across[gap] / 2)
                x += across[gap]
        self.width = x

    def _settle_rows(self) -> None:
        rows = self.cells.first_rows[-1]
        up, down = [0.0] * rows, [0.0] * rows
        for key, row in self.cells.row.items():
            up[row] = max(up[row], self.rooms[key].up)
            down[row] = max(down[row], self.rooms[key].down)
        y, whole = self.top, None
        for index, band in enumerate(self.cells.scope.bands):
            if whole is not None and band.whole != whole:
                y += BETWEEN_POOLS
            begun, whole = y, band.whole
            for row in range(*self.cells.first_rows[index : index + 2]):
                self.channel_starts.append(y + IN_BAND)
                y += CHANNEL + self.channels.width(row) + up[row]
                self.lines.append(y)
                y += down[row]
            y = max(y + IN_BAND, begun + EMPTY_BAND)
            self.bands.append((begun, y))
        self.channel_starts.append(y)
        self.height = y + self.channels.width(rows)
