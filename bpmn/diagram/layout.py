"""
What a file says of its own diagram (BPMN 2.0 §12, diagram interchange).

The numbers come from strangers: what has no place, an impossible one, or refers to nothing is not drawn.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from lxml import etree

from bpmn import namespaces
from bpmn.diagram.content import Content, Element
from bpmn.diagram.geometry import Box, Point
from bpmn.diagram.kinds import EDGES, PLANES, SHAPES
from bpmn.diagram.limits import MAX_COORDINATE, MAX_DRAWN
from bpmn.diagram.plane import Edge, Plane, Shape
from bpmn.reader.tags import is_true, reference

BPMNDI = f"{{{namespaces.BPMNDI}}}"
BOUNDS = f"{{{namespaces.DC}}}Bounds"
WAYPOINT = f"{{{namespaces.DI}}}waypoint"


def read(root: etree._Element, content: Content) -> tuple[Plane, ...]:
    """Return the diagrams in a file that show something, those of a whole before those of a step's inside."""
    found = root.iterfind(f".//{BPMNDI}BPMNDiagram/{BPMNDI}BPMNPlane")
    planes = [_PlaneReader(each, content).plane() for each in found]
    shown = [each for each in planes if each.shapes]
    return tuple(sorted(shown, key=lambda each: not is_whole(each, content)))


def is_whole(plane: Plane, content: Content) -> bool:
    """Tell whether a diagram shows a process or collaboration, not the inside of one step."""
    element = content.get(plane.element_id)
    return element is None or element.kind in PLANES


class Placed(NamedTuple):
    node: etree._Element
    element: Element
    box: Box


@dataclass(slots=True)
class _PlaneReader:
    node: etree._Element
    content: Content
    left_out: int = 0

    def plane(self) -> Plane:
        shapes = tuple(self._shapes())
        edges = tuple(self._edges(MAX_DRAWN - len(shapes)))
        about = reference(self.node.get("bpmnElement")) or ""
        return Plane(about, shapes, edges, self.left_out + self.content.left_out)

    def _shapes(self) -> Iterator[Shape]:
        placed = list(self._placed())
        opened = {element.scope for _, element, _ in placed}
        lying = {
            element.called: _lies(node, box)
            for node, element, box in placed
            if element.kind == "participant"
        }
        bands = _bands(placed)
        for node, element, box in placed:
            yield Shape(
                element_id=element.id,
                box=box,
                label=_label(node),
                expanded=is_true(node, "isExpanded", default=element.id in opened),
                horizontal=_lies(node, box, default=lying.get(self._process(element))),
                marked=is_true(node, "isMarkerVisible"),
                band=str(node.get("participantBandKind") or ""),
                inner=_between(box, bands.get(str(node.get("id")), ())),
                message=is_true(node, "isMessageVisible"),
            )

    def _placed(self) -> Iterator[Placed]:
        """Give what has a place, once; a participant has one in each choreography activity."""
        seen: set[tuple[str, str]] = set()
        for node, element in self._of("BPMNShape", SHAPES):
            box, key = _box(node), (element.id, str(node.get("choreographyActivityShape") or ""))
            if key in seen:
                continue
            if box is None or len(seen) >= MAX_DRAWN:
                self.left_out += 1
                continue
            seen.add(key)
            yield Placed(node, element, box)

    def _edges(self, room: int) -> Iterator[Edge]:
        seen: set[str] = set()
        for node, element in self._of("BPMNEdge", EDGES):
            points = tuple(_points(node))
            if element.id in seen:
                continue
            if len(points) < 2 or len(seen) >= room:
                self.left_out += 1
                continue
            seen.add(element.id)
            yield Edge(element.id, points, _label(node), str(node.get("messageVisibleKind") or ""))

    def _of(self, tag: str, kinds: frozenset[str]) -> Iterator[tuple[etree._Element, Element]]:
        for node in self.node.iterchildren(f"{BPMNDI}{tag}"):
            element = self.content.get(reference(node.get("bpmnElement")) or "")
            if element is not None and element.kind in kinds:
                yield node, element

    def _process(self, element: Element) -> str:
        """Return the process of a lane, through the lanes around it; a file is not deep."""
        while element.kind == "lane" and (around := self.content.get(element.scope)) is not None:
            element = around
        return element.id


def _bands(placed: Sequence[Placed]) -> dict[str, list[Box]]:
    """Return the bands of each shape of a choreography activity."""
    bands: dict[str, list[Box]] = {}
    for node, _, box in placed:
        activity = reference(node.get("choreographyActivityShape"))
        if activity:
            bands.setdefault(activity, []).append(box)
    return bands


def _between(box: Box, bands: Iterable[Box]) -> Box:
    """Return what is left of a box between the bands at its upper and those at its lower half."""
    top, bottom = box.y, box.bottom
    for band in bands:
        if band.centre.y < box.centre.y:
            top = max(top, band.bottom)
        else:
            bottom = min(bottom, band.y)
    return Box(box.x, top, box.width, bottom - top) if bottom > top else box


def _lies(node: etree._Element, box: Box, *, default: bool | None = None) -> bool:
    seen = box.width >= box.height if default is None else default
    return is_true(node, "isHorizontal", default=seen)


def _box(node: etree._Element) -> Box | None:
    found = _bounds(node)
    return found if found is not None and found.width > 0 and found.height > 0 else None


def _label(node: etree._Element) -> Box | None:
    label = node.find(f"{BPMNDI}BPMNLabel")
    return None if label is None else _bounds(label)


def _bounds(node: etree._Element) -> Box | None:
    bounds = node.find(BOUNDS)
    if bounds is None:
        return None
    x, y, width, height = (_number(bounds.get(each)) for each in ("x", "y", "width", "height"))
    if x is None or y is None or width is None or height is None or width < 0 or height < 0:
        return None
    return Box(x, y, width, height)


def _points(node: etree._Element) -> Iterator[Point]:
    last = None
    for each in node.iterchildren(WAYPOINT):
        x, y = _number(each.get("x")), _number(each.get("y"))
        if x is not None and y is not None and (x, y) != last:
            last = (x, y)
            yield Point(x, y)


def _number(said: str | None) -> float | None:
    try:
        number = float(said or "")
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= MAX_COORDINATE else None
