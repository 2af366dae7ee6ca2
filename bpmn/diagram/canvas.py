"""
What is drawn with: a group of an SVG that takes outlines and texts.

A class says what a thing is and the stylesheet (`diagram.css`) how it looks. The few attributes here make a
picture that can be read without it, by a printer or in a mail.
"""

from collections.abc import Sequence
from typing import Final, Literal

from lxml import etree

from bpmn import namespaces
from bpmn.diagram.geometry import Box, Point, around, distance
from bpmn.diagram.lettering import LEADING, width

ROUNDING = 5.0
"""How round the corners of a line are."""
Anchor = Literal["middle", "start"]

SVG = f"{{{namespaces.SVG}}}"
FONT: Final = "Arial, Helvetica, Liberation Sans, sans-serif"

BODY: Final = "bpmn-body"
"""An outline with paper inside it."""
SHADED: Final = "bpmn-shaded"
"""An outline with a shade inside it."""
LINE: Final = "bpmn-line"
"""A line, or an outline with nothing inside it."""
SOLID: Final = "bpmn-solid"
"""An outline filled with ink."""
KNOCKED_OUT: Final = "bpmn-knocked-out"
"""A line of paper on ink."""
TEXT: Final = "bpmn-text"
LABEL: Final = "bpmn-label"
"""A text beside its shape; it keeps lines that cross it at a distance."""

LOOKS = {
    SHADED: {"fill": "#d5dade"},
    LINE: {"fill": "none"},
    SOLID: {"fill": "currentColor"},
    KNOCKED_OUT: {"fill": "none", "stroke": "#fff"},
    TEXT: {"fill": "currentColor", "stroke": "none"},
    LABEL: {
        "fill": "currentColor",
        "stroke": "#fff",
        "stroke-width": "3",
        "paint-order": "stroke",
    },
}


def picture(title: str, title_id: str) -> "Canvas":
    """Return an empty picture with its title."""
    node = etree.Element(
        f"{SVG}svg",
        attrib={
            "class": "bpmn-diagram",
            "role": "img",
            "aria-labelledby": title_id,
            "color": "#16212b",
            "fill": "#fff",
            "stroke": "currentColor",
            "stroke-width": "1.5",
            "stroke-linejoin": "round",
            "stroke-linecap": "round",
            "font-family": FONT,
        },
        nsmap={None: namespaces.SVG},
    )
    canvas = Canvas(node)
    canvas.title(title, id=title_id)
    return canvas


