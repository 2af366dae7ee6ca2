"""Boxed expressions (§10.2): a table from tag to what reads it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from bpmn import xml
from bpmn.dmn.boxes import (
    Binding,
    Box,
    Conditional,
    Context,
    Entry,
    Filter,
    FunctionDefinition,
    Invocation,
    Iterated,
    Iteration,
    List,
    Literal,
    Relation,
    Unknown,
    Variable,
)
from bpmn.dmn.reader import nodes, tables

BESIDE = frozenset(
    {
        "description",
        "extensionElements",
        "formalParameter",
        "binding",
        "variable",
        "parameter",
    }
)
"""What stands beside the expression in an element that holds one."""


def read(node: etree._Element) -> Box:
    tag = xml.local_name(node)
    reader = READERS.get(tag)
    if reader is None:
        return Unknown(**_common(node), tag=tag)
    return reader(node)


def within(node: etree._Element | None, beside: frozenset[str] = BESIDE) -> Box | None:
    """Return the expression that an element holds, if it holds one."""
    if node is None:
        return None
    held = (each for each in nodes.children(node) if xml.local_name(each) not in beside)
    first = next(held, None)
    return read(first) if first is not None else None


def function(node: etree._Element) -> FunctionDefinition:
    return FunctionDefinition(
        **_common(node),
        parameters=tuple(nodes.variable(each) for each in nodes.children(node, "formalParameter")),
        body=within(node),
        kind=str(node.get("kind") or "FEEL"),
    )


def _common(node: etree._Element) -> dict[str, Any]:
    return {
        "id": nodes.identity(node),
        "line": node.sourceline,
        "type": nodes.attribute_type(node),
    }


def _literal(node: etree._Element) -> Literal:
    imported = nodes.child(node, "importedValues")
    written = nodes.text(node)
    return Literal(**_common(node), text=written if imported is None else None)


def _invocation(node: etree._Element) -> Invocation:
    bindings = []
    for each in nodes.children(node, "binding"):
        parameter = nodes.child(each, "parameter")
        named = nodes.variable(parameter) if parameter is not None else Variable("")
        bindings.append(Binding(named, within(each)))
    return Invocation(**_common(node), called=within(node), bindings=tuple(bindings))


def _context(node: etree._Element) -> Context:
    entries = []
    for each in nodes.children(node, "contextEntry"):
        variable = nodes.child(each, "variable")
        named = nodes.variable(variable) if variable is not None else None
        entries.append(Entry(named, within(each)))
    return Context(**_common(node), entries=tuple(entries))


def _list(node: etree._Element) -> List:
    return List(**_common(node), items=_items(node))


def _items(node: etree._Element) -> tuple[Box, ...]:
    return tuple(read(e) for e in nodes.children(node) if xml.local_name(e) not in BESIDE)


def _relation(node: etree._Element) -> Relation:
    return Relation(
        **_common(node),
        columns=tuple(nodes.variable(each) for each in nodes.children(node, "column")),
        rows=tuple(_items(each) for each in nodes.children(node, "row")),
    )


def _conditional(node: etree._Element) -> Conditional:
    return Conditional(
        **_common(node),
        condition=within(nodes.child(node, "if")),
        then=within(nodes.child(node, "then")),
        otherwise=within(nodes.child(node, "else")),
    )


def _filter(node: etree._Element) -> Filter:
    return Filter(
        **_common(node),
        source=within(nodes.child(node, "in")),
        match=within(nodes.child(node, "match")),
    )


def _iteration(node: etree._Element) -> Iteration:
    kind = Iterated(xml.local_name(node))
    source = nodes.child(node, "in")
    return Iteration(
        **_common(node),
        kind=kind,
        name=" ".join(str(node.get("iteratorVariable") or "").split()),
        source=within(source),
        source_type=nodes.attribute_type(source) if source is not None else None,
        body=within(nodes.child(node, "return" if kind is Iterated.FOR else "satisfies")),
    )


READERS: Mapping[str, Callable[[etree._Element], Box]] = MappingProxyType(
    {
        "literalExpression": _literal,
        "decisionTable": tables.read,
        "invocation": _invocation,
        "context": _context,
        "list": _list,
        "relation": _relation,
        "functionDefinition": function,
        "conditional": _conditional,
        "filter": _filter,
        "for": _iteration,
        "some": _iteration,
        "every": _iteration,
    }
)
