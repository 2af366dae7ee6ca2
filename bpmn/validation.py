"""
Whether a file follows the schema of BPMN 2.0.

Many tools write files that do not, and that run everywhere: it is told, and is no reason to refuse.
"""

import re
from collections.abc import Iterator
from itertools import islice
from threading import Lock

from lxml import etree

from bpmn.findings import Finding, Severity
from bpmn.spiff import schemas

MOST = 20
"""Findings for one file; what is wrong once is often wrong a hundred times."""
NAMESPACE = re.compile(r"\{[^}]*\}")

_validating = Lock()  # a schema remembers the errors of its last document


def check(root: etree._Element, resource: str) -> Iterator[Finding]:
    """Tell where a file departs from the schema."""
    tree = root.getroottree()
    schema = schemas.bpmn()
    with _validating:
        errors = [] if schema.validate(tree) else list(schema.error_log)
    for error in islice(errors, MOST):
        yield Finding(
            resource,
            "schema",
            "This is not written as the schema of BPMN 2.0 has it: {reason}",
            Severity.WARNING,
            _id_at(tree, error.path),
            error.line,
            {"reason": NAMESPACE.sub("", error.message)},
        )
    if len(errors) > MOST:
        yield Finding(
            resource,
            "schema",
            "The file departs from the schema of BPMN 2.0 in {count} more places.",
            Severity.WARNING,
            values={"count": len(errors) - MOST},
        )


def _id_at(tree: etree._ElementTree, path: str | None) -> str | None:
    """Return the id of the node at a path, or of the nearest one around it."""
    prefixes = {prefix: uri for prefix, uri in tree.getroot().nsmap.items() if prefix}
    try:
        found = tree.xpath(path or "/*", namespaces=prefixes)
    except etree.XPathEvalError:  # a prefix that is declared further in
        return None
    node: etree._Element | None = found[0] if found else None
    while node is not None:
        if node.get("id"):
            return str(node.get("id"))
        node = node.getparent()
    return None
