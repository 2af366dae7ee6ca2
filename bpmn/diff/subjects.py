"""A subject, what people draw and name, and the facts that the XML of it tells."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from bpmn import namespaces, xml
from bpmn.diff.vocabulary import (
    ATTRIBUTES,
    EXTENSIONS,
    METADATA_NAMESPACES,
    PARTS,
    SAID_BY_DIALECTS,
    SUBJECTS,
    What,
)
from bpmn.diff.writing import Token, attributes, name_of, said, split, written
from bpmn.reader import events
from bpmn.reader.tags import B

Look = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""One shape or line of the drawing: the tags in it with their attributes."""

LANE = f"{B}lane"
LANE_SETS = frozenset({f"{B}laneSet", f"{B}childLaneSet"})
EXTENSION_ELEMENTS = f"{B}extensionElements"
REPEATED = frozenset({f"{B}incoming", f"{B}outgoing"})
"""What the flows say; tools forget to update it."""
MEMBER = f"{B}flowNodeRef"
"""What the element says by its lane."""
SUBJECT = frozenset(f"{B}{tag}" for tag in SUBJECTS)
EVENT = frozenset(f"{B}{tag}" for tag in events.TAGS)
OPENED = EVENT - {f"{B}linkEventDefinition"}
COMMA = Token("markup", ", ")
REFERRING = frozenset({What.NOT_PERFORMER_OF, What.PERFORMER_OF})
SILENT_NAMESPACES = METADATA_NAMESPACES | {namespaces.BPMNDI}


@dataclass(slots=True)
class Subject:
    type: str
    """The name of the tag."""
    id: str | None = None
    name: str | None = None
    facts: dict[str, list[Token]] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)

    def note(self, what: str, *fact: Token) -> None:
        told = self.facts.setdefault(what, [])
        if told:
            told.append(Token("markup", "\n"))
        told.extend(fact)

    def reference(self, what: What) -> str | None:
        """Return what an attribute refers to."""
        fact = self.facts.get(what)
        return fact[-1].text if fact else None


def describe(node: etree._Element) -> tuple[Subject, list[etree._Element]]:
    """Return a subject with what is said about it, and the subjects that stand in it, not yet described."""
    subject = Subject(xml.local_name(node), name=" ".join(node.get("name", "").split()) or None)
    subject.note(What.TYPE, Token("text", subject.type))
    _note_attributes(node, subject)
    inner = []
    only_event = _has_one_event(node)
    for child in node:
        if _is_subject(child):
            inner.append(child)
        elif child.tag in LANE_SETS:
            inner += child.iterchildren(LANE)
            _note_parts((each for each in child if each.tag != LANE), subject, child)
        elif only_event and child.tag in OPENED:
            _note_event(child, subject)
        elif not (child.tag in REPEATED or (child.tag == MEMBER and node.tag == LANE)):
            _note_part(child, subject)
    return subject, inner


def _is_subject(node: etree._Element) -> bool:
    if node.tag in EVENT:
        return node.getparent().getparent() is None  # at the top, for all to refer to
    return node.tag in SUBJECT


def _has_one_event(node: etree._Element) -> bool:
    return sum(child.tag in EVENT for child in node) == 1


def _note_event(node: etree._Element, subject: Subject) -> None:
    """Tell of an event what its only definition says."""
    tag = name_of(node)
    subject.note(What.EVENT, Token("text", tag))
    _note_attributes(node, subject, f"{tag}/")
    _note_parts(node, subject, node)


def _note_attributes(node: etree._Element, subject: Subject, within: str = "") -> None:
    for name, value in attributes(node):
        _, dialect, local = name.partition(":")
        if dialect and local in SAID_BY_DIALECTS:
            _note_word(local, value, subject)
        else:
            what = ATTRIBUTES.get(name) or f"attribute:{name}"
            subject.note(what, Token("mark", within + name), said(node, name, value))


def _note_word(name: str, value: str, subject: Subject) -> None:
    """Tell what a dialect says; the same word means the same in all of them."""
    what = SAID_BY_DIALECTS[name]
    if what not in REFERRING:
        subject.note(what, Token("text", value.strip()))
        return
    first, *others = (Token("reference", each.strip()) for each in value.split(","))
    subject.note(what, first, *(token for each in others for token in (COMMA, each)))


def _note_parts(parts: Iterable[etree._Element], subject: Subject, within: etree._Element) -> None:
    for part in parts:
        _note_part(part, subject, f"{name_of(within)}/")


def _note_part(node: etree._Element, subject: Subject, within: str = "") -> None:
    if node.tag == EXTENSION_ELEMENTS:
        for each in node:
            _note_extension(each, subject, within)
    elif split(node.tag)[0] not in SILENT_NAMESPACES:
        tag = name_of(node)
        what = PARTS.get(tag) or f"part:{tag}"
        subject.note(what, Token("mark", within + tag), *written(node))


def _note_extension(node: etree._Element, subject: Subject, within: str) -> None:
    uri, local = split(node.tag)
    if uri in SILENT_NAMESPACES:
        return
    tag = name_of(node)
    understood = uri in namespaces.DIALECTS
    what = (EXTENSIONS.get(local) if understood else None) or f"extension:{tag}"
    words = [(name, value) for name, value in node.attrib.items() if name in SAID_BY_DIALECTS]
    if not understood or len(node) or not words:
        subject.note(what, Token("mark", within + tag), *written(node))
        return
    for name, value in sorted(words):
        _note_word(name, value, subject)
    if len(words) < len(node.attrib):
        subject.note(what, Token("mark", within + tag), *written(node, SAID_BY_DIALECTS.keys()))
