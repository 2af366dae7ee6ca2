"""
Where an edge meets the border of a shape.

Some tools end an edge in the middle of a shape, some a little before it. So an end is moved along the edge to the
border; the arrowhead then touches what it points at.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from bpmn.diagram.geometry import Box, Point, distance

REACH = 12.0
"""How far before its shape an edge may end and still be led to it."""
STEPS = 24
"""Halvings until the place on the border is exact enough: a path of 100 000 becomes less than 0.01."""

Holds = Callable[[Point], bool]


class Outline(Protocol):
    def __call__(self, box: Box, point: Point) -> bool: ...


def rectangle(box: Box, point: Point) -> bool:
    return box.x < point.x < box.right and box.y < point.y < box.bottom


def circle(box: Box, point: Point) -> bool:
    return distance(box.centre, point) < min(box.width, box.height) / 2


def diamond(box: Box, point: Point) -> bool:
    across, down = abs(point.x - box.centre.x), abs(point.y - box.centre.y)
    return across / box.width + down / box.height < 0.5


def hexagon(box: Box, point: Point) -> bool:
    across, down = abs(point.x - box.centre.x), abs(point.y - box.centre.y)
    return down < box.height / 2 and across < box.width / 2 - down / box.height * box.width / 2


def docked(
    points: Sequence[Point], source: Holds | None, target: Holds | None
) -> tuple[Point, ...]:
    """Return the edge from border to border; an edge that never leaves a shape stays as it is."""
    found = tuple(points)
    if source is not None:
        found = _from_border(found, source)
    if target is not None:
        found = _from_border(found[::-1], target)[::-1]
    return found


def _from_border(points: tuple[Point, ...], holds: Holds) -> tuple[Point, ...]:
    outside = next((index for index, each in enumerate(points) if not holds(each)), None)
    if outside is None:
        return points
    if outside == 0:
        start = points[0].towards(points[1], -REACH)
        return (_border(start, points[0], holds), *points[1:]) if holds(start) else points
    return (_border(points[outside - 1], points[outside], holds), *points[outside:])


def _border(held: Point, free: Point, holds: Holds) -> Point:
    for _ in range(STEPS):
        half = Point((held.x + free.x) / 2, (held.y + free.y) / 2)
        held, free = (half, free) if holds(half) else (held, half)
    return free
