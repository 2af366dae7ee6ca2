"""
From the JSON of `<key>.form.json` to a form.

Everything a form can get wrong is found here, when it is deployed, and not when somebody stands
with a half-filled page: a condition that cannot be read or that looks ahead, a default that would
be refused, bounds that no answer can meet.
"""

import re
from pathlib import PurePosixPath

from bpmn.feel import Expression
from bpmn.findings import Finding
from bpmn.forms import field_reading, limits
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import Field, FieldType, Form, Option, Text
from bpmn.forms.strict import Entry, Notes, parse

__all__ = ["Expression", "Field", "FieldType", "Form", "Option", "Text", "read"]

SUFFIX = ".form.json"
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
KEYS = ("key", "title", "intro", "fields")


def read(source: bytes, resource: str) -> tuple[Form | None, list[Finding]]:
    """Return the form, or what is wrong with it."""
    notes = Notes(resource)
    content = parse(source, notes)
    form = None
    if isinstance(content, dict):
        form = _form(Entry(content, "form", notes))
    elif not notes.findings:
        known = ", ".join(KEYS)
        notes.add(
            "form-json", "A form is a JSON object with the keys {known}.", values={"known": known}
        )
    return (None if notes.findings else form), notes.findings


def _form(entry: Entry) -> Form:
    entry.only(KEYS)
    fields = field_reading.read(entry.entries("fields", limits.FIELDS))
    if sum(1 + len(field.columns) for field in fields) > limits.FIELDS:
        entry.add(
            "form-limit",
            "{place}: A form has at most {limit} fields, the columns of its tables counted.",
            limit=limits.FIELDS,
        )
    return Form(_key(entry), entry.text("title"), entry.optional_text("intro"), tuple(fields))


def _key(entry: Entry) -> str:
    key = entry.word("key")
    if key and not KEY.fullmatch(key):
        entry.add(
            "form-key",
            "{place}: The key '{key}' is not like 'approval' or 'review-1'.",
            key=printable(key),
        )
    file = PurePosixPath(entry.notes.resource).name
    if key and file.endswith(SUFFIX) and file != f"{key}{SUFFIX}":
        entry.add(
            "form-key",
            "{place}: The key is '{key}', but the file is called {file}; they must agree.",
            key=printable(key),
            file=file,
        )
    return key
