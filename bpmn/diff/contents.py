"""
A file, taken apart into subjects: what people draw and name, and the facts that stand about each.

Whatever stands in the file is a fact about exactly one subject, known to us or not. Left out are only ids, what
`incoming` and `outgoing` repeat of the flows, and what tools write about themselves.
"""

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from bpmn import namespaces, xml
from bpmn.diff import subjects
from bpmn.diff.subjects import Look, Subject
from bpmn.diff.vocabulary import METADATA_NAMESPACES, What
from bpmn.diff.writing import Token, split
from bpmn.errors import InvalidXml
from bpmn.reader.tags import B

MOST_TAGS = 200_000
"""The largest executable model, with its drawing; much more would take minutes."""

MEASURES = frozenset({"x", "y", "width", "height"})
IDS_OF_DRAWING = frozenset(
    {
        "bpmnElement",
        "choreographyActivityShape",
        "id",
        "labelStyle",
        "sourceElement",
        "targetElement",
    }
)
SHAPES = (f"{{{namespaces.BPMNDI}}}BPMNShape", f"{{{namespaces.BPMNDI}}}BPMNEdge")

Part = tuple[int, str, int]
"""The subject of a part, the tag of the part, and which of that tag it is."""


@dataclass(slots=True)
class Contents:
    """All subjects, in the order of the document; each is called by its number in it."""

    subjects: list[Subject] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    """Parts that can be referred to."""
    counted: Counter[tuple[int, str]] = field(default_factory=Counter)

    def find(self, reference: str | None) -> int | None:
        """Return the subject that an id stands for."""
        if not reference:
            return None
        found = self.by_id.get(reference)
        return found if found is not None else self.by_id.get(_local(reference))

    def referred(self, token: Token) -> int | None:
        """Return the subject that a token of a fact stands for."""
        if token.kind == "place":
            return int(token.text)
        return self.find(token.text) if token.kind == "reference" else None

    def part(self, reference: str) -> Part | None:
        return self.parts.get(reference) or self.parts.get(_local(reference))

    def ends(self, flow: Subject) -> tuple[int | None, int | None]:
        return self.find(flow.reference(What.SOURCE)), self.find(flow.reference(What.TARGET))


def read(source: bytes) -> Contents:
    """
    Take a file apart.

    Raises `InvalidXml` where the bytes are no XML that we read, or no BPMN, or too much of it.
    """
    root = _parsed(source)
    contents = Contents()
    lanes: list[tuple[etree._Element, int]] = []
    waiting: list[tuple[etree._Element, int | None]] = [(root, None)]
    while waiting:
        node, inside = waiting.pop()
        number = len(contents.subjects)
        subject, inner = subjects.describe(node)
        contents.subjects.append(subject)
        if inside is not None:
            subject.note(What.INSIDE, Token("place", str(inside)))
            _note_id(node, number, contents)
        if node.tag == subjects.LANE:
            lanes.append((node, number))
        _note_parts(node, inner, number, contents)
        waiting.extend((each, number) for each in reversed(inner))
    _note_lanes(lanes, contents)
    _note_looks(root, contents)
    return contents


def _parsed(source: bytes) -> etree._Element:
    root = xml.parse(source)
    if root.tag != f"{B}definitions":
        raise InvalidXml("The file is not a BPMN model.", line=root.sourceline)
    count = int(root.xpath("count(//*)"))
    if count > MOST_TAGS:
        raise InvalidXml(
            "The file holds {count} tags; files of at most {limit} are compared.",
            count=count,
            limit=MOST_TAGS,
        )
    return root


def _note_id(node: etree._Element, number: int, contents: Contents) -> None:
    identity = node.get("id")
    if identity:
        contents.subjects[number].id = identity
        contents.by_id.setdefault(identity, number)


def _note_parts(
    node: etree._Element, inner: list[etree._Element], number: int, contents: Contents
) -> None:
    """Note the ids of what stands in a subject and is no subject itself."""
    apart = set(inner)
    for child in node:
        if child in apart or child.tag in subjects.LANE_SETS:
            continue
        for part in child.iter(f"{B}*"):
            identity = part.get("id")
            if identity:
                tag = xml.local_name(part)
                contents.counted[number, tag] += 1
                contents.parts.setdefault(identity, (number, tag, contents.counted[number, tag]))


def _note_lanes(lanes: list[tuple[etree._Element, int]], contents: Contents) -> None:
    """Note the lane of each element; a lane inside a lane comes later and decides."""
    found = {
        contents.find((member.text or "").strip()): lane
        for node, lane in lanes
        for member in node.iterchildren(subjects.MEMBER)
    }
    for number, lane in found.items():
        if number is not None:
            contents.subjects[number].note(What.LANE, Token("place", str(lane)))


def _note_looks(root: etree._Element, contents: Contents) -> None:
    for shape in root.iter(*SHAPES):
        drawn = (shape.get("bpmnElement") or "").strip()
        number = contents.find(drawn)
        part = contents.part(drawn)
        if number is not None:
            contents.subjects[number].looks.append(_look(shape))
        elif part is not None:
            contents.subjects[part[0]].looks.append(_look(shape))


def _look(shape: etree._Element) -> Look:
    return tuple(
        (
            node.tag,
            tuple(
                sorted(
                    (key, _rounded(value) if key in MEASURES else value)
                    for key, value in node.attrib.items()
                    if key not in IDS_OF_DRAWING and split(key)[0] not in METADATA_NAMESPACES
                )
            ),
        )
        for node in shape.iter(etree.Element)
    )


def _rounded(measure: str) -> str:
    """Return a measure as every tool would write it."""
    try:
        return f"{float(measure):.6g}"
    except ValueError:
        return measure


def _local(reference: str) -> str:
    return reference.rpartition("}")[2].rpartition(":")[2]
