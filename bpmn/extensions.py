"""
What the dialects say about an element, read into one set of values.

Camunda 7 and its heirs write attributes, Camunda 8 writes extension elements, SpiffArena writes name-value
properties; they mean the same few things. Whatever a dialect says that changes execution and that we do not
read is handed on as `unread`, so that it is refused instead of forgotten.
"""

from collections.abc import Iterator

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import Part, Work

HARMLESS = frozenset(
    {
        "calledElement",
        "field",
        "formData",
        "formDefinition",
        "assignmentDefinition",
        "properties",
        "taskDefinition",
        "taskHeaders",
        "taskSchedule",
        "userTask",
        "userTaskForm",
        "versionTag",
    }
)
"""Extension elements that we read, or that say nothing about the order or the data of execution."""

WORK = {
    "assignee": "assignee",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
    "dueDate": "due_date",
    "formKey": "form_key",
    "formRef": "form_key",
    "formId": "form_key",
    "notPerformerOf": "not_performer_of",
    "performerOf": "performer_of",
}


def work(node: etree._Element) -> Work:
    """Read assignment, due date, form and separation of duties of a task."""
    said: dict[str, str] = {}
    for name, value in _statements(node):
        field = WORK.get(name)
        if field and value.strip():
            said.setdefault(field, value.strip())
    return Work(
        assignee=said.get("assignee"),
        candidate_users=said.get("candidate_users"),
        candidate_groups=said.get("candidate_groups"),
        due_date=said.get("due_date"),
        form_key=said.get("form_key"),
        not_performer_of=_words(said.get("not_performer_of")),
        performer_of=_words(said.get("performer_of")),
    )


def role(lane: etree._Element) -> str | None:
    """Return the role that a lane stands for, where the lane says so."""
    value: str | None = lane.get(f"{{{namespaces.RUTIN}}}role")
    return value


def called_process(node: etree._Element) -> str | None:
    """Return the key of the process that a call activity calls (Camunda 8 writes it as an extension)."""
    called = node.find(
        f"{{{namespaces.BPMN}}}extensionElements/{{{namespaces.ZEEBE}}}calledElement"
    )
    return None if called is None else called.get("processId")


def unread(node: etree._Element) -> Iterator[Part]:
    """Return the extension elements of a known dialect that we do not read."""
    for child in _extension_elements(node):
        name = xml.local_name(child)
        if name not in HARMLESS:
            dialect = namespaces.DIALECTS[str(xml.namespace(child))]
            yield Part(f"{dialect}:{name}", child.sourceline)


def _statements(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Return what is said of an element as names and values, our own dialect first."""
    attributes = [
        (namespaces.DIALECTS[uri], name, value)
        for key, value in node.attrib.items()
        for uri, name in [_split(str(key))]
        if uri in namespaces.DIALECTS
    ]
    for _, name, value in sorted(attributes, key=lambda said: said[0] != "rutin"):
        yield name, str(value)
    for child in _extension_elements(node):
        if xml.local_name(child) == "properties":
            for each in child:
                yield str(each.get("name", "")), str(each.get("value", ""))
        else:
            yield from ((str(name), str(value)) for name, value in child.attrib.items())


def _extension_elements(node: etree._Element) -> Iterator[etree._Element]:
    for box in node.iterchildren(f"{{{namespaces.BPMN}}}extensionElements"):
        for child in box.iterchildren():
            if xml.namespace(child) in namespaces.DIALECTS:
                yield child


def _split(name: str) -> tuple[str, str]:
    qualified = etree.QName(name)
    return str(qualified.namespace), str(qualified.localname)


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())
