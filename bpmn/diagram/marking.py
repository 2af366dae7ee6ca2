"""
How a case stands, put into the picture of its version.

A step is marked in three ways at once, so that nobody has to tell colours apart: a badge at its corner has a shape
of its own for each state, a title says the state in words, and a class lets the stylesheet colour the step. The
words come in. A marked step is a link to where the page tells more of it, which needs no script.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from bpmn import namespaces, xml
from bpmn.diagram import diagrams
from bpmn.diagram.canvas import BODY, LINE, SOLID, SVG, TEXT, Canvas
from bpmn.diagram.geometry import Box, Point

BADGE = 9.0
"""The radius of a badge."""
TIMES = 11.0
"""The size of the letters that say how often."""
ONCE = 1


class State(StrEnum):
    INCIDENT = "incident"
    LATE = "late"
    PAUSED = "paused"
    ACTIVE = "active"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Mark:
    state: State
    word: str
    """What the badge says to those who point at it."""
    label: str
    """What the step is called where it is read aloud: its name, and how it stands."""
    times: int = ONCE
    """How often the step was done; more than once is written beside the badge."""
    leads_to: str = ""
    """Where on the page it is told of, such as `#step-ask`."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A step leads to where the page tells of it, and nothing is said of how it stands."""

    label: str
    """What the step is called where it is read aloud."""
    to: str


OUTLINES: Mapping[State, str] = {
    State.LATE: "M0 -10.5 10.5 0 0 10.5 -10.5 0Z",
    State.INCIDENT: "M0 -10 11 9H-11Z",
}
"""Badges that are no circles."""
SIGNS: Mapping[State, tuple[str, str]] = {
    State.INCIDENT: ("M0 -3.5V2.5M0 5.6V5.7", LINE),
    State.LATE: ("M0 -4.5V1M0 4.4V4.5", LINE),
    State.PAUSED: ("M-2.6 -3.6V3.6M2.6 -3.6V3.6", LINE),
    State.ACTIVE: (f"M0 -{BADGE}A{BADGE} {BADGE} 0 0 1 0 {BADGE}Z", SOLID),
    State.DONE: ("M-4 0.3 -1.2 3.2 4.2 -3", LINE),
    State.CANCELLED: ("M-6.2 6.2 6.2 -6.2", LINE),
}


def places(source: bytes, diagram: int = 0) -> dict[str, Box]:
    """Return where each element of a file stands in its picture, where it stands alone."""
    plane = diagrams.read(xml.parse(source)).planes[diagram]
    return {each.element_id: each.box for each in plane.shapes if not each.band}


def mark(
    picture: str, places: Mapping[str, Box], marks: Mapping[str, Mark], prefix: str = "bpmn"
) -> str:
    """
    Put marks on the elements of a picture, which is one of ours or was sanitised.

    The group of a marked element stands in a link with the id `prefix-element-` and its own. What is not in the
    picture is not marked.

    Raises `ValueError` for a link that leads away from the page, and `InvalidXml` for a picture that is too large.
    """
    root = xml.parse(picture.encode())
    for group in list(_groups(root)):
        key = group.get("data-element-id", "")
        if key in marks and key in places:
            _wrap(group, key, places[key], marks[key], prefix)
            root.set("role", "group")  # what is in an image cannot be reached
    return str(etree.tostring(root, encoding="unicode"))


def lead(
    picture: str, places: Mapping[str, Box], leads: Mapping[str, Lead], prefix: str = "bpmn"
) -> str:
    """Make links of the elements of a picture, as `mark` does; raises the same."""
    root = xml.parse(picture.encode())
    for group in list(_groups(root)):
        key = group.get("data-element-id", "")
        if key in leads and key in places:
            _around(group, key, "bpmn-step", leads[key], prefix)
            root.set("role", "group")  # what is in an image cannot be reached
    return str(etree.tostring(root, encoding="unicode"))


def _groups(root: etree._Element) -> Iterator[etree._Element]:
    """Give the first group of each element."""
    seen: set[str] = set()
    for group in root.iter(f"{SVG}g"):
        key = group.get("data-element-id")
        if key is not None and key not in seen:
            seen.add(key)
            yield group


def _wrap(group: etree._Element, key: str, place: Box, mark: Mark, prefix: str) -> None:
    lead = Lead(mark.label, mark.leads_to)
    around = _around(group, key, f"bpmn-step bpmn-is-{mark.state}", lead, prefix)
    _badge(Canvas(around), Point(place.right, place.y), mark)


def _around(
    group: etree._Element, key: str, classes: str, lead: Lead, prefix: str
) -> etree._Element:
    """Put a group in a link, or in a group of its own where it leads nowhere."""
    if lead.to and not lead.to.startswith("#"):
        raise ValueError(f"not on the page: {lead.to!r}")
    link = {"href": lead.to} if lead.to else {}
    around = etree.Element(
        f"{SVG}{'a' if link else 'g'}",
        attrib={
            "id": f"{prefix}-element-{key}",
            "class": classes,
            "data-step": key,
            **link,
        },
    )
    if link:  # its name for those who do not see it, and for all who stay on it
        etree.SubElement(around, f"{SVG}title").text = lead.label
    group.addprevious(around)
    around.append(group)
    return around


def badge(state: State) -> str:
    """Return the badge of a state alone, for a legend or a list. Its words stand beside it."""
    around = f"{-BADGE - 3:g} {-BADGE - 3:g} {2 * BADGE + 6:g} {2 * BADGE + 6:g}"
    node = etree.Element(
        f"{SVG}svg",
        attrib={"viewBox": around, "width": "20", "height": "20", "aria-hidden": "true"},
        nsmap={None: namespaces.SVG},
    )
    _shape(_group(Canvas(node), state), state)
    return str(etree.tostring(node, encoding="unicode"))


def _badge(canvas: Canvas, corner: Point, mark: Mark) -> None:
    badge = _group(canvas, mark.state).at(corner)
    badge.title(mark.word)
    _shape(badge, mark.state)
    if mark.times > ONCE:
        said = f"×{mark.times}"
        badge.rectangle(Box(9, -19, 7 + 6.5 * len(said), 16), BODY, radius=8, stroke_width="1")
        badge.text([said], Point(12.5 + 3.25 * len(said), -17.5), TIMES, look=TEXT)


def _group(canvas: Canvas, state: State) -> Canvas:
    own = {"fill": "#fff", "stroke": "currentColor", "stroke-width": "1.5"}
    return canvas.group(f"bpmn-badge bpmn-badge-{state}", **own)


def _shape(badge: Canvas, state: State) -> None:
    outline = OUTLINES.get(state)
    if outline is None:
        badge.circle(Point(0, 0), BADGE, BODY)
    else:
        badge.path(outline, BODY)
    sign, look = SIGNS[state]
    badge.path(sign, look, **({"stroke": "none"} if look == SOLID else {}))
