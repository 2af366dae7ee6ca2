"""
Reading of XML from people we do not know: no entities, no network, no huge trees.

The parser already refuses external and exploding entities; a document type is refused as well, because no
diagram needs one and every known attack begins with one.
"""

from lxml import etree

from bpmn.errors import InvalidXml

MAX_BYTES = 5 * 1024 * 1024
"""The largest document we read; a drawn routine has some tens of kilobytes."""
MOST_NODES = 200_000
MOST_ATTRIBUTES = 500
"""Of one element; going through them takes time by the square of their number."""


def parse(source: bytes, *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """
    Return the root of a well-formed document.

    Raises `InvalidXml` with the line where the document goes wrong.
    """
    if len(source) > max_bytes:
        raise InvalidXml(
            "The file is {size} bytes; at most {limit} bytes are read.",
            size=len(source),
            limit=max_bytes,
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.XML(source, parser)
    except etree.XMLSyntaxError as error:
        raise InvalidXml(
            "The file is not well-formed XML: {reason}.", line=error.lineno, reason=error.msg
        ) from error
    except ValueError as error:
        raise InvalidXml("The file is not well-formed XML: {reason}.", reason=error) from error
    if root.getroottree().docinfo.doctype:
        raise InvalidXml("A document type declaration is not allowed.", line=1)
    _check_size(root)
    return root


def _check_size(root: etree._Element) -> None:
    if root.xpath("count(//*)") > MOST_NODES:
        raise InvalidXml("The file has more than {limit} elements.", limit=MOST_NODES)
    crowded = root.xpath(f"(//*[count(@*) > {MOST_ATTRIBUTES}])[1]")
    if crowded or len(root.nsmap) > MOST_ATTRIBUTES:
        raise InvalidXml(
            "An element has more than {limit} attributes.",
            line=(*crowded, root)[0].sourceline,
            limit=MOST_ATTRIBUTES,
        )


def local_name(node: etree._Element) -> str:
    """Return the name of the node without its namespace."""
    return str(etree.QName(node).localname)


def namespace(node: etree._Element) -> str | None:
    found: str | None = etree.QName(node).namespace
    return found
