"""The picture of a file, as SVG that a page may hold."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lxml import etree

from bpmn import xml
from bpmn.diagram import canvas, diagrams, docking, figures, flows, lettering, neighbourhood
from bpmn.diagram.canvas import Canvas
from bpmn.diagram.content import Content, Element
from bpmn.diagram.docking import Holds
from bpmn.diagram.geometry import Box, Point, around
from bpmn.diagram.limits import MAX_NAME
from bpmn.diagram.plane import Edge, Plane, Shape
from bpmn.diagram.words import DIAGRAM, LEFT_OUT, NOTHING_DRAWN, Words, english, said

NOTHING: Mapping[str, str] = MappingProxyType({})
MARGIN = 20.0
ROOM = 36.0
"""The margin around a picture that is cut: so much of the flows that lead away is seen."""
SMALLEST = 60.0
"""How wide a picture is at least."""
REMARK = 12.0
"""The size of letters in what we say ourselves."""
TOKEN = re.compile(r"[a-z-]+")
PREFIX = re.compile(r"[a-z][a-z0-9-]*")


def draw(
    source: bytes,
    *,
    words: Words = english,
    marks: Mapping[str, str] = NOTHING,
    diagram: int = 0,
    prefix: str = "bpmn",
) -> str:
    """
    Draw a BPMN file as SVG.

    The picture is the one that the file brings; where it brings none, it is arranged from left to right. It holds
    no script, style, link or other thing that a strict page refuses, and names from the file only as text. Each
    element is a group with its id in `data-element-id` and with a title. The same file gives the same picture.

    `words` says what a code of `words.ENGLISH` is called in the reader's language. `marks` adds classes to
    elements. `diagram` is the place among the diagrams of the file, of which the first is the main one; `prefix`
    begins every id, so that several pictures can stand on one page.

    Raises `InvalidXml` where the bytes are no XML that we read, `IndexError` where there is no such diagram, and
    `ValueError` for marks or a prefix that are no plain names. A picture is bounded by `limits`: what is beyond
    them is not drawn but counted in a remark below it.
    """
    if diagram < 0:
        raise IndexError(diagram)
    title_id = _title_id(prefix)
    found = diagrams.read(xml.parse(source))
    picture = _Picture(found.content, found.planes[diagram], words, _checked(marks))
    return picture.drawn(title_id)


def draw_around(  # noqa: PLR0913  what a picture is made of
    source: bytes,
    elements: Collection[str],
    *,
    reach: int = 2,
    words: Words = english,
    marks: Mapping[str, str] = NOTHING,
    prefix: str = "bpmn",
) -> str:
    """
    Draw some elements of a file and what is near them: what is at most `reach` sequence flows before or after.

    The picture is cut out of the first diagram that shows one of them, and is else as `draw` makes it. Flows that
    lead further are cut off. Raises `LookupError` where no diagram shows any of them, and what `draw` raises.
    """
    title_id = _title_id(prefix)
    found = diagrams.read(xml.parse(source))
    cut = neighbourhood.cut(found.planes, found.content, elements, reach)
    if cut is None:
        raise LookupError(elements)
    picture = _Picture(found.content, cut.plane, words, _checked(marks), cut.beyond, ROOM)
    return picture.drawn(title_id)


@dataclass(frozen=True, slots=True)
class _Picture:
    content: Content
    plane: Plane
    words: Words
    marks: Mapping[str, str]
    beyond: frozenset[str] = frozenset()
    """Flows whose other end is not drawn; they lead out of the picture and say nothing."""
    margin: float = MARGIN
    covered: dict[str, float] = field(default_factory=dict)
    """How much boundary events cover of the lower part of their hosts."""

    def __post_init__(self) -> None:
        boxes = {each.element_id: each.box for each in self.plane.shapes}
        for key, box in boxes.items():
            host = self.content.elements[key].attached_to
            if host in boxes and boxes[host].y < box.y < boxes[host].bottom < box.bottom:
                by = boxes[host].bottom - box.y
                self.covered[host] = max(by, self.covered.get(host, 0))

    def drawn(self, title_id: str) -> str:
        image = canvas.picture(self._title(), title_id)
        shapes = sorted(
            ((figures.level(each, self._of(each)), each) for each in self.plane.shapes),
            key=lambda each: each[0],
        )
        borders = self._borders()
        for level, shape in shapes:
            if level[0] < figures.EDGES_LEVEL:
                self._shape(image, shape)
        for edge in self.plane.edges:
            self._edge(image, edge, borders)
        for level, shape in shapes:
            if level[0] > figures.EDGES_LEVEL:
                self._shape(image, shape)
        self._remark(image)
        image.frame(self.margin, SMALLEST)
        return str(etree.tostring(image.node, encoding="unicode"))

    def _shape(self, image: Canvas, shape: Shape) -> None:
        element = self._of(shape)
        covered = replace(shape, covered=self.covered.get(shape.element_id, 0))
        figures.draw(self._group(image, element, shape), covered, element)

    def _edge(self, image: Canvas, edge: Edge, borders: Mapping[str, Holds]) -> None:
        element = self._of(edge)
        ends = borders.get(element.source), borders.get(element.target)
        led = replace(edge, points=docking.docked(edge.points, *ends))
        if edge.element_id in self.beyond:
            image, element = Canvas(image.node), replace(element, name="")
        flows.draw(self._group(image, element), led, element, self.content)

    def _group(self, image: Canvas, element: Element, shape: Shape | None = None) -> Canvas:
        classes = (*figures.classes(element, shape), *self.marks.get(element.id, "").split())
        group = image.group(" ".join(classes), data_element_id=element.id)
        group.title(said(element, shape, self.words))
        return group

    def _of(self, drawn: Shape | Edge) -> Element:
        return self.content.elements[drawn.element_id]

    def _borders(self) -> dict[str, Holds]:
        """Return the borders of what stands in one place only."""
        return {
            each.element_id: figures.border(each, self._of(each))
            for each in self.plane.shapes
            if not each.band
        }

    def _title(self) -> str:
        about = self.content.get(self.plane.element_id)
        name = about.name if about else ""
        return lettering.clipped(name, MAX_NAME) or self.words(DIAGRAM)

    def _remark(self, image: Canvas) -> None:
        """Say below the picture that it is empty, or what is missing in it."""
        remarks = [] if self.plane.drawn else [self.words(NOTHING_DRAWN)]
        if self.plane.left_out:
            sentence = self.words(LEFT_OUT)
            remarks.append(sentence.replace("{count}", str(self.plane.left_out)))
        if remarks:
            drawn = around(image.taken) or Box(0, 0, 0, 0)
            place = Point(drawn.x, drawn.bottom + MARGIN)
            image.group("bpmn-remark").text(remarks, place, REMARK, anchor="start")


def _title_id(prefix: str) -> str:
    if PREFIX.fullmatch(prefix) is None:
        raise ValueError(f"no prefix of ids: {prefix!r}")
    return f"{prefix}-title"


def _checked(marks: Mapping[str, str]) -> Mapping[str, str]:
    for each in marks.values():
        for token in each.split():
            if TOKEN.fullmatch(token) is None:
                raise ValueError(f"no class: {token!r}")
    return marks
