"""The forms that other products keep in a model, carried over into ours."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from bpmn.extensions import dialects, forms
from bpmn.findings import Finding
from bpmn.forms.fields import Form
from bpmn.forms.imports import form_data, form_js
from bpmn.forms.imports.carried import Carried


@dataclass(frozen=True, slots=True)
class Kept:
    key: str
    form: Form | None
    """None where it asks what cannot be asked here."""
    findings: tuple[Finding, ...]


def read(root: etree._Element, resource: str) -> Iterator[Kept]:
    for process, key, text in forms.kept_inside(root):
        carried = Carried(resource, process)
        yield Kept(key, _of_form_js(text, key, carried), tuple(carried.findings))
    for task, data in forms.with_data(root):
        carried = Carried(resource, task.get("id"), data.sourceline)
        key = forms.key_of_data(task)
        yield Kept(key, _of_data(task, data, key, carried), tuple(carried.findings))


def _of_form_js(text: str, key: str, carried: Carried) -> Form | None:
    given = form_js.content(text.encode())
    if given is None:
        carried.give_up("The form '{key}' in the model cannot be read.", key=key)
        return None
    return form_js.read(given, key, key.rpartition(":")[2], carried)


def _of_data(
    task: etree._Element, data: etree._Element, key: str, carried: Carried
) -> Form | None:
    named = next((value for name, value in dialects.statements(task) if name in forms.NAMES), None)
    if named:
        carried.leave(
            "The questions in the model are left out: the task names '{form}'.", form=named
        )
        return None
    return form_data.read(data, key, str(task.get("name") or key), carried)
