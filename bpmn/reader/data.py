"""
Data objects, properties, inputs and outputs (BPMN 2.0 §10.4), as variables.

A data object is a variable of the scope it is drawn in, called by its name where that can be a variable's name,
else by its id. An association copies into or out of an activity. A data store can be read where the installation
has a connector of its name; nothing is written to it.
"""

import re
from collections.abc import Iterator

from lxml import etree

from bpmn import extensions, xml
from bpmn.description import Part, Transfer
from bpmn.reader.draft import Draft, File
from bpmn.reader.languages import expression
from bpmn.reader.tags import TASKS, B, reference, text

PATH = re.compile(r"[^\W\d][\w-]*(\.[^\W\d][\w-]*)*")
"""What a value can be put into: a variable, or an entry of one."""
STORES = frozenset({"dataStoreReference", "dataStore"})


def declare(node: etree._Element, scope: str, draft: Draft) -> None:
    """Note a data object or property as a variable of its scope."""
    draft.variables.setdefault(scope, []).append(variable_name(node))


def variable_name(node: etree._Element) -> str:
    name = str(node.get("name") or "")
    return name if name.isidentifier() else str(node.get("id") or name)


def variable_of(identity: str, file: File) -> str:
    """Return the variable that an id stands for: that of a data object, an input, a property, or itself."""
    node = file.by_id.get(reference(identity) or "")
    if node is None:
        return identity.strip()
    if xml.local_name(node) == "dataObjectReference":
        referred = file.by_id.get(reference(node.get("dataObjectRef")) or "")
        node = node if referred is None else referred
    return variable_name(node)


def inputs(node: etree._Element, file: File) -> tuple[Transfer, ...]:
    """Return what is put into an activity: by associations, then by the dialects."""
    associated = list(_associated(node, "dataInputAssociation", file))
    outputs_ = list(_associated(node, "dataOutputAssociation", file))
    declared = [
        Transfer(variable_name(each), "null")
        for each in node.iterfind(f"{B}ioSpecification/{B}dataOutput")
        if outputs_
    ]
    own = [Transfer(variable_name(each), "null") for each in _properties(node)]
    return (*own, *declared, *associated, *extensions.inputs(node))


def _properties(node: etree._Element) -> list[etree._Element]:
    """Return the properties of a task; those of a sub-process live in its scope."""
    return node.findall(f"{B}property") if xml.local_name(node) in TASKS else []


def outputs(node: etree._Element, file: File) -> tuple[Transfer, ...]:
    """Return what comes out of an activity."""
    return (*_associated(node, "dataOutputAssociation", file), *extensions.outputs(node))


def moved_into(node: etree._Element, identity: str, file: File) -> str | None:
    """Return the expression whose value an association puts into an input."""
    for association in node.iterchildren(f"{B}dataInputAssociation"):
        source = text(association, "sourceRef")
        if reference(text(association, "targetRef")) == reference(identity):
            change = expression(association, "transformation")
            return change or (variable_of(source, file) if source else None)
    return None


def moved_from(node: etree._Element, identity: str, file: File) -> str | None:
    """Return the variable into which an association puts an output."""
    for association in node.iterchildren(f"{B}dataOutputAssociation"):
        target = text(association, "targetRef")
        if target and reference(text(association, "sourceRef")) == reference(identity):
            return variable_of(target, file)
    return None


def unread(node: etree._Element, file: File) -> Iterator[Part]:
    """Return associations that would put a value nowhere, or leave out a source."""
    for association in node.iterchildren(f"{B}dataInputAssociation", f"{B}dataOutputAssociation"):
        assignments = association.findall(f"{B}assignment")
        for each in assignments:
            if not PATH.fullmatch(_target(text(each, "to") or "", file)):
                yield Part(f"to {text(each, 'to') or ''}"[:80], each.sourceline)
        several = len(association.findall(f"{B}sourceRef")) > 1
        if several and not assignments and expression(association, "transformation") is None:
            yield Part("sourceRef", association.sourceline)


def _associated(node: etree._Element, tag: str, file: File) -> Iterator[Transfer]:
    for association in node.iterchildren(f"{B}{tag}"):
        assignments = association.findall(f"{B}assignment")
        if assignments:
            yield from (
                Transfer(_target(text(each, "to") or "", file), expression(each, "from") or "null")
                for each in assignments
            )
            continue
        source, target = text(association, "sourceRef"), text(association, "targetRef")
        if target is None or store(target, file) is not None:
            continue
        stored = store(source, file)
        if stored is not None:
            yield Transfer(variable_of(target, file), "null", store=stored)
            continue
        change = expression(association, "transformation")
        if change is not None:
            yield Transfer(variable_of(target, file), change)
        elif source is not None:
            yield Transfer(variable_of(target, file), variable_of(source, file), optional=True)


def _target(to: str, file: File) -> str:
    written = to.strip().removeprefix("#{").removeprefix("${").removeprefix("=")
    return variable_of(written.removesuffix("}").strip(), file)


def store(identity: str | None, file: File) -> str | None:
    """Return the name of the data store that an id stands for."""
    node = file.by_id.get(reference(identity) or "")
    if node is None or xml.local_name(node) not in STORES:
        return None
    meant = file.by_id.get(reference(node.get("dataStoreRef")) or "", node)
    return str(meant.get("name") or node.get("name") or node.get("id"))
