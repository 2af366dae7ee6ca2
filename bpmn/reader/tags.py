"""The names of BPMN's tags, by what they are, and small ways to look into a node."""

from lxml import etree

from bpmn import namespaces

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
    return default if value is None else value in {"true", "1"}


def reference(value: str | None) -> str | None:
    """Return the id of a reference, without the prefix of a namespace."""
    return value.strip().rpartition(":")[2] if value and value.strip() else None
