"""Places and sizes in a diagram: x grows to the right, y grows downwards, the unit is a pixel at full size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float

    def moved(self, x: float, y: float) -> "Point":
        return Point(self.x + x, self.y + y)

    def towards(self, other: "Point", length: float) -> "Point":
        """Return the place that far on the way to the other; the same place where there is no way."""
        whole = distance(self, other)
        share = length / whole if whole else 0
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def inset(self, by: float) -> "Box":
        """Return the box with so much taken away at each side, never less than nothing."""
        width, height = max(0.0, self.width - 2 * by), max(0.0, self.height - 2 * by)
        return Box(self.x + by, self.y + by, width, height)

    def moved(self, x: float, y: float) -> "Box":
        return Box(self.x + x, self.y + y, self.width, self.height)


def distance(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def around(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box around all, None around nothing."""
    given = list(boxes)
    if not given:
        return None
    left, top = min(each.x for each in given), min(each.y for each in given)
    right, bottom = max(each.right for each in given), max(each.bottom for each in given)
    return Box(left, top, right - left, bottom - top)


def around_points(points: Iterable[Point]) -> Box | None:
    return around(Box(each.x, each.y, 0, 0) for each in points)


def middle(points: Sequence[Point]) -> tuple[Point, Point]:
    """Return the place half way along a line, and the direction of the line there (of length 1 or 0)."""
    rest = sum(distance(*each) for each in pairwise(points)) / 2
    for start, end in pairwise(points):
        length = distance(start, end)
        if length >= rest and length:
            x, y = (end.x - start.x) / length, (end.y - start.y) / length
            return start.towards(end, rest), Point(x, y)
        rest -= length
    return points[-1], Point(0, 0)
