"""
What the dialects say and nobody here reads: told to whoever deploys, never passed over in silence.

A name is in one of two tables or it is told. That of `READ` has what changes a value of the description; that
of `HARMLESS` what changes neither the order, the data, the people nor the times of a process.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from lxml import etree

from bpmn import namespaces, xml
from bpmn.description import Part
from bpmn.extensions import dialects
from bpmn.extensions.people import WORK

PERSONAL = frozenset({"globalManualTask", "globalUserTask", "manualTask", "userTask"})
WITH_JOB = frozenset(
    {
        "businessRuleTask",
        "callActivity",
        "endEvent",
        "globalBusinessRuleTask",
        "globalScriptTask",
        "intermediateThrowEvent",
        "messageEventDefinition",
        "scriptTask",
        "sendTask",
        "serviceTask",
    }
)
CALLING = frozenset({"callActivity"})
DECIDING = frozenset({"businessRuleTask", "globalBusinessRuleTask"})
SCRIPTED = frozenset({"globalScriptTask", "scriptTask"})
REPEATED = frozenset({"multiInstanceLoopCharacteristics"})
EVENTS = frozenset(
    {
        *("boundaryEvent", "endEvent", "intermediateCatchEvent"),
        *("intermediateThrowEvent", "startEvent"),
    }
)
ACTIVITIES = (
    PERSONAL
    | (WITH_JOB - EVENTS - {"messageEventDefinition"})
    | {"adHocSubProcess", "globalTask", "receiveTask", "subProcess", "task", "transaction"}
)

READ_ELEMENTS: Mapping[str, AbstractSet[str]] = {
    "assignmentDefinition": PERSONAL,
    "calledDecision": DECIDING,
    "calledDecisionId": DECIDING,
    "calledElement": CALLING,
    "connector": WITH_JOB,
    "formData": PERSONAL,
    "formDefinition": PERSONAL,
    "in": ACTIVITIES | EVENTS | {"signalEventDefinition"},
    "inputOutput": ACTIVITIES | EVENTS,
    "ioMapping": ACTIVITIES | EVENTS,
    "loopCharacteristics": REPEATED,
    "out": ACTIVITIES | EVENTS,
    "postScript": ACTIVITIES,
    "preScript": ACTIVITIES,
    "priorityDefinition": PERSONAL,
    "script": SCRIPTED,
    "serviceTaskOperator": WITH_JOB,
    "subscription": frozenset({"message"}),
    "taskDefinition": WITH_JOB,
    "taskSchedule": PERSONAL,
}
"""Extension elements, with the tags at which they are read."""
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
READ: Mapping[str, AbstractSet[str]] = {
    "area": frozenset({"process"}),
    "assignee": PERSONAL,
    "calledElementBinding": CALLING,
    "calledElementVersion": CALLING,
    "candidateGroups": PERSONAL,
    "candidateUsers": PERSONAL,
    "class": WITH_JOB,
    "collection": REPEATED,
    "correlationKey": frozenset({"message"}),
    "decisionRef": DECIDING,
    "decisionRefBinding": DECIDING,
    "decisionRefVersion": DECIDING,
    "delegateExpression": WITH_JOB,
    "distinctPerformers": PERSONAL,
    "dueDate": PERSONAL,
    "elementVariable": REPEATED,
    "errorCodeVariable": frozenset({"errorEventDefinition"}),
    "errorMessageVariable": frozenset({"errorEventDefinition"}),
    "escalationCodeVariable": frozenset({"escalationEventDefinition"}),
    "expression": WITH_JOB,
    "formId": PERSONAL,
    "formKey": PERSONAL,
    "formRef": PERSONAL,
    "givenTo": PERSONAL,
    "initiator": frozenset({"startEvent"}),
    "notPerformerOf": PERSONAL,
    "outputCollection": REPEATED,
    "outputElement": REPEATED,
    "performerOf": PERSONAL,
    "priority": PERSONAL,
    "resource": WITH_JOB | {"conditionExpression"},
    "mapDecisionResult": DECIDING,
    "resultVariable": SCRIPTED | DECIDING,
    "role": frozenset({"lane"}),
    "sameDeployment": CALLING,
    "searchable": frozenset({"process"}),
    "shortcut": frozenset({"process"}),
    "topic": WITH_JOB,
    "type": WITH_JOB,
}
"""Attributes, with the tags at which they are read: `formKey` of a start event is not."""
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
INSIDE: Mapping[str, Mapping[str, AbstractSet[str]]] = {
    "calledDecision": {"versionTag": frozenset()},
    "formDefinition": {"externalReference": frozenset(), "versionTag": frozenset()},
    "in": {
        "businessKey": frozenset(),
        "local": frozenset({"false"}),
        "variables": frozenset({"all"}),
    },
    "out": {
        "local": frozenset({"false"}),
        "transient": frozenset({"false"}),
        "variables": frozenset({"all"}),
    },
    "serviceTaskOperator": {"resultVariable": frozenset()},
    "taskSchedule": {"followUpDate": frozenset()},
}
"""Attributes of extension elements that are not read, with the values that say nothing."""

DEEPER = frozenset({"inputOutput", "parameters"})
"""What stands inside a connector or an operator, for the program that does it."""

SAID_BY_DEFAULT = {"formRefBinding": "deployment", "formRefVersion": None}


def unread(node: etree._Element, apart: AbstractSet[str]) -> Iterator[Part]:
    """
    Return what is said of an element, in it and in what belongs to it, and is not read.

    What is `apart`, by its tag, has its own say.
    """
    stack = [node]
    while stack:
        current = stack.pop()
        yield from _attributes(current)
        for child in dialects.elements(current):
            yield from _element(child, xml.local_name(current))
        stack += [
            each
            for each in current.iterchildren(f"{{{namespaces.BPMN}}}*")
            if xml.local_name(each) not in apart
        ]


def _attributes(node: etree._Element) -> Iterator[Part]:
    for key, value in node.attrib.items():
        name = etree.QName(str(key))
        if name.namespace not in namespaces.DIALECTS or name.localname in HARMLESS:
            continue
        if xml.local_name(node) in READ.get(name.localname, ()):
            continue
        if value != SAID_BY_DEFAULT.get(name.localname, ""):
            dialect = namespaces.DIALECTS[str(name.namespace)]
            yield Part(f"{dialect}:{name.localname}", node.sourceline)


def _element(node: etree._Element, place: str) -> Iterator[Part]:
    kind = xml.local_name(node)
    name = f"{dialects.dialect(node)}:{kind}"
    if kind not in HARMLESS_ELEMENTS and place not in READ_ELEMENTS.get(kind, ()):
        yield Part(name, node.sourceline)
        return
    for attribute in _unread_attributes(node, kind):
        yield Part(f"{name} {attribute}".strip(), node.sourceline)
    for child in node.iterchildren(etree.Element):
        if kind in {"connector", "serviceTaskOperator"} and xml.local_name(child) in DEEPER:
            yield Part(f"{name} {xml.local_name(child)}", child.sourceline)
        if name == "spiffworkflow:properties" and child.get("name") not in WORK:
            yield Part(f"spiffworkflow:property {child.get('name')}", child.sourceline)


def _unread_attributes(node: etree._Element, kind: str) -> Iterator[str]:
    """Return attributes of an extension element; nothing, where a mapping as a whole says nothing."""
    if kind in {"in", "out"} and not {"businessKey", "target", "variables"} & set(node.keys()):
        yield ""
    for attribute in sorted(INSIDE.get(kind, {}).keys() & node.keys()):
        if node.get(attribute) not in INSIDE[kind][attribute]:
            yield attribute
    if kind == "taskDefinition" and not str(node.get("retries", "3")).isdecimal():
        yield "retries"
