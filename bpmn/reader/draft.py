"""A file while it is read: what is shared by its processes, and what is found on the way."""

from dataclasses import dataclass, field

from lxml import etree

from bpmn import xml
from bpmn.description import Element, Flow, Lane
from bpmn.findings import Finding, Severity
from bpmn.reader.tags import NEVER_MEANT, B, reference


@dataclass(slots=True)
class File:
    resource: str
    root: etree._Element
    by_id: dict[str, etree._Element] = field(default_factory=dict)
    """Everything that has an id and can be referred to."""
    findings: list[Finding] = field(default_factory=list)
    correlated: set[str] = field(default_factory=set)
    """The messages that are correlated by what they carry, as the standard writes it."""

    def __post_init__(self) -> None:
        for node in self.root.iter(f"{B}correlationPropertyRetrievalExpression"):
            self.correlated.add(reference(node.get("messageRef")) or "")
        for node in self.root.iter(f"{B}*"):
            identity = node.get("id")
            if identity is not None and xml.local_name(node) not in NEVER_MEANT:
                self.by_id.setdefault(str(identity), node)

    def find(
        self,
        node: etree._Element,
        rule: str,
        template: str,
        severity: Severity = Severity.ERROR,
        **values: object,
    ) -> None:
        self.findings.append(
            Finding(
                self.resource,
                rule,
                template,
                severity,
                element_id=_nearest_id(node),
                line=node.sourceline,
                values=values,
            )
        )


@dataclass(slots=True)
class Draft:
    """A process while its file is read."""

    file: File
    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    lanes: dict[str, Lane] = field(default_factory=dict)
    variables: dict[str, list[str]] = field(default_factory=dict)
    associations: list[tuple[str, str]] = field(default_factory=list)
    nameless: int = 0

    def identify(self, node: etree._Element) -> str:
        """Return the node's id, or one derived from its place, which is the same at every reading."""
        given = node.get("id")
        if given:
            return str(given)
        self.nameless += 1
        return f"{xml.local_name(node)}-without-id-{self.nameless}"


def _nearest_id(node: etree._Element) -> str | None:
    current: etree._Element | None = node
    while current is not None:
        if current.get("id"):
            return str(current.get("id"))
        current = current.getparent()
    return None
