"""
A picture that a browser made, turned into one that a page may hold.

Nothing is taken out of what came: the picture is written anew, of known elements and known attributes whose values
are known to be harmless, so what nobody thought of is not there either. It keeps outlines, texts and the ids of
elements. What a style said becomes attributes, since a strict page applies no styles; ids get a prefix, since they
would stand among those of the page; paper and ink become those of the reader's theme.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from bpmn import namespaces, xml
from bpmn.diagram import lettering
from bpmn.diagram.canvas import FONT, SVG, number
from bpmn.diagram.limits import MAX_COORDINATE, MAX_NAME
from bpmn.errors import InvalidXml

MAX_BYTES = 2_000_000
MOST_NODES = 50_000
DEEPEST = 40
MARGIN = 12.0
"""What is added around the picture, for the badges of steps at its border."""

DOCTYPE: Final = re.compile(
    rb'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1\.1//EN"\s+'
    rb'"http://www\.w3\.org/Graphics/SVG/1\.1/DTD/svg11\.dtd"\s*>'
)
"""What bpmn-js writes at the head of a picture: it defines nothing. No other one is read."""
HEAD = 1_000
"""Within so many bytes from the start it stands."""

GROUPS = frozenset({"g", "defs", "marker"})
FIGURES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
TEXTS = frozenset({"text", "tspan"})
KEPT = GROUPS | FIGURES | TEXTS
UNSEEN = frozenset({"djs-hit", "djs-outline", "djs-dragger", "djs-bendpoints"})
"""Classes of what an editor draws to be pointed at."""

PAPER = frozenset({"white", "#fff", "#ffffff", "hsl(0, 0%, 100%)", "rgb(255, 255, 255)"})
INK = frozenset(
    {"black", "#000", "#000000", "#22242a", "hsl(225, 10%, 15%)", "rgb(34, 36, 42)"}
    | {"rgb(0, 0, 0)", "currentcolor"}
)
"""Colours that mean none in particular: the usual ones of the programs that draw."""

NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
"""Read in one way only: a pattern that can split digits in several ways takes for ever over a hostile value."""
NUMBERS = rf"\s*{NUMBER}(?:[\s,]+{NUMBER})*\s*"
COLOUR = r"none|[a-zA-Z]{3,20}|#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([\d\s,.%/]{1,40}\)"
MOVE = rf"(?:matrix|translate|scale|rotate)\({NUMBERS}\)"

_PLACE = re.compile(rf"\s*{NUMBER}(?:px)?\s*")
_SHAPES: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("x", "y"), re.compile(NUMBERS)),
    **dict.fromkeys(("dx", "dy"), re.compile(NUMBERS)),
    **dict.fromkeys(("width", "height", "cx", "cy", "r", "rx", "ry"), _PLACE),
    **dict.fromkeys(("x1", "y1", "x2", "y2", "refX", "refY"), _PLACE),
    **dict.fromkeys(("markerWidth", "markerHeight"), _PLACE),
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz\d\s,.eE+-]*"),
    "points": re.compile(r"[\d\s,.eE+-]*"),
    "orient": re.compile(rf"auto|auto-start-reverse|{NUMBER}"),
    "markerUnits": re.compile(r"strokeWidth|userSpaceOnUse"),
    "viewBox": re.compile(NUMBERS),
    "transform": re.compile(rf"\s*{MOVE}(?:[\s,]*{MOVE})*\s*"),
}
_SHARE = re.compile(r"(?:0|1|0?\.\d+|\d{1,3}(?:\.\d+)?%)")
_LOOKS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("fill", "stroke"), re.compile(COLOUR)),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity"), _SHARE),
    **dict.fromkeys(("stroke-width", "stroke-dashoffset", "font-size"), _PLACE),
    "stroke-miterlimit": _PLACE,
    "stroke-dasharray": re.compile(rf"none|{NUMBER}(?:px)?(?:[\s,]+{NUMBER}(?:px)?)*"),
    "stroke-linecap": re.compile(r"butt|round|square"),
    "stroke-linejoin": re.compile(r"miter|round|bevel"),
    "fill-rule": re.compile(r"nonzero|evenodd"),
    "font-family": re.compile(r"[\w ,\"'-]{1,200}"),
    "font-weight": re.compile(r"normal|bold|bolder|lighter|[1-9]00"),
    "font-style": re.compile(r"normal|italic|oblique"),
    "text-anchor": re.compile(r"start|middle|end"),
    "dominant-baseline": re.compile(r"[a-z-]{3,20}"),
    "paint-order": re.compile(r"[a-z ]{3,30}"),
    "display": re.compile(r"none|inline|block"),
    "visibility": re.compile(r"visible|hidden"),
}
_HEADS = frozenset({"marker-start", "marker-mid", "marker-end"})
_REFERENCE = re.compile(r"url\(\s*[\"']?#([\w.-]{1,200})[\"']?\s*\)")
_KEY = re.compile(r"[\w.-]{1,200}")
_LONGEST = 1_000
_LONG = frozenset({"d", "points"})
_LONGEST_LINE = 200_000
"""Letters of an outline: one drawn by hand has some thousands."""


def clean(source: bytes, title: str, prefix: str = "bpmn") -> str:
    """
    Return the picture anew, with a title and with ids that begin with the prefix.

    Raises `InvalidXml` where it is no SVG, says no size, or is larger than a page holds.
    """
    head = DOCTYPE.sub(b"", source[:HEAD], count=1)
    root = xml.parse(head + source[HEAD:], max_bytes=MAX_BYTES)
    if root.tag != f"{SVG}svg":
        raise InvalidXml("The file is no SVG picture.")
    if root.xpath(f"count(//*) > {MOST_NODES}"):
        raise InvalidXml("The file has more than {limit} elements.", limit=MOST_NODES)
    if _depth(root) > DEEPEST:
        raise InvalidXml("The picture is nested more than {limit} deep.", limit=DEEPEST)
    made = _frame(root, title, prefix)
    for child in root:
        _copy(child, made, prefix)
    return str(etree.tostring(made, encoding="unicode"))


def _depth(root: etree._Element) -> int:
    deepest, depth = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _frame(root: etree._Element, title: str, prefix: str) -> etree._Element:
    x, y, width, height = _size(root)
    made = etree.Element(
        f"{SVG}svg",
        attrib={
            "class": "bpmn-diagram bpmn-stored",
            "role": "img",
            "aria-labelledby": f"{prefix}-title",
            "color": "#16212b",
            "font-family": FONT,
            "viewBox": " ".join(map(number, (x, y, width, height))),
            "width": number(width),
            "height": number(height),
        },
        nsmap={None: namespaces.SVG},
    )
    named = etree.SubElement(made, f"{SVG}title", attrib={"id": f"{prefix}-title"})
    named.text = lettering.clipped(title, MAX_NAME)
    return made


def _size(root: etree._Element) -> tuple[float, float, float, float]:
    written = root.get("viewBox", "")
    if re.fullmatch(NUMBERS, written) is None:
        raise InvalidXml("The picture does not say how large it is (viewBox).")
    given = [float(each) for each in re.split(r"[\s,]+", written.strip())]
    sizes = given[2:]
    if len(given) != 4 or not all(math.isfinite(each) for each in given) or min(sizes) <= 0:
        raise InvalidXml("The picture does not say how large it is (viewBox).")
    if max(map(abs, given)) > MAX_COORDINATE:
        raise InvalidXml("The picture is too large.")
    x, y, width, height = given
    return x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN


def _copy(node: etree._Element, into: etree._Element, prefix: str) -> None:
    tag = xml.local_name(node)
    if xml.namespace(node) != namespaces.SVG or tag not in KEPT:
        return
    if UNSEEN & set(node.get("class", "").split()):
        return
    made = etree.SubElement(into, f"{SVG}{tag}", attrib=dict(_attributes(node, tag, prefix)))
    if tag in TEXTS:
        made.text = node.text
    for child in node:
        _copy(child, made, prefix)
    if tag == "tspan":
        made.tail = node.tail


def _attributes(node: etree._Element, tag: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Give each attribute once: what a style says counts for more."""
    given = {str(name): value.strip() for name, value in node.attrib.items()}
    said = {**given, **_styled(given.get("style", ""))}
    for name, value in said.items():
        kept = _kept(name, value, prefix)
        if kept is not None:
            yield name, kept
    key = given.get("data-element-id", "")
    if tag == "g" and 0 < len(key) <= MAX_NAME:
        yield "data-element-id", key
        yield "class", "bpmn-element"
    if tag == "marker" and _KEY.fullmatch(given.get("id", "")):
        yield "id", f"{prefix}-marker-{given['id']}"
    if tag == "text":
        yield f"{{{namespaces.XML}}}space", "preserve"


def _styled(style: str) -> dict[str, str]:
    """Return what a style says; what is in quotes holds no `;` in a picture of ours."""
    pairs = (each.partition(":") for each in style.split(";"))
    return {
        name.strip().lower(): value.replace("!important", "").strip() for name, _, value in pairs
    }


def _kept(name: str, value: str, prefix: str) -> str | None:
    if len(value) > (_LONGEST_LINE if name in _LONG else _LONGEST):
        return None
    if name in _HEADS:
        found = _REFERENCE.fullmatch(value)
        return f"url(#{prefix}-marker-{found[1]})" if found else None
    allowed = _SHAPES.get(name) or _LOOKS.get(name)
    if allowed is None or allowed.fullmatch(value) is None:
        return None
    return _themed(value) if name in {"fill", "stroke"} else value


def _themed(colour: str) -> str:
    if colour.lower() in PAPER:
        return "#fff"
    return "currentColor" if colour.lower() in INK else colour
