"""
What an attribute or a part of an element says, as a fact: free of prefixes and of the layout of the XML.

A fact is a row of tokens, not one text: a text that looks like markup is not markup, and what refers to an element
follows it when its id changes.
"""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from lxml import etree

from bpmn import namespaces
from bpmn.diff.vocabulary import DEFAULTS, METADATA, METADATA_NAMESPACES
from bpmn.reader.tags import B


class Token(NamedTuple):
    kind: Literal["text", "markup", "mark", "reference", "place"]
    """
    A mark says what kind of part it was that spoke; it is shown only where nothing else differs.
    A reference is an id, or what stands for one; a place is the number of a subject.
    """
    text: str


Fact = tuple[Token, ...]

SILENT = frozenset({"formalExpression", "resourceAssignmentExpression"})
"""What stands around an expression and says nothing itself."""


def split(tag: str) -> tuple[str, str]:
    """Return namespace and name."""
    uri, _, name = tag.rpartition("}")
    return uri[1:], name


def name_of(node: etree._Element) -> str:
    """Return the tag of a node with our word for its namespace; none for BPMN's own."""
    uri, name = split(node.tag)
    if uri == namespaces.BPMN:
        return name
    return _qualified(node.tag) if uri else f"{{}}{name}"


def _qualified(name: str) -> str:
    uri, local = split(name)
    dialect = namespaces.DIALECTS.get(uri)
    return f"{dialect}:{local}" if dialect else name


def attributes(node: etree._Element) -> list[tuple[str, str]]:
    """Return what the attributes say, without ids, defaults and what tools note for themselves."""
    of_bpmn = node.tag.startswith(B)
    return sorted(
        (_qualified(key), value)
        for key, value in node.attrib.items()
        if key not in METADATA
        and split(key)[0] not in METADATA_NAMESPACES
        and not (of_bpmn and (key == "id" or not value.strip() or DEFAULTS.get(key) == value))
    )


def said(node: etree._Element, name: str, value: str) -> Token:
    """Return what an attribute, or the text of a part, says or refers to."""
    if name in {"default", "calledElement"} or name.endswith(("Ref", "Refs")):
        return Token("reference", _reference(node, value.strip()))
    if not node.tag.startswith(B):
        return Token("text", value)
    return Token("text", " ".join(value.split()) if name == "name" else value.strip())


def written(node: etree._Element, without: Collection[str] = ()) -> Fact:
    """
    Return all that a part of an element says, without some of its attributes.

    A part that has no attributes is what stands in it.
    """
    return tuple(_merged(_tokens(node, without)))


def _tokens(part: etree._Element, without: Collection[str]) -> Iterator[Token]:
    ends = []
    for event, node in etree.iterwalk(part, events=("start", "end")):
        if event == "start":
            tag, values = name_of(node), attributes(node)
            if node is part:
                values = [each for each in values if each[0] not in without]
            silent = not values and (node is part or tag in SILENT)
            ends.append("" if silent else f"</{tag}>")
            if not silent:
                yield from _opening(node, tag, values)
            yield from _text(node, tag, node.text)
        else:
            yield Token("markup", ends.pop())
            if node is not part:
                yield from _text(node, "", node.tail)


def _opening(node: etree._Element, tag: str, values: list[tuple[str, str]]) -> Iterator[Token]:
    yield Token("markup", f"<{tag}")
    for name, value in values:
        yield Token("markup", f' {name}="')
        yield said(node, name, value)
        yield Token("markup", '"')
    yield Token("markup", ">")


def _text(node: etree._Element, tag: str, text: str | None) -> Iterator[Token]:
    if text and text.strip():
        yield said(node, tag, text.strip())


def _merged(tokens: Iterator[Token]) -> Iterator[Token]:
    """Join markup that stands together: a strange file holds a million empty tags."""
    for kind, together in groupby(tokens, key=lambda token: token.kind):
        if kind != "markup":
            yield from together
            continue
        markup = "".join(token.text for token in together)
        if markup:
            yield Token(kind, markup)


def _reference(node: etree._Element, value: str) -> str:
    """Return what is referred to without the prefix; a prefix of another document's namespace is written out."""
    prefix, colon, name = value.partition(":")
    uri = node.nsmap.get(prefix) if colon else None
    if uri is None:
        return value
    own = uri == node.getroottree().getroot().get("targetNamespace")
    return name if own else f"{{{uri}}}{name}"
