"""The questions that Camunda 7 keeps in the model, in `<camunda:formData>`."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from bpmn import xml
from bpmn.forms.fields import Form
from bpmn.forms.imports.carried import Carried

TYPES = {"string": "text", "long": "int", "boolean": "bool", "date": "date", "enum": "enum"}
SIZES = {"min": "minimum", "max": "maximum", "minlength": "minLength", "maxlength": "maxLength"}
FITTING = {"minimum": {"int"}, "maximum": {"int"}, "minLength": {"text"}, "maxLength": {"text"}}
MARKED = ("${", "#{")
TRUTH = {"true": True, "false": False}


def read(node: etree._Element, key: str, title: str, carried: Carried) -> Form | None:
    """Carry over what stands in the element; `carried` has the findings."""
    fields = [field for each in _named(node, "formField") for field in _field(each, carried)]
    if not fields and carried.is_whole:
        return None
    return carried.form(key, title, {"fields": fields})


def _field(node: etree._Element, carried: Carried) -> Iterator[dict[str, Any]]:
    name = carried.name(node.get("id"))
    kind = TYPES.get(str(node.get("type", "")))
    if kind is None:
        carried.give_up(
            "'{name}' has the type '{type}', which only the program knows that defines it.",
            name=node.get("id"),
            type=node.get("type"),
        )
    if name is None or kind is None:
        return
    field: dict[str, Any] = {
        "name": name,
        "type": kind,
        "label": carried.words(node.get("label"), name),
    }
    if kind == "enum":
        field["options"] = [
            {
                "value": str(each.get("id", "")),
                "label": carried.words(each.get("name"), str(each.get("id"))),
            }
            for each in _named(node, "value")
        ]
    yield field | _constraints(node, kind, carried) | _default(node, kind, carried)


def _default(node: etree._Element, kind: str, carried: Carried) -> dict[str, Any]:
    text = str(node.get("defaultValue", "")).strip()
    if not text:
        return {}
    values: dict[str, Any] = {"bool": TRUTH.get(text), "int": _number(text), "text": text}
    if kind == "enum":
        values["enum"] = (
            text if text in {each.get("id") for each in _named(node, "value")} else None
        )
    value = values.get(kind)
    if value is None or text.startswith((*MARKED, "=")):
        carried.leave(
            "The default '{text}' of '{name}' is left out: it is worked out, or of another kind.",
            text=text,
            name=node.get("id"),
        )
        return {}
    return {"default": value}


def _constraints(node: etree._Element, kind: str, carried: Carried) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for validation in _named(node, "validation"):
        for each in _named(validation, "constraint"):
            name, given = str(each.get("name", "")), str(each.get("config") or "")
            size = SIZES.get(name, "")
            number = _number(given)
            if name == "required":
                found["required"] = given != "false"
            elif name == "readonly":
                found |= {"readonlyIf": "true"} if given != "false" else {}
            elif number is not None and kind in FITTING.get(size, ()):
                found[size] = number
            else:
                carried.leave(
                    "The constraint '{constraint}' of '{name}' is not checked.",
                    constraint=name,
                    name=node.get("id"),
                )
    return found


def _number(text: str) -> int | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return (
        int(number)
        if number.is_finite() and abs(number) < 10**15 and number == int(number)
        else None
    )


def _named(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in node.iterchildren(etree.Element) if xml.local_name(each) == name)
