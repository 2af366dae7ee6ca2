"""
Attributes of BPMN that decide what is executed, with values that are none of the standard's.

What cannot be understood is read as if it were not there; so that nobody has to find that out by what a case
does, it is noted here.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from bpmn.description import Attribute
from bpmn.extensions import areas
from bpmn.reader.tags import FALSE, TRUE, B, label, place, quantity

YES_OR_NO = frozenset(
    {
        "cancelActivity",
        "cancelRemainingInstances",
        "instantiate",
        "isExecutable",
        "isForCompensation",
        "isInterrupting",
        "isSequential",
        "parallelMultiple",
        "testBefore",
        "triggeredByEvent",
        "waitForCompletion",
    }
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    areas.NAME: areas.AREAS,
    "behavior": ("None", "One", "All", "Complex"),
    "eventGatewayType": ("Exclusive", "Parallel"),
    "ordering": ("Parallel", "Sequential"),
}
NUMBERS = frozenset({"completionQuantity", "startQuantity"})


def unknown(process: etree._Element) -> Iterator[Attribute]:
    for node in process.iter(f"{B}*"):
        for name, value in node.attrib.items():
            known = _known(str(name), str(value))
            if known is None:
                continue
            where = place(node)
            yield Attribute(
                element_id=str(where.get("id", "")),
                label=label(where),
                line=where.sourceline,
                name=str(name).rpartition("}")[2],
                value=str(value),
                known=known,
            )


def _known(name: str, value: str) -> tuple[str, ...] | None:
    """Return the values that an attribute can have, where it has another one."""
    if name in YES_OR_NO and value.strip() not in TRUE | FALSE:
        return ("true", "false")
    if name in CHOICES and value not in CHOICES[name]:
        return CHOICES[name]
    if name in NUMBERS and quantity(value) is None:
        return ()
    return None
