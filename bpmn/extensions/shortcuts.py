"""What people start by a button of its own on the first page, when a process says that it is that."""

from lxml import etree

from bpmn import namespaces


def shortcut(process: etree._Element) -> str | None:
    """Return what `rutin:shortcut` says; None where nothing is said."""
    return str(process.get(f"{{{namespaces.RUTIN}}}shortcut", "")).strip() or None
