"""
What the dialects say and nobody here reads: told to whoever deploys, never passed over in silence.

A name is in one of two tables or it is told. That of `READ` has what changes a value of the description; that
of `HARMLESS` what changes neither the order, the data, the people nor the times of a process.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import Part
from bpmn.extensions import dialects

READ_ELEMENTS = frozenset(
    {
        "assignmentDefinition",
        "calledDecision",
        "calledDecisionId",
        "calledElement",
        "connector",
        "field",
        "formDefinition",
        "in",
        "inputOutput",
        "ioMapping",
        "loopCharacteristics",
        "out",
        "postScript",
        "preScript",
        "priorityDefinition",
        "script",
        "serviceTaskOperator",
        "subscription",
        "taskDefinition",
        "taskSchedule",
    }
)
HARMLESS_ELEMENTS = frozenset(
    {
        "category",
        "failedJobRetryTimeCycle",
        "import",
        "instructionsForEndUser",
        "jobPriorityDefinition",
        "metaData",
        "metadata",
        "potentialStarter",
        "properties",
        "signalButtonLabel",
        "taskMetadataValues",
        "unitTests",
        "userTask",
        "userTaskForm",
        "versionTag",
    }
)
READ = frozenset(
    {
        "assignee",
        "bindingType",
        "calledElementBinding",
        "calledElementVersion",
        "candidateGroups",
        "candidateUsers",
        "class",
        "collection",
        "correlationKey",
        "decisionRef",
        "decisionRefBinding",
        "decisionRefVersion",
        "delegateExpression",
        "dueDate",
        "elementVariable",
        "errorCodeVariable",
        "errorMessageVariable",
        "escalationCodeVariable",
        "expression",
        "formId",
        "formKey",
        "formRef",
        "initiator",
        "notPerformerOf",
        "outputCollection",
        "outputElement",
        "performerOf",
        "priority",
        "resource",
        "resultVariable",
        "role",
        "sameDeployment",
        "topic",
        "type",
    }
)
HARMLESS = frozenset(
    {
        "async",
        "asyncAfter",
        "asyncBefore",
        "bgcolor",
        "bordercolor",
        "boundaryca",
        "category",
        "color",
        "diagramRelationId",
        "displayName",
        "dtype",
        "erefname",
        "exclusive",
        "fontsize",
        "formHandlerClass",
        "historyTimeToLive",
        "isStartableInTasklist",
        "jobPriority",
        "modelerTemplate",
        "modelerTemplateIcon",
        "modelerTemplateVersion",
        "msgref",
        "packageName",
        "parallelInSameTransaction",
        "retryCounter",
        "selectable",
        "taskPriority",
        "version",
        "versionTag",
    }
)
INSIDE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "in": {"businessKey": frozenset(), "local": frozenset({"false"})},
    "out": {"local": frozenset({"false"})},
    "formDefinition": {"versionTag": frozenset(), "externalReference": frozenset()},
    "calledDecision": {"versionTag": frozenset()},
}
"""Attributes of extension elements that are not read, with the values that say nothing."""

SAID_BY_DEFAULT = {"formRefBinding": "deployment", "formRefVersion": None}


def unread(node: etree._Element) -> Iterator[Part]:
    """Return what is said of an element, in it and in what belongs to it, and is not read."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield from _attributes(current)
        for child in dialects.elements(current):
            name = f"{dialects.dialect(child)}:{xml.local_name(child)}"
            if xml.local_name(child) not in READ_ELEMENTS | HARMLESS_ELEMENTS:
                yield Part(name, child.sourceline)
            for attribute in sorted(INSIDE.get(xml.local_name(child), {}).keys() & child.keys()):
                if child.get(attribute) not in INSIDE[xml.local_name(child)][attribute]:
                    yield Part(f"{name} {attribute}", child.sourceline)
        stack += [each for each in current.iterchildren(etree.Element) if _belongs(each)]


def _attributes(node: etree._Element) -> Iterator[Part]:
    for key, value in node.attrib.items():
        name = etree.QName(str(key))
        if name.namespace not in namespaces.DIALECTS or name.localname in READ | HARMLESS:
            continue
        if value != SAID_BY_DEFAULT.get(name.localname, ""):
            dialect = namespaces.DIALECTS[str(name.namespace)]
            yield Part(f"{dialect}:{name.localname}", node.sourceline)


def _belongs(node: etree._Element) -> bool:
    """Tell whether a node is a part of its element, and not an element of its own."""
    name = xml.local_name(node)
    return xml.namespace(node) == namespaces.BPMN and name.endswith(
        ("EventDefinition", "LoopCharacteristics")
    )
