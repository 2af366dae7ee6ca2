"""Looking into what the dialects write: attributes, extension elements, and name-value properties."""

from collections.abc import Iterator

from lxml import etree

from bpmn import namespaces, xml


def said(node: etree._Element, name: str) -> str | None:
    """Return an attribute of a known dialect by its name, our own dialect first."""
    found: dict[str, str] = {}
    for key, value in node.attrib.items():
        qualified = etree.QName(str(key))
        if qualified.localname == name and qualified.namespace in namespaces.DIALECTS:
            found[namespaces.DIALECTS[qualified.namespace]] = str(value)
    return found.get("rutin") or next(iter(found.values()), None)


def elements(node: etree._Element, name: str | None = None) -> Iterator[etree._Element]:
    """Return the extension elements of known dialects, those with a certain name if one is given."""
    for box in node.iterchildren(f"{{{namespaces.BPMN}}}extensionElements"):
        for child in box.iterchildren(etree.Element):
            if xml.namespace(child) in namespaces.DIALECTS and (
                name is None or xml.local_name(child) == name
            ):
                yield child


def element(node: etree._Element, name: str) -> etree._Element | None:
    return next(elements(node, name), None)


def statements(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Return what is said of an element as names and values: attributes first, our own dialect before others."""
    attributes = [
        (namespaces.DIALECTS[str(qualified.namespace)], str(qualified.localname), str(value))
        for key, value in node.attrib.items()
        for qualified in [etree.QName(str(key))]
        if qualified.namespace in namespaces.DIALECTS
    ]
    for _, name, value in sorted(attributes, key=lambda each: each[0] != "rutin"):
        yield name, value
    for child in elements(node):
        if xml.local_name(child) == "properties":
            for each in child if dialect(child) == "spiffworkflow" else ():
                yield str(each.get("name", "")), str(each.get("value", ""))
        else:
            yield from ((str(name), str(value)) for name, value in child.attrib.items())


def dialect(node: etree._Element) -> str:
    return namespaces.DIALECTS[str(xml.namespace(node))]
