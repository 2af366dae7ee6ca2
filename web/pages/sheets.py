"""
A form as it stands on a page: its questions, what was typed, and what is wrong with it.

Which questions are asked is decided here on the server, with the rule that decides what is accepted. A page that
was sent with other questions than its answers call for is shown once more, with everything that was typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, gettext

from bpmn.forms import limits
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import blank
from bpmn.forms.conditions import Asked, asked
from bpmn.forms.definition import Field, FieldType, Form
from bpmn.forms.submission import from_pairs
from bpmn.scripting.seen import Seen
from web.pages import questions
from web.pages.questions import Question


@dataclass(frozen=True, slots=True)
class Sheet:
    form: Form
    questions: tuple[Question, ...]
    conditional: frozenset[str]
    """Names of the questions that stand here because of other answers."""
    added: tuple[str, ...] = ()
    """Labels of questions that were not on the page that was sent."""
    removed: tuple[str, ...] = ()
    """Labels of questions that were answered, and that do not apply any more."""
    errors: Mapping[str, Sequence[str]] | None = None

    @property
    def title(self) -> str:
        return self.form.title.in_language(_language())

    @property
    def intro(self) -> str:
        return self.form.intro.in_language(_language()) if self.form.intro else ""

    @property
    def may_change(self) -> bool:
        """Tell whether answers can lead to other questions."""
        return any(field.condition is not None for field in self.form.fields)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Return the name of each input that has to be put right, its label and a sentence."""
        labels = dict(self._labels())
        return [
            (name, labels.get(name, ""), sentence)
            for name, sentences in (self.errors or {}).items()
            for sentence in sentences
        ]

    def _labels(self) -> Iterator[tuple[str, str]]:
        for question in self.questions:
            yield question.name, question.label
            for number, row in enumerate(question.rows, start=1):
                place = gettext("%(table)s, row %(number)s", table=question.label, number=number)
                yield from ((cell.name, f"{place}, {cell.label}") for cell in row)

    @property
    def asks_for_people(self) -> bool:
        kinds_asked = {each.field.type for each in self.questions}
        return bool(kinds_asked & {FieldType.USER, FieldType.USERS})


def fresh(form: Form, variables: Seen) -> Sheet:
    """Return the form as it is opened: with what the case knows already, else with the defaults."""
    raw = {}
    for field in form.fields:
        value = variables.get(field.name)
        raw[field.name] = questions.typed(
            field.default if value is None else value, variables.zone
        )
    return _sheet(form, raw, variables)


def sent(
    form: Form,
    pairs: Iterable[tuple[str, str]],
    variables: Seen,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    """Return the form as it was sent, and what has changed on it by that."""
    pairs = list(pairs)
    raw = from_pairs(form, pairs)
    for name, text in pairs:
        if name == "_add" and isinstance(raw.setdefault(text, []), list):
            raw[text] = [*raw[text], {}][: limits.COUNT[FieldType.TABLE]]
        if name == "_remove":
            raw = _without_row(raw, text)
    stood = {text for name, text in pairs if name == "_asked"}
    return _sheet(form, raw, variables, stood=stood, errors=errors)


def submitted(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what was sent, for the verb to check."""
    return from_pairs(form, pairs)


def is_unfinished(sheet: Sheet, pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the page was sent to be changed, or has other questions now."""
    buttons = {"_add", "_remove", "_update"}
    return bool(sheet.added or sheet.removed or buttons & {name for name, _ in pairs})


def _sheet(
    form: Form,
    raw: Mapping[str, Any],
    known: Seen,
    *,
    stood: set[str] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    fields = list(_asked(form, raw, known, stood or set()))
    conditional = frozenset(field.name for field in fields if field.condition is not None)
    labels = {field.name: field.label.in_language(_language()) for field in form.fields}
    before = conditional if stood is None else stood & labels.keys()
    return Sheet(
        form,
        tuple(
            questions.question(field, field.name, raw.get(field.name), errors or {})
            for field in fields
        ),
        conditional,
        tuple(labels[name] for name in labels if name in conditional - before),
        tuple(
            label
            for name, label in labels.items()
            if name in before - conditional and not _is_untouched(raw.get(name))
        ),
        errors,
    )


def _asked(form: Form, raw: Mapping[str, Any], known: Seen, stood: set[str]) -> Iterator[Field]:
    """Walk through the fields as `bpmn.forms.checking` does, and give those that are asked."""
    sheet = kinds.sheet(form.fields, known.zone)
    answered, wrong = sheet.read(raw)
    values: dict[str, Any] = {}
    others = {n: v for n, v in known.items() if n not in sheet.answers}
    names = Seen(values, others, now=known.now, zone=known.zone)
    unread: set[str] = set()
    for field in form.fields:
        answer = sheet.answers[field.name]
        state = asked(field, names, unread)
        if state is Asked.NO:
            values[field.name] = answer.unasked
            continue
        if field.name in answered and state is Asked.YES:
            values[field.name] = answered[field.name]
        elif field.required or field.name in wrong or state is not Asked.YES:
            unread.add(field.name)
        else:
            values[field.name] = answer.unanswered
        if state is not Asked.OPEN or field.name in stood:
            yield field


def _is_untouched(raw: Any) -> bool:
    if isinstance(raw, Mapping):
        return all(_is_untouched(each) for each in raw.values())
    if isinstance(raw, list):
        return all(_is_untouched(each) for each in raw)
    return blank(raw)


def _without_row(raw: dict[str, Any], text: str) -> dict[str, Any]:
    name, _, number = text.rpartition("-")
    rows = raw.get(name)
    if not isinstance(rows, list) or not number.isdecimal():
        return raw
    return {**raw, name: [row for place, row in enumerate(rows) if place != int(number)]}


def _language() -> str:
    return str(get_locale().language)
