"""What can be different about an element, and where BPMN and the dialects write it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bpmn import namespaces
from bpmn.reader.tags import FLOW_NODES, GLOBAL_TASKS


class What(StrEnum):
    """
    What is different, in the order in which it is told.

    What has no word here is called `attribute:<name>`, `extension:<name>` (an extension element) or `part:<tag>`.
    """

    TYPE = "type"
    NAME = "name"
    TEXT = "text"
    """What a text annotation says."""
    INSIDE = "inside"
    """The process, sub-process, pool … that the element stands in."""
    LANE = "lane"
    ATTACHED = "attached_to"
    SOURCE = "source"
    TARGET = "target"
    CONDITION = "condition"
    DEFAULT = "default_flow"
    ORDER = "order"
    """The order in which an exclusive gateway tries its flows."""
    EVENT = "event"
    """The kind of event; where there are several definitions, all that they say."""
    REFERS_TO = "refers_to"
    """The message, signal, error or escalation."""
    TIMER = "timer"
    SCRIPT = "script"
    CALLED = "called"
    """The process or decision that is called."""
    LOOP = "loop"
    ASSIGNEE = "assignee"
    CANDIDATE_USERS = "candidate_users"
    CANDIDATE_GROUPS = "candidate_groups"
    POTENTIAL_OWNER = "potential_owner"
    DUE_DATE = "due_date"
    PRIORITY = "priority"
    FORM = "form"
    NOT_PERFORMER_OF = "not_performer_of"
    PERFORMER_OF = "performer_of"
    DISTINCT_PERFORMERS = "distinct_performers"
    GIVEN_TO = "given_to"
    DATA = "data"
    """What goes in and out, and the properties that are kept."""
    DOCUMENTATION = "documentation"


FLOWS = ("sequenceFlow", "messageFlow", "conversationLink", "association")
"""What connects two elements; an association may also lead to one of the others."""

SUBJECTS = (
    FLOW_NODES
    | frozenset(GLOBAL_TASKS)
    | frozenset(FLOWS)
    | frozenset(
        {
            "callChoreography",
            "callConversation",
            "category",
            "categoryValue",
            "choreography",
            "choreographyTask",
            "collaboration",
            "conversation",
            "correlationKey",
            "correlationProperty",
            "dataObject",
            "dataObjectReference",
            "dataStore",
            "dataStoreReference",
            "endPoint",
            "error",
            "escalation",
            "globalChoreographyTask",
            "globalConversation",
            "group",
            "interface",
            "itemDefinition",
            "message",
            "operation",
            "participant",
            "partnerEntity",
            "partnerRole",
            "process",
            "resource",
            "signal",
            "subChoreography",
            "subConversation",
            "textAnnotation",
        }
    )
)
"""
What people draw and name, and the lanes of a lane set.

All else is told of the subject around it, also where it has an id of its own.
"""

KNOWN_BY_PLACE = frozenset({"process", "collaboration", "choreography", "startEvent"})
"""The only one in its place is the same one, whatever it is called."""

ATTRIBUTES: Mapping[str, What] = MappingProxyType(
    {
        "name": What.NAME,
        "attachedToRef": What.ATTACHED,
        "sourceRef": What.SOURCE,
        "targetRef": What.TARGET,
        "default": What.DEFAULT,
        "messageRef": What.REFERS_TO,
        "signalRef": What.REFERS_TO,
        "errorRef": What.REFERS_TO,
        "escalationRef": What.REFERS_TO,
        "calledElement": What.CALLED,
    }
)

PARTS: Mapping[str, What] = MappingProxyType(
    {
        "activationCondition": What.CONDITION,
        "completionCondition": What.CONDITION,
        "condition": What.CONDITION,
        "conditionExpression": What.CONDITION,
        "dataInputAssociation": What.DATA,
        "dataOutputAssociation": What.DATA,
        "documentation": What.DOCUMENTATION,
        "eventDefinitionRef": What.EVENT,
        "humanPerformer": What.ASSIGNEE,
        "ioSpecification": What.DATA,
        "linkEventDefinition": What.EVENT,
        "multiInstanceLoopCharacteristics": What.LOOP,
        "performer": What.ASSIGNEE,
        "potentialOwner": What.POTENTIAL_OWNER,
        "property": What.DATA,
        "script": What.SCRIPT,
        "standardLoopCharacteristics": What.LOOP,
        "text": What.TEXT,
        "timeCycle": What.TIMER,
        "timeDate": What.TIMER,
        "timeDuration": What.TIMER,
    }
)

SAID_BY_DIALECTS: Mapping[str, What] = MappingProxyType(
    {
        "assignee": What.ASSIGNEE,
        "candidateUsers": What.CANDIDATE_USERS,
        "candidateGroups": What.CANDIDATE_GROUPS,
        "dueDate": What.DUE_DATE,
        "priority": What.PRIORITY,
        "formKey": What.FORM,
        "formRef": What.FORM,
        "formId": What.FORM,
        "notPerformerOf": What.NOT_PERFORMER_OF,
        "performerOf": What.PERFORMER_OF,
        "distinctPerformers": What.DISTINCT_PERFORMERS,
        "givenTo": What.GIVEN_TO,
        "decisionId": What.CALLED,
        "decisionRef": What.CALLED,
        "processId": What.CALLED,
    }
)
"""Attributes of dialects, on the element or on an extension element of it."""

EXTENSIONS: Mapping[str, What] = MappingProxyType(
    {
        "calledDecisionId": What.CALLED,
        "script": What.SCRIPT,
    }
)
"""Extension elements of dialects that have a word of their own."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "associationDirection": "None",
        "behavior": "All",
        "cancelActivity": "true",
        "cancelRemainingInstances": "true",
        "completionQuantity": "1",
        "eventGatewayType": "Exclusive",
        "gatewayDirection": "Unspecified",
        "instantiate": "false",
        "isClosed": "false",
        "isCollection": "false",
        "isForCompensation": "false",
        "isInterrupting": "true",
        "isSequential": "false",
        "isUnlimited": "true",
        "itemKind": "Information",
        "loopType": "None",
        "maximum": "1",
        "method": "##Compensate",
        "minimum": "0",
        "mustUnderstand": "false",
        "parallelMultiple": "false",
        "processType": "None",
        "startQuantity": "1",
        "testBefore": "false",
        "textFormat": "text/plain",
        "triggeredByEvent": "false",
    }
)
"""What an attribute means where it is left out, as the schema of BPMN 2.0 has it."""

METADATA = frozenset(
    {
        "exporter",
        "exporterVersion",
        f"{{{namespaces.CAMUNDA}}}diagramRelationId",
        f"{{{namespaces.ZEEBE}}}modelerTemplateIcon",
    }
)
"""Attributes by which a tool speaks of itself."""
METADATA_NAMESPACES = frozenset({namespaces.MODELER, namespaces.XSI})
