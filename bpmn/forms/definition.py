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
from bpmn.forms import expression_reading, field_reading, limits, vocabulary
from bpmn.forms.answers.texts import printable
from bpmn.forms.field_reading import Place
from bpmn.forms.fields import Field, FieldType, Form, Option, Section, Text
from bpmn.forms.strict import Entry, Notes, parse

__all__ = ["Expression", "Field", "FieldType", "Form", "Option", "Section", "Text", "read"]

SUFFIX = ".form.json"
KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read(source: bytes, resource: str) -> tuple[Form | None, list[Finding]]:
    """Return the form, or what is wrong with it."""
    notes = Notes(resource)
    content = parse(source, notes)
    form = None
    if isinstance(content, dict):
        form = _form(Entry(content, "form", notes))
    elif not notes.findings:
        known = ", ".join(vocabulary.FORM)
        notes.add(
            "form-json", "A form is a JSON object with the keys {known}.", values={"known": known}
        )
    return (None if notes.findings else form), notes.findings


def _form(entry: Entry) -> Form:
    entry.only(vocabulary.FORM)
    places, sections = _sections(entry)
    fields = tuple(field_reading.read(places))
    if sum(1 + len(field.columns) for field in fields) > limits.FIELDS:
        entry.add(
            "form-limit",
            "{place}: A form has at most {limit} fields, the columns of its tables counted.",
            limit=limits.FIELDS,
        )
    return Form(
        _key(entry),
        entry.text("title"),
        entry.optional_text("intro"),
        fields,
        sections,
        expression_reading.rules(entry, [field.name for field in fields]),
    )


def _sections(entry: Entry) -> tuple[list[Place], tuple[Section, ...]]:
    """Return all fields with the conditions of their sections, and the sections."""
    if "sections" not in entry.content:
        return [Place(each) for each in entry.entries("fields", limits.FIELDS)], ()
    found: list[tuple[Entry | None, list[Entry]]] = []
    if "fields" in entry.content:
        found.append((None, entry.entries("fields", limits.FIELDS)))
    for each in entry.entries("sections", limits.SECTIONS):
        each.only(vocabulary.SECTION)
        found.append((each, each.entries("fields", limits.FIELDS)))
    names = [[_name(each) for each in fields] for _, fields in found]
    places, sections = [], []
    for number, (heading, fields) in enumerate(found):
        section = _section(
            heading, names[number], [name for own in names[number:] for name in own]
        )
        sections.append(section)
        places += [Place(each, section.visible_if) for each in fields]
    return places, tuple(sections)


def _section(heading: Entry | None, names: list[str], below: list[str]) -> Section:
    if heading is None:
        return Section(None, None, tuple(names))
    return Section(
        heading.text("title"),
        heading.optional_text("intro"),
        tuple(names),
        expression_reading.condition(heading, "visibleIf", below),
    )


def _name(entry: Entry) -> str:
    """Return the name of a field, of which more is said where the field is read."""
    return str(entry.content.get("name", ""))


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
