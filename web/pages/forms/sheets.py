"""
A form as it stands on a page: its questions, what was typed, and what is wrong with it.

Which questions are asked is decided here on the server, on the way that decides what is accepted. A page that
was sent with other questions than its answers call for is shown once more, with everything that was typed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, gettext

from bpmn.forms import beginnings, limits
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import blank
from bpmn.forms.conditions import Holds
from bpmn.forms.definition import Field, FieldType, Form, Section
from bpmn.forms.registers import NO_REGISTERS, Registers
from bpmn.forms.submission import from_pairs
from bpmn.forms.walk import Walk
from bpmn.scripting.seen import Seen
from web.pages.forms import problems, questions
from web.pages.forms.problems import Wrong
from web.pages.forms.questions import NO_DOORS, Doors, Drawing, Question

BUTTONS = frozenset({"_add", "_remove", "_update"})
"""What changes a page instead of completing the task."""
STOOD = "_asked"
"""Names the questions on a page that stand there because of other answers, also in a draft."""


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under a heading, or those before the first one."""

    section: Section | None
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        found = self.section and self.section.title
        return found.in_language(_language()) if found else ""

    @property
    def intro(self) -> str:
        found = self.section and self.section.intro
        return found.in_language(_language()) if found else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    form: Form
    parts: tuple[Part, ...]
    conditional: frozenset[str]
    """Names of the questions that stand here because of other answers."""
    added: tuple[str, ...] = ()
    """Labels of questions that were not on the page that was sent."""
    removed: tuple[str, ...] = ()
    """Labels of questions that were answered, and that do not apply any more."""
    settled: tuple[str, ...] = ()
    """Labels of questions that were answered, and whose answers are not to be changed any more."""
    errors: Wrong | None = None
    doors: Doors = NO_DOORS

    @property
    def title(self) -> str:
        return self.form.title.in_language(_language())

    @property
    def intro(self) -> str:
        return self.form.intro.in_language(_language()) if self.form.intro else ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def may_change(self) -> bool:
        """Tell whether answers can lead to other questions, or to something that is worked out."""
        every = [
            *self.form.fields,
            *(each for field in self.form.fields for each in field.columns),
        ]
        return any(
            field.visible_if
            or field.required_if
            or field.readonly_if
            or field.type is FieldType.CALC
            for field in every
        )

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        return problems.listed(self.errors or {}, dict(self._labels()))

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


def fresh(
    form: Form, variables: Seen, registers: Registers = NO_REGISTERS, doors: Doors = NO_DOORS
) -> Sheet:
    """Return the form as it is opened: with what the case knows already, else with what it begins with."""
    raw = {field.name: _begun(field, variables, registers) for field in form.fields}
    return _sheet(form, raw, variables, registers, doors)


def sent(  # noqa: PLR0913  what a page is made of
    form: Form,
    pairs: Iterable[tuple[str, str]],
    variables: Seen,
    errors: Wrong | None = None,
    *,
    registers: Registers = NO_REGISTERS,
    doors: Doors = NO_DOORS,
) -> Sheet:
    """Return the form as it was sent, and what has changed on it by that."""
    pairs = list(pairs)
    raw = from_pairs(form, pairs)
    stood = {text for name, text in pairs if name == STOOD}
    for name, text in pairs:
        if name == "_add" and isinstance(raw.setdefault(text, []), list):
            raw[text] = [*raw[text], {}][: limits.COUNT[FieldType.TABLE]]
        if name == "_remove":
            raw = _without_row(raw, text)
    return _again(form, raw, variables, registers, doors, stood=stood, errors=errors)