class Canvas:
    def __init__(self, node: etree._Element, taken: list[Box] | None = None) -> None:
        self.node = node
        self.taken: list[Box] = [] if taken is None else taken
        """Where something was drawn, also in the groups in it."""

    def frame(self, margin: float, smallest: float) -> None:
        """Make a picture as large as what was drawn in it, and a margin."""
        drawn = around(self.taken) or Box(0, 0, 0, 0)
        x, y = drawn.x - margin, drawn.y - margin
        across, down = max(drawn.width, smallest) + 2 * margin, drawn.height + 2 * margin
        self.node.set("viewBox", " ".join(map(number, (x, y, across, down))))
        self.node.set("width", number(across))
        self.node.set("height", number(down))

    def group(self, classes: str = "", **attributes: str) -> "Canvas":
        said = {"class": classes} if classes else {}
        return Canvas(self._add("g", **said, **attributes), self.taken)

    def at(self, place: Point, scale: float = 1) -> "Canvas":
        """Return a group whose origin is there, for a small drawing in units of its own."""
        moved = f"translate({number(place.x)} {number(place.y)})"
        return self._apart(moved if scale == 1 else f"{moved} scale({number(scale)})")

    def turned(self, place: Point) -> "Canvas":
        """Return a group whose origin is there, and in which text runs upwards."""
        return self._apart(f"translate({number(place.x)} {number(place.y)}) rotate(-90)")

    def title(self, text: str, **attributes: str) -> None:
        self._add("title", **attributes).text = text

    def path(self, data: str, look: str, **attributes: str) -> None:
        self._look("path", look, d=data, **attributes)

    def way(self, points: Sequence[Point], look: str, **attributes: str) -> None:
        """Draw a line with round corners."""
        self.taken.extend(Box(each.x, each.y, 0, 0) for each in points)
        self.path(rounded(points), look, **attributes)

    def line(self, points: Sequence[Point], look: str = LINE, **attributes: str) -> None:
        self.taken.extend(Box(each.x, each.y, 0, 0) for each in points)
        self.path(through(points), look, **attributes)

    def polygon(self, points: Sequence[Point], look: str, **attributes: str) -> None:
        self.taken.extend(Box(each.x, each.y, 0, 0) for each in points)
        self.path(f"{through(points)}Z", look, **attributes)

    def rectangle(self, box: Box, look: str, *, radius: float = 0, **attributes: str) -> None:
        self.taken.append(box)
        rounded = {"rx": number(radius)} if radius else {}
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        said = {name: number(each) for name, each in place.items()}
        self._look("rect", look, **said, **rounded, **attributes)

    def circle(self, centre: Point, radius: float, look: str, **attributes: str) -> None:
        self.taken.append(Box(centre.x - radius, centre.y - radius, 2 * radius, 2 * radius))
        place = {"cx": number(centre.x), "cy": number(centre.y), "r": number(radius)}
        self._look("circle", look, **place, **attributes)

    def text(
        self,
        lines: Sequence[str],
        top: Point,
        size: float,
        *,
        look: str = TEXT,
        anchor: Anchor = "middle",
    ) -> None:
        """Write lines under one another; `top` is the middle, or the start, of the first one's upper edge."""
        wide = max((width(line, size) for line in lines), default=0)
        left = top.x - wide / 2 if anchor == "middle" else top.x
        self.taken.append(Box(left, top.y, wide, len(lines) * size * LEADING))
        said = {"font-size": number(size), "text-anchor": anchor}
        node = self._look("text", look, **said)
        node.set(f"{{{namespaces.XML}}}space", "preserve")
        for index, line in enumerate(lines):
            place = {"x": number(top.x), "y": number(top.y + size * (0.95 + index * LEADING))}
            etree.SubElement(node, f"{SVG}tspan", attrib=place).text = line

    def _apart(self, transform: str) -> "Canvas":
        """Return a group with places of its own; what is drawn there lies within what is drawn around it."""
        return Canvas(self._add("g", transform=transform))

    def _look(self, tag: str, look: str, **attributes: str) -> etree._Element:
        return self._add(tag, **{"class": look}, **{**LOOKS.get(look, {}), **attributes})

    def _add(self, tag: str, **attributes: str) -> etree._Element:
        named = {name.replace("_", "-"): each for name, each in attributes.items()}
        return etree.SubElement(self.node, f"{SVG}{tag}", attrib=named)


def through(points: Sequence[Point]) -> str:
    """Return the path through all the points."""
    return "M" + "L".join(f"{number(each.x)} {number(each.y)}" for each in points)


def rounded(points: Sequence[Point]) -> str:
    """Return the path through all the points, with round corners."""
    parts = [f"M{number(points[0].x)} {number(points[0].y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(ROUNDING, distance(before, corner) / 2, distance(corner, after) / 2)
        begin, end = corner.towards(before, room), corner.towards(after, room)
        parts.append(
            f"L{number(begin.x)} {number(begin.y)}"
            f"Q{number(corner.x)} {number(corner.y)} {number(end.x)} {number(end.y)}"
        )
    return f"{''.join(parts)}L{number(points[-1].x)} {number(points[-1].y)}"


def number(value: float) -> str:
    """Write a number as short as a picture needs it, the same on every machine."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written in {"", "-0"} else written
