"""
In which language an expression is written: its own `language`, else the file's `expressionLanguage` (§10.6.2).

FEEL is marked as our own models mark it (`=…`), so that whoever executes the expression need not ask again.
"""

from collections.abc import Iterator

from lxml import etree

from bpmn import extensions, moments, namespaces, xml
from bpmn.description import Spoken
from bpmn.reader.tags import B, text
from bpmn.scripting import marks

EXPRESSIONS = frozenset(
    {
        "activationCondition",
        "completionCondition",
        "condition",
        "conditionExpression",
        "formalExpression",
        "from",
        "loopCardinality",
        "loopCondition",
        "timeCycle",
        "timeDate",
        "timeDuration",
        "to",
        "transformation",
    }
)
PARAMETER = 2
"""How far inside the extension elements an input or output stands."""
PARTS = ("EventDefinition", "Characteristics", "Expression")
OURS = frozenset(
    {"", "feel", "juel", "python", "text/x-python", "application/x-python", "text/python"}
)
XPATH = "http://www.w3.org/1999/xpath"
"""What many tools write whatever they mean; what stands there is read as any other text, or refused."""


def expression(node: etree._Element, tag: str) -> str | None:
    """Return the expression in a child; one in FEEL begins with `=`. None where there is none."""
    written = text(node, tag)
    child = node.find(f"{B}{tag}")
    if written is None or child is None or not _is_feel(child):
        return written
    return written if marks.is_marked(written) or moments.is_written(written) else f"={written}"


def foreign(process: etree._Element) -> Iterator[Spoken]:
    """Return the expressions whose own language is none of ours, or whose text is kept elsewhere."""
    for node in process.iter(f"{B}*", "{*}script"):
        if not (_is_expression(node) or _is_mapping(node)):
            continue
        elsewhere = extensions.said(node, "resource") or node.get("resource")
        if elsewhere:
            yield Spoken(_around(node), node.sourceline, elsewhere)
        language = str(node.get("language") or node.get("scriptFormat") or "").strip()
        if not _is_ours(language):
            yield Spoken(_around(node), node.sourceline, language)


def _is_expression(node: etree._Element) -> bool:
    return xml.namespace(node) == namespaces.BPMN and xml.local_name(node) in EXPRESSIONS


def _is_mapping(node: etree._Element) -> bool:
    """Tell whether a node is the script of an input or output, as Camunda 7 writes it."""
    if xml.namespace(node) not in namespaces.DIALECTS:
        return False
    around = [xml.local_name(each) for each in node.iterancestors()]
    box = around.index("extensionElements") if "extensionElements" in around else 0
    return box >= PARAMETER and around[box - PARAMETER] in {"inputParameter", "outputParameter"}


def _is_feel(node: etree._Element) -> bool:
    said = node.get("language") or node.getroottree().getroot().get("expressionLanguage") or ""
    return _names_feel(str(said))


def _is_ours(language: str) -> bool:
    return language.lower() in {*OURS, XPATH} or _names_feel(language)


def _names_feel(language: str) -> bool:
    """FEEL is named by a word, by a URI of its own, or by that of DMN."""
    lowered = language.lower()
    return lowered == "feel" or "/feel" in lowered or "/spec/dmn/" in lowered


def _around(node: etree._Element) -> str | None:
    """Return the id of the nearest element that has one and is drawn: the flow of a condition."""
    current = node.getparent()
    while current is not None:
        is_part = xml.local_name(current).endswith(PARTS)
        if current.get("id") and xml.namespace(current) == namespaces.BPMN and not is_part:
            return str(current.get("id"))
        current = current.getparent()
    return None
