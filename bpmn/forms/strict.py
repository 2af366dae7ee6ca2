"""
JSON of a definition, read strictly.

A key that we do not know is a mistake that somebody should hear of (`requried`), not something to
skip; a key that stands twice is one too, and Python's reader would keep the last. All mistakes of
a file are gathered, so that its author mends them in one go: where something is wrong it is noted,
an empty value stands in, and the reading goes on. A file with a note is never handed out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bpmn.findings import Finding
from bpmn.forms import limits
from bpmn.forms.answers.texts import UNKEEPABLE, printable
from bpmn.forms.fields import Text
from bpmn.forms.vocabulary import LANGUAGES


class Notes:
    """What is wrong with one file."""

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.findings: list[Finding] = []

    def add(
        self,
        rule: str,
        template: str,
        *,
        line: int | None = None,
        values: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self.findings.append(Finding(self.resource, rule, template, line=line, values=values))


def parse(source: bytes, notes: Notes) -> Any:
    """Return the JSON of a file, or None where it is none."""
    if len(source) > limits.SOURCE:
        notes.add(
            "form-size", "The form is larger than {limit} bytes.", values={"limit": limits.SOURCE}
        )
        return None
    try:
        return json.loads(
            source.decode("utf-8-sig"),
            object_pairs_hook=lambda pairs: _object(pairs, notes),
            parse_constant=_refuse,
            parse_float=Decimal,
        )
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        notes.add("form-json", "The form is not written in UTF-8.", line=line)
    except json.JSONDecodeError as error:
        notes.add(
            "form-json",
            "The form is not JSON: {reason} at column {column}.",
            line=error.lineno,
            values={"reason": error.msg, "column": error.colno},
        )
    except RecursionError:
        notes.add("form-json", "The form is nested too deeply.")
    except (ValueError, ArithmeticError):
        notes.add("form-json", "The form holds a number that cannot be read.")
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON object, and the place where it stands."""

    content: Mapping[str, Any]
    place: str
    notes: Notes

    def inside(self, key: str) -> "Entry":
        """Return the object under a key, an empty one where it is none."""
        value = self.content.get(key)
        if not isinstance(value, dict):
            self.add("form-value", "{place}: '{key}' must be an object.", key=key)
            value = {}
        return Entry(value, f"{self.place}.{key}", self.notes)

    def only(self, keys: Iterable[str], old: Iterable[str] = ()) -> None:
        """Refuse other keys than these; old ones are let pass, but not told of."""
        known = list(keys)
        let_pass = {*known, *old}
        for key in self.content:
            if key not in let_pass:
                self.add(
                    "form-unknown-key",
                    "{place}: The key '{key}' has no meaning here; known are {known}.",
                    key=printable(key),
                    known=", ".join(known),
                )

    def add(self, rule: str, template: str, **values: object) -> None:
        self.notes.add(rule, template, values={"place": self.place, **values})

    def word(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.content.get(key)
        if value is None:
            self.add("form-missing-key", "{place}: The key '{key}' is missing.", key=key)
        elif not _readable(value):
            self.add("form-value", "{place}: '{key}' must be a text that is not empty.", key=key)
        else:
            return str(value)
        return ""

    def flag(self, key: str) -> bool:
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.add("form-value", "{place}: '{key}' must be true or false.", key=key)
        return value is True

    def text(self, key: str) -> Text:
        """Return words that must be there, in every language."""
        value = self.content.get(key)
        if not isinstance(value, dict):
            self.add("form-text", "{place}: '{key}' must hold the words in sv and en.", key=key)
            return Text("", "")
        Entry(value, f"{self.place}.{key}", self.notes).only(LANGUAGES)
        for language in LANGUAGES:
            if not _readable(value.get(language)):
                self.add(
                    "form-text",
                    "{place}: '{key}' has no words in {language}.",
                    key=key,
                    language=language,
                )
        return Text(str(value.get("sv", "")).strip(), str(value.get("en", "")).strip())

    def optional_text(self, key: str) -> Text | None:
        return self.text(key) if key in self.content else None

    def entries(self, key: str, limit: int) -> list["Entry"]:
        """Return the objects of a list that must be there."""
        value = self.content.get(key)
        if value is None:
            self.add("form-missing-key", "{place}: The key '{key}' is missing.", key=key)
        elif not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.add("form-value", "{place}: '{key}' must be a list of objects.", key=key)
        elif not 0 < len(value) <= limit:
            self.add(
                "form-limit",
                "{place}: '{key}' must hold 1 to {limit} entries.",
                key=key,
                limit=limit,
            )
        else:
            prefix = f"{self.place}.{key}" if self.place != "form" else key
            return [
                Entry(each, f"{prefix}[{number}]", self.notes) for number, each in enumerate(value)
            ]
        return []


def _object(pairs: list[tuple[str, Any]], notes: Notes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            notes.add("form-json", "The key '{key}' stands twice.", values={"key": printable(key)})
        found[key] = value
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _readable(value: Any) -> bool:
    return (
        isinstance(value, str)
        and bool(value.strip())
        and len(value) <= limits.WORDS
        and not UNKEEPABLE.search(value)
    )
