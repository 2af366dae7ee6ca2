"""The diagrams of a file: those it brings, and one of our own where it brings none of the whole."""

from dataclasses import dataclass

from lxml import etree

from bpmn.diagram import layout, reading
from bpmn.diagram.arrangement import plan
from bpmn.diagram.content import Content
from bpmn.diagram.plane import Plane


@dataclass(frozen=True, slots=True)
class Diagrams:
    content: Content
    planes: tuple[Plane, ...]
    """At least one; the first is the main one."""


def read(root: etree._Element) -> Diagrams:
    content = reading.read(root)
    found = layout.read(root, content)
    if not any(layout.is_whole(each, content) for each in found):
        found = (plan.arrange(content), *found)
    return Diagrams(content, found)
