"""Item definitions, and the components of which they are made (§7.3.2)."""

from lxml import etree

from bpmn.dmn.description import FunctionItem, Item
from bpmn.dmn.reader import nodes

TRUE = frozenset({"true", "1"})


def read(node: etree._Element) -> Item:
    referred = nodes.child(node, "typeRef")
    return Item(
        name=nodes.name_of(node),
        id=nodes.identity(node),
        line=node.sourceline,
        type=nodes.type_ref(referred.text, referred) if referred is not None else None,
        is_collection=str(node.get("isCollection", "")).strip() in TRUE,
        allowed=nodes.text(nodes.child(node, "allowedValues")),
        constraint=nodes.text(nodes.child(node, "typeConstraint")),
        components=tuple(read(each) for each in nodes.children(node, "itemComponent")),
        function=_function(nodes.child(node, "functionItem")),
    )


def _function(node: etree._Element | None) -> FunctionItem | None:
    if node is None:
        return None
    parameters = tuple(nodes.variable(each) for each in nodes.children(node, "parameters"))
    return FunctionItem(parameters, nodes.type_ref(node.get("outputTypeRef"), node))
