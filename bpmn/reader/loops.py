"""Loops and multi-instance activities (BPMN 2.0 §10.3.7), in the standard's words and in the dialects'."""

from collections.abc import Callable

from lxml import etree

from bpmn import extensions
from bpmn.description import EventDefinition, MultiInstance, StandardLoop
from bpmn.reader import data, events
from bpmn.reader.draft import File
from bpmn.reader.languages import expression
from bpmn.reader.tags import B, is_true, text


def read(node: etree._Element, file: File) -> StandardLoop | MultiInstance | None:
    standard = node.find(f"{B}standardLoopCharacteristics")
    if standard is not None:
        return StandardLoop(
            condition=expression(standard, "loopCondition"),
            test_before=is_true(standard, "testBefore"),
            maximum=standard.get("loopMaximum") or text(standard, "loopMaximum"),
        )
    multiple = node.find(f"{B}multiInstanceLoopCharacteristics")
    return None if multiple is None else _multiple(multiple, file)


def _multiple(node: etree._Element, file: File) -> MultiInstance:
    said = extensions.loop(node)
    behavior = node.get("behavior", "All")
    thrown = events.by_reference(
        node, "noneBehaviorEventRef" if behavior == "None" else "oneBehaviorEventRef", file
    )
    return MultiInstance(
        sequential=is_true(node, "isSequential"),
        cardinality=expression(node, "loopCardinality"),
        collection=said.collection or _moved(node, "loopDataInputRef", data.moved_into, file),
        item=said.item or _item(node, "inputDataItem"),
        output=said.output or _moved(node, "loopDataOutputRef", data.moved_from, file),
        output_item=said.output_item or _item(node, "outputDataItem"),
        completion=expression(node, "completionCondition"),
        behavior=behavior,
        thrown=() if thrown is None else (thrown,),
        complex=tuple(_complex(each, file) for each in node.iter(f"{B}complexBehaviorDefinition")),
    )


def _complex(node: etree._Element, file: File) -> tuple[str, EventDefinition | None]:
    event = node.find(f"{B}event")
    thrown = () if event is None else events.read(event, file)
    return expression(node, "condition") or "", next(iter(thrown), None)


def _moved(
    node: etree._Element,
    tag: str,
    moved: Callable[[etree._Element, str, File], str | None],
    file: File,
) -> str | None:
    """
    Return the variable that is gone through, or that the results are put into.

    An input of the activity stands for what an association puts there, an output for where one puts it.
    """
    identity = text(node, tag)
    if identity is None:
        return None
    return moved(node.getparent(), identity, file) or data.variable_of(identity, file)


def _item(node: etree._Element, tag: str) -> str | None:
    child = node.find(f"{B}{tag}")
    return None if child is None else data.variable_name(child)
