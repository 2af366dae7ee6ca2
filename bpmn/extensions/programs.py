"""What programs do: the type of a job, what a message is correlated by, expressions instead of scripts."""

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import Job, Script
from bpmn.extensions import dialects

FOREIGN = ("class", "delegateExpression", "expression", "type", "resource", "caseRef")


def job(node: etree._Element) -> Job | None:
    """
    Return what a program has to do, by the name that a worker asks for.

    An implementation of another product (a Java class, a bean, a connector) becomes a job typed by its name.
    """
    for each in node.iterchildren(f"{{{namespaces.BPMN}}}messageEventDefinition"):
        found = job(each)
        if found is not None:
            return found
    zeebe = dialects.element(node, "taskDefinition")
    if zeebe is not None and zeebe.get("type"):
        return Job(str(zeebe.get("type")), _retries(zeebe.get("retries")))
    spiff = dialects.element(node, "serviceTaskOperator")
    if spiff is not None and spiff.get("id"):
        return Job(str(spiff.get("id")))
    topic = dialects.said(node, "topic")
    if topic:
        return Job(topic)
    foreign = _foreign(node)
    return None if foreign is None else Job(foreign, foreign=foreign)


def script(node: etree._Element) -> tuple[str, str | None] | None:
    """Return the expression that Camunda 8 writes in place of a script, and the variable it is for."""
    zeebe = dialects.element(node, "script")
    if zeebe is None or not zeebe.get("expression"):
        return None
    return str(zeebe.get("expression")), zeebe.get("resultVariable")


def script_around(node: etree._Element, name: str) -> Script | None:
    """Return a script that SpiffArena runs before (`preScript`) or after (`postScript`) the work."""
    found = dialects.element(node, name)
    text = "" if found is None else (found.text or "")
    if found is None or not text.strip():
        return None
    return Script(text, "python", found.sourceline)


def correlation(message: etree._Element) -> str | None:
    """Return the expression of the value that a message must carry."""
    subscription = dialects.element(message, "subscription")
    if subscription is None:
        return dialects.said(message, "correlationKey")
    found = subscription.get("correlationKey")
    return None if found is None else str(found).strip().removeprefix("=").strip()


def _foreign(node: etree._Element) -> str | None:
    connector = dialects.element(node, "connector")
    if connector is not None:
        for child in connector:
            if xml.local_name(child) == "connectorId" and (child.text or "").strip():
                return (child.text or "").strip()
    for name in FOREIGN:
        said = dialects.said(node, name)
        if said and said != "external":
            return said.strip()
    return None


def _retries(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 5 else 3
