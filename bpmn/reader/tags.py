"""The names of BPMN's tags, by what they are, and small ways to look into a node."""

from lxml import etree

from bpmn import namespaces, xml

B = f"{{{namespaces.BPMN}}}"

CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "complexGateway",
        "eventBasedGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
        "event",
    }
)
TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
    }
)
GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
ACTIVITIES = TASKS | CONTAINERS | {"callActivity"}
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS

SILENT = frozenset(
    {
        "association",
        "auditing",
        "correlationSubscription",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "ioSpecification",
        "laneSet",
        "monitoring",
        "outgoing",
        "property",
        "script",
        "supportedInterfaceRef",
        "supports",
        "textAnnotation",
    }
)
"""What may stand in a process or element and either says nothing about its execution or is read elsewhere."""


TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})

NEVER_MEANT = frozenset(
    {
        "activationCondition",
        "assignment",
        "completionCondition",
        "condition",
        "conditionExpression",
        "dataInputAssociation",
        "dataOutputAssociation",
        "documentation",
        "extensionElements",
        "formalExpression",
        "from",
        "humanPerformer",
        "inputSet",
        "ioSpecification",
        "laneSet",
        "loopCardinality",
        "loopCondition",
        "multiInstanceLoopCharacteristics",
        "outputSet",
        "performer",
        "potentialOwner",
        "resourceAssignmentExpression",
        "resourceParameterBinding",
        "resourceRole",
        "script",
        "standardLoopCharacteristics",
        "timeCycle",
        "timeDate",
        "timeDuration",
        "to",
    }
)
"""What may have an id that nothing refers to."""

PLACES = FLOW_NODES | {"dataObjectReference", "dataStoreReference", "lane", "process"}
"""What can be shown to whoever looks for a mistake."""


def place(node: etree._Element) -> etree._Element:
    """Return the nearest element of the drawing that a node is a part of, or is itself."""
    current = node
    while xml.local_name(current) not in PLACES or not current.get("id"):
        around = current.getparent()
        if around is None:
            return node
        current = around
    return current


def label(node: etree._Element) -> str:
    """Return the name of a node in one line, or else its id or tag."""
    return " ".join(str(node.get("name", "")).split()) or str(
        node.get("id") or xml.local_name(node)
    )


def text(node: etree._Element, tag: str) -> str | None:
    """Return the text of a child, None where there is none."""
    child = node.find(f"{B}{tag}")
    content = "" if child is None else "".join(child.itertext()).strip()
    return content or None


def documentation(node: etree._Element) -> str | None:
    texts = ["".join(each.itertext()).strip() for each in node.iterchildren(f"{B}documentation")]
    return "\n\n".join(each for each in texts if each) or None


def is_true(node: etree._Element, attribute: str, *, default: bool = False) -> bool:
    value = node.get(attribute)
    return default if value is None else value.strip() in TRUE


def quantity(value: str) -> int | None:
    """Return a number of tokens, None where the text is none that is counted with."""
    written = value.strip()
    is_number = written.isascii() and written.isdecimal() and len(written) < 6
    return int(written) or None if is_number else None


def reference(value: str | None) -> str | None:
    """Return the id of a reference, without the prefix of a namespace; tools' `##unspecified` is none."""
    written = (value or "").strip()
    return None if written.startswith("##") else written.rpartition(":")[2] or None
