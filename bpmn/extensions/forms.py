"""Which form a task asks: one in a file of its own, or one that another product keeps in the model."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from bpmn import namespaces, xml
from bpmn.extensions import dialects

IN_THE_MODEL = "camunda-forms:bpmn:"
BESIDE = ("camunda-forms:deployment:", "camunda-forms:app:")
ENDING = ".form"
NAMES = frozenset({"formKey", "formRef", "formId"})
"""What names a form, in one dialect or another."""
B = f"{{{namespaces.BPMN}}}"


def form_key(node: etree._Element, said: str | None) -> str | None:
    """Return the key of the form of a task, whatever the dialect writes."""
    if said is None:
        return None if dialects.element(node, "formData") is None else key_of_data(node)
    if said.startswith(IN_THE_MODEL):
        return _inside(node, said.removeprefix(IN_THE_MODEL))
    for prefix in BESIDE:
        if said.startswith(prefix):
            return PurePosixPath(said.removeprefix(prefix)).name.removesuffix(ENDING)
    return said


def key_of_data(task: etree._Element) -> str:
    """Return a key for the questions that stand in a task."""
    return _inside(task, str(task.get("id", "")))


def kept_inside(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Give the forms of form-js in a model: the process, the key and the JSON of each."""
    for process in root.iterchildren(f"{B}process"):
        for each in dialects.elements(process, "userTaskForm"):
            yield (
                str(process.get("id", "")),
                _inside(process, str(each.get("id"))),
                each.text or "",
            )


def with_data(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Give the tasks in which questions stand, each with these, and without a form that it names."""
    for tag in ("userTask", "globalUserTask"):
        for task in root.iter(f"{B}{tag}"):
            data = dialects.element(task, "formData")
            if data is not None:
                yield task, data


def _inside(node: etree._Element, name: str) -> str:
    """Make a key that is the only one of its name, also beside other files."""
    around = node
    while xml.local_name(around) != "process" and (above := around.getparent()) is not None:
        around = above
    return f"{around.get('id') or ''}:{name}"
