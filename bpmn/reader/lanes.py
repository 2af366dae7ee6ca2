"""Which lane an element stands in: who does the work (BPMN 2.0 §10.8)."""

from lxml import etree

from bpmn import extensions, xml
from bpmn.description import Element, Lane
from bpmn.findings import Severity
from bpmn.reader.draft import Draft
from bpmn.reader.tags import ACTIVITIES, B, label, reference


def note(node: etree._Element, _scope: str, draft: Draft) -> None:
    """Note the lane of each element; a lane inside a lane comes later and decides."""
    for lane in node.iter(f"{B}lane"):
        name = label(lane)
        described = Lane(name, extensions.role(lane) or name)
        for each in lane.iterchildren(f"{B}flowNodeRef"):
            identity = reference(each.text) or ""
            before = draft.lanes.get(identity)
            if before is not None and before.name not in map(
                label, lane.iterancestors(f"{B}lane")
            ):
                _tell_of_lanes(identity, name, draft)
            draft.lanes[identity] = described


def _tell_of_lanes(identity: str, last: str, draft: Draft) -> None:
    element = draft.file.by_id.get(identity)
    if element is not None and xml.local_name(element) in ACTIVITIES:
        draft.file.find(
            element,
            "several-lanes",
            "'{element}' stands in several lanes; it is done by '{lane}', the last of them.",
            Severity.WARNING,
            element=label(element),
            lane=last,
        )


def of(element: Element, draft: Draft) -> Lane | None:
    """Return the element's lane, or that of the sub-process around it."""
    current: Element | None = element
    seen: set[str] = set()  # an id that is used twice can stand inside itself
    while current is not None and current.id not in seen:
        if current.id in draft.lanes:
            return draft.lanes[current.id]
        seen.add(current.id)
        current = draft.elements.get(current.scope)
    return None
