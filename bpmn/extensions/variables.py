"""Which variables of its cases a process lets people search by."""

from lxml import etree

from bpmn import namespaces


def searchable(process: etree._Element) -> tuple[str, ...]:
    """Return the names in `rutin:searchable`, each once, in the order in which they stand."""
    said = str(process.get(f"{{{namespaces.RUTIN}}}searchable", ""))
    return tuple(dict.fromkeys(name.strip() for name in said.split(",") if name.strip()))
