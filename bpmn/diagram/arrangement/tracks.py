"""Tracks: where several edges run along one gap or channel, each has its own, as long as they overlap."""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from bpmn.diagram.arrangement.layers import columns

USUAL = 12.0
MOST = 480.0
"""How wide all tracks of one place become at most; where there are very many, they come closer."""


@dataclass(slots=True)
class Tracks:
    """The tracks of all gaps, or of all channels."""

    width_of_one: float = USUAL
    wanted: dict[int, dict[str, tuple[int, int]]] = field(default_factory=dict)
    met: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Which tracks and lines of a place meet, what is nearer to its start first."""
    given: dict[tuple[int, str], int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)

    def want(self, place: int, key: str, one: int, other: int) -> None:
        """Ask for a track from one position to another; whoever asks with the same key runs together."""
        low, high = min(one, other), max(one, other)
        there = self.wanted.setdefault(place, {})
        before = there.get(key, (low, high))
        there[key] = (min(low, before[0]), max(high, before[1]))

    def meet(self, place: int, key: str, line: int, *, before: bool) -> None:
        """Tell that an edge comes to its track on a line, from before it or from behind."""
        mark = f"line {line}"
        self.met.setdefault(place, []).append((key, mark) if before else (mark, key))

    def settle(self) -> None:
        """
        Give out the tracks.

        On one line, what comes from before must end before that begins which goes on behind; else the two would
        be seen as one. Where that cannot be, because it holds both ways, it does not hold.
        """
        for place, wanted in self.wanted.items():
            met = self.met.get(place, ())
            levels = columns([each for pair in met for each in pair], met)
            order: dict[int, list[str]] = {}
            for key in wanted:
                order.setdefault(levels.get(key, 0), []).append(key)
            self.counts[place] = 0
            for level in sorted(order):
                self._give(place, order[level])

    def _give(self, place: int, keys: list[str]) -> None:
        """Give each its track, behind those that are given; what does not overlap may follow on the same."""
        first = used = self.counts[place]
        ends: list[tuple[int, int]] = []
        wanted = self.wanted[place]
        for key in sorted(keys, key=lambda each: (wanted[each], each)):
            low, high = wanted[key]
            if ends and ends[0][0] < low:
                track = heappop(ends)[1]
            else:
                track, used = used, used + 1
            heappush(ends, (high, track))
            self.given[place, key] = track
        self.counts[place] = max(first, used)

    def width(self, place: int) -> float:
        return min(MOST, self.counts.get(place, 0) * self.width_of_one)

    def offset(self, place: int, key: str) -> float:
        """Return how far from the start of its place a track runs."""
        return (self.given[place, key] + 0.5) * self.width(place) / self.counts[place]