def resumed(
    form: Form,
    answers: Mapping[str, Any],
    variables: Seen,
    registers: Registers = NO_REGISTERS,
    doors: Doors = NO_DOORS,
) -> Sheet:
    """Return the form with a draft of the answers, and what has changed on it since."""
    raw = {
        field.name: questions.typed(answers[field.name], variables.zone)
        for field in form.fields
        if field.name in answers and not field.is_written_here
    }
    conditional = {field.name for field in form.fields if field.visible_if}
    stood = answers.get(STOOD, [*raw])  # a program that keeps drafts has no page
    stood = {name for name in conditional if isinstance(stood, list) and name in stood}
    return _again(form, raw, variables, registers, doors, stood=stood)


def draft(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what is to be kept of a page that is not ready: never a password or a signature."""
    pairs = list(pairs)
    written = {field.name for field in form.fields if not field.is_written_here}
    raw = {name: each for name, each in from_pairs(form, pairs).items() if name in written}
    return {**raw, STOOD: sorted({text for name, text in pairs if name == STOOD} & written)}


def submitted(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what was sent, for the verb to check."""
    return from_pairs(form, pairs)


def is_unfinished(sheet: Sheet, pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the page was sent to be changed, or has other questions now."""
    changed = sheet.added or sheet.removed or sheet.settled
    return bool(changed or BUTTONS & {name for name, _ in pairs})


def _sheet(  # noqa: PLR0913  see above
    form: Form,
    raw: Mapping[str, Any],
    known: Seen,
    registers: Registers,
    doors: Doors,
    *,
    stood: set[str] | None = None,
    given: Collection[str] = (),
    errors: Wrong | None = None,
) -> Sheet:
    sheet = kinds.sheet(form.fields, known.zone)
    walk = Walk(sheet, sheet.read(raw), known, registers).through(form.fields)
    here = [field for field in form.fields if _stands(walk, field.name, stood or set())]
    conditional = frozenset(field.name for field in here if field.visible_if)
    labels = {field.name: field.label.in_language(_language()) for field in form.fields}
    before = conditional if stood is None else stood & labels.keys()
    drawing = Drawing(walk, known, errors or {}, doors)
    drawn = {field.name: drawing.question(field, raw.get(field.name)) for field in here}
    return Sheet(
        form,
        tuple(_parts(form, drawn)),
        conditional,
        tuple(labels[name] for name in labels if name in conditional - before),
        tuple(
            label
            for name, label in labels.items()
            if name in before - conditional and not _is_untouched(raw.get(name))
        ),
        tuple(_settled(form, walk, given)),
        errors,
        doors,
    )


def _again(  # noqa: PLR0913  see above
    form: Form,
    raw: Mapping[str, Any],
    variables: Seen,
    registers: Registers,
    doors: Doors,
    *,
    stood: set[str],
    errors: Wrong | None = None,
) -> Sheet:
    """Return a form that has been on a page before."""
    new = [each for each in form.fields if each.visible_if and each.name not in stood]
    begun = {each.name: _begun(each, variables, registers) for each in new}
    return _sheet(
        form,
        {**begun, **raw},
        variables,
        registers,
        doors,
        stood=stood,
        given=raw.keys(),
        errors=errors,
    )


def _begun(field: Field, variables: Seen, registers: Registers) -> Any:
    """Return what a question that was not on the page before begins with."""
    if field.is_written_here:
        return None
    return questions.typed(beginnings.value(field, variables, registers), variables.zone)


def _settled(form: Form, walk: Walk, given: Collection[str]) -> Iterator[str]:
    for field in form.fields:
        fixed = walk.standings[field.name].fixed and not field.is_written_here
        if fixed and field.name in given:
            yield field.label.in_language(_language())


def _parts(form: Form, drawn: Mapping[str, Question]) -> Iterator[Part]:
    for section in form.sections or (None,):
        names = form.names if section is None else section.names
        here = tuple(drawn[name] for name in names if name in drawn)
        if here:
            yield Part(section, here)


def _stands(walk: Walk, name: str, stood: set[str]) -> bool:
    """Tell whether a question is on the page: one that cannot be decided stays if it stood there."""
    asked = walk.standings[name].asked
    return asked in {Holds.YES, Holds.FAILED} or (asked is Holds.OPEN and name in stood)


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
