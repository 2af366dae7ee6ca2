"""Diagrams that several tests deploy. Each is named for what it shows."""

import json
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from tests.bpmn.sketch import BPMN, element, end, model, script, start, user

OFFICER = {"rutin__candidateGroups": "officer"}

FORM = b"""{"key": "answer", "title": {"sv": "Svar", "en": "Answer"}, "fields": [
  {"name": "n", "type": "int", "label": {"sv": "Tal", "en": "Number"}, "required": true}
]}"""
"""`answer.form.json`: one number, which is required."""


def one_task(key: str = "p", name: str = "Handlägg", **attributes: str) -> bytes:
    """Whoever is an officer does the one task, then it ends."""
    task = user("a", name=name, **(OFFICER | attributes))
    return model(key, start(), task, end(), flows="s > a > e")


def asking(form: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of `one_task` with the form that it asks."""
    key = form["key"]
    source = json.dumps(form).encode()
    return {"p.bpmn": one_task(rutin__formKey=key), f"{key}.form.json": source}


def two_steps(key: str = "p") -> bytes:
    """Two officers: whoever did the first step may not do the second."""
    return model(
        key,
        start(),
        user("first", name="Handlägg", **OFFICER),
        user("second", name="Kontrollera", **OFFICER, rutin__notPerformerOf="first"),
        end(),
        flows="s > first > second > e",
    )


def computed(text: str, key: str = "p") -> bytes:
    """A script runs between two tasks."""
    return model(
        key,
        start(),
        user("a", **OFFICER),
        script("calculate", text),
        user("b", **OFFICER),
        end(),
        flows="s > a > calculate > b > e",
    )


def foreign(key: str = "p") -> bytes:
    """A service task that names a class of another product."""
    task = element("serviceTask", "a", camunda__class="org.example.Archive")
    return model(key, start(), task, end(), flows="s > a > e")


def around(content: str, *, key: str = "p", head: str = "", attributes: str = "") -> bytes:
    """A file with any content in its process, on lines that a test can count: it begins on line 4."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}\n'
        f'<definitions xmlns="{BPMN}" targetNamespace="tests">\n'
        f'<process id="{escape(key)}" isExecutable="true"{attributes}>\n'
        f"{content}\n"
        "</process>\n"
        "</definitions>\n"
    ).encode()
