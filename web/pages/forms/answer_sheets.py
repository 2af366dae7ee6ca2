"""
What was answered to a form, exactly as it was: to read and to print.

The answers come from the record and not from the case, which may have changed since; the questions come from the
form in the version that was answered. A question that was asked and left open is shown as open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, gettext

from bpmn.forms.definition import Field, Form
from web.pages import values
from web.pages.values import Shown


@dataclass(frozen=True, slots=True)
class AnsweredPart:
    title: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    title: str
    intro: str
    parts: tuple[AnsweredPart, ...]


def of(form: Form, answered: Mapping[str, Any]) -> AnswerSheet:
    """Put answers under the questions of the form that asked them."""
    language = str(get_locale().language)
    return AnswerSheet(
        form.title.in_language(language),
        form.intro.in_language(language) if form.intro else "",
        tuple(_parts(form, answered, language)),
    )


def _parts(form: Form, answered: Mapping[str, Any], language: str) -> Iterator[AnsweredPart]:
    if not form.sections:
        yield AnsweredPart("", _shown(form.fields, answered, language))
        return
    for section in form.sections:
        fields = tuple(field for field in form.fields if field.name in section.names)
        shown = _shown(fields, answered, language)
        if shown:
            title = section.title.in_language(language) if section.title else ""
            yield AnsweredPart(title, shown)


def _shown(
    fields: tuple[Field, ...], answered: Mapping[str, Any], language: str
) -> tuple[Shown, ...]:
    """Leave out what may not have been asked and has no answer."""
    return tuple(
        Shown(field.label.in_language(language), _value(field, answered.get(field.name)))
        for field in fields
        if not (field.visible_if and _is_empty(answered.get(field.name)))
    )


def _value(field: Field, value: Any) -> values.Value:
    return gettext("No answer") if _is_empty(value) else values.answer(field, value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])
