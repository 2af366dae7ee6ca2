"""
In which part of a management system a process belongs.

The seven parts are those that Socialstyrelsen's guide to SOSFS 2011:9 describes a management system by.
"""

from lxml import etree

from bpmn import namespaces

AREAS = (
    "governance",
    "roles",
    "processes",
    "collaboration",
    "improvement",
    "participation",
    "documentation",
)
NAME = f"{{{namespaces.RUTIN}}}area"


def area(process: etree._Element) -> str | None:
    """Return what `rutin:area` says; None where it says nothing, or something that is no area."""
    said = process.get(NAME)
    return said if said in AREAS else None
