"""Small ways to look into a node of a DMN file, whatever the version of its namespace."""

from collections.abc import Iterator

from lxml import etree

from bpmn import namespaces, xml
from bpmn.dmn.boxes import Text, TypeRef, Variable

FEEL = "feel"
"""Stands in the name of every version of the language, as tools write it."""


def children(node: etree._Element, name: str | None = None) -> Iterator[etree._Element]:
    """Return the children that DMN knows, or those of one name; what others added is not seen."""
    for child in node:
        known = xml.namespace(child) in namespaces.DMN
        if known and (name is None or xml.local_name(child) == name):
            yield child


def child(node: etree._Element, name: str) -> etree._Element | None:
    return next(children(node, name), None)


def text_of(node: etree._Element | None) -> str:
    """Return what is written in the `text` of a node."""
    inner = child(node, "text") if node is not None else None
    return (inner.text or "") if inner is not None else ""


def said(node: etree._Element, name: str) -> str:
    """Return what is written for people in a child of a node."""
    inner = child(node, name)
    return (inner.text or "").strip() if inner is not None else ""


def identity(node: etree._Element) -> str | None:
    found = node.get("id")
    return str(found) if found else None


def name_of(node: etree._Element) -> str:
    """Return the name, with the spaces in it as FEEL compares them: one where there are several."""
    return " ".join(str(node.get("name") or "").split())


def text(node: etree._Element | None) -> Text | None:
    """Read a literal expression or unary tests."""
    if node is None:
        return None
    return Text(
        text_of(node), identity(node), node.sourceline, attribute_type(node), language(node)
    )


def language(node: etree._Element) -> str | None:
    """Return the language an expression is written in, where it is not FEEL."""
    said = node.get("expressionLanguage") or node.getroottree().getroot().get("expressionLanguage")
    return str(said) if said and FEEL not in said.lower() else None


def attribute_type(node: etree._Element) -> TypeRef | None:
    return type_ref(node.get("typeRef"), node)


def type_ref(written: str | None, node: etree._Element) -> TypeRef | None:
    """Return a type by its name; DMN 1.1 wrote a prefix of XML before it."""
    if not written or not written.strip():
        return None
    prefix, _, name = written.strip().rpartition(":")
    bound = node.nsmap.get(prefix) if prefix else None
    if bound is None and prefix != FEEL:
        name = written.strip()
    return TypeRef(" ".join(name.split()), bound)


def variable(node: etree._Element, name: str | None = None) -> Variable:
    """Read an information item; `name` where the item itself need not have one."""
    return Variable(name_of(node) or (name or ""), attribute_type(node), node.sourceline)
