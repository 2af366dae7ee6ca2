"""
A form as it stands on a page: its questions, what was typed, and what is wrong with it.

Which questions are asked is decided here on the server, with the rule that decides what is accepted. A page that
was sent with other questions than its answers call for is shown once more, with everything that was typed.
"""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale

from bpmn.forms import limits
from bpmn.forms.answers import kinds
from bpmn.forms.conditions import Asked, asked
from bpmn.forms.definition import Field, FieldType, Form
from bpmn.forms.submission import from_pairs

TICKED = frozenset({"true", "on", "yes"})
FEW = 6
"""So many options stand in the open; more are folded into a list."""


@dataclass(frozen=True, slots=True)
class Question:
    field: Field
    name: str
    """As the input is named: `title`, in tables `comments-0-section`."""
    raw: Any
    """What was typed, or what the page fills in."""
    errors: Sequence[str] = ()
    rows: tuple[tuple["Question", ...], ...] = ()
    in_table: bool = False

    @property
    def label(self) -> str:
        return self.field.label.in_language(_language())

    @property
    def help(self) -> str:
        return self.field.help.in_language(_language()) if self.field.help else ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return value, label and whether it is chosen."""
        chosen = self.raw if isinstance(self.raw, list) else [self.raw]
        return [
            (option.value, option.label.in_language(_language()), option.value in chosen)
            for option in self.field.options
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether the options stand in the open."""
        return not self.in_table and len(self.field.options) <= FEW

    @property
    def is_ticked(self) -> bool:
        return self.raw in TICKED

    @property
    def is_denied(self) -> bool:
        return self.raw in {"false", "no"}


@dataclass(frozen=True, slots=True)
class Sheet:
    form: Form
    questions: tuple[Question, ...]
    conditional: frozenset[str]
    """Names of the questions that stand here because of other answers."""
    added: tuple[str, ...] = ()
    """Labels of questions that were not on the page that was sent."""
    removed: tuple[str, ...] = ()
    """Labels of questions that were, and that do not apply any more."""
    errors: Mapping[str, Sequence[str]] | None = None

    @property
    def title(self) -> str:
        return self.form.title.in_language(_language())

    @property
    def intro(self) -> str:
        return self.form.intro.in_language(_language()) if self.form.intro else ""

    @property
    def asks_for_people(self) -> bool:
        kinds_asked = {each.field.type for each in self.questions}
        return bool(kinds_asked & {FieldType.USER, FieldType.USERS})


def fresh(form: Form, variables: Mapping[str, Any], zone: ZoneInfo) -> Sheet:
    """Return the form as it is opened: with what the case knows already, else with the defaults."""
    raw = {}
    for field in form.fields:
        value = variables.get(field.name)
        raw[field.name] = _typed(field.default if value is None else value, zone)
    return _sheet(form, raw, variables, zone)


def sent(
    form: Form,
    pairs: Iterable[tuple[str, str]],
    variables: Mapping[str, Any],
    zone: ZoneInfo,
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
    return _sheet(form, raw, variables, zone, stood=stood, errors=errors)


def submitted(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return what was sent, for the verb to check."""
    return from_pairs(form, pairs)


def is_unfinished(sheet: Sheet, pairs: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the page was sent to be changed, or has other questions now."""
    buttons = {"_add", "_remove", "_update"}
    return bool(sheet.added or sheet.removed or buttons & {name for name, _ in pairs})


def _sheet(  # noqa: PLR0913
    form: Form,
    raw: Mapping[str, Any],
    known: Mapping[str, Any],
    zone: ZoneInfo,
    *,
    stood: set[str] | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> Sheet:
    fields = list(_asked(form, raw, known, zone, stood or set()))
    conditional = frozenset(field.name for field in fields if field.condition is not None)
    labels = {field.name: field.label.in_language(_language()) for field in form.fields}
    before = conditional if stood is None else stood & labels.keys()
    return Sheet(
        form,
        tuple(_question(field, field.name, raw.get(field.name), errors or {}) for field in fields),
        conditional,
        tuple(labels[name] for name in labels if name in conditional - before),
        tuple(labels[name] for name in labels if name in before - conditional),
        errors,
    )


def _asked(
    form: Form, raw: Mapping[str, Any], known: Mapping[str, Any], zone: ZoneInfo, stood: set[str]
) -> Iterator[Field]:
    """Walk through the fields as `bpmn.forms.checking` does, and give those that are asked."""
    sheet = kinds.sheet(form.fields, zone)
    answered, wrong = sheet.read(raw)
    values: dict[str, Any] = {}
    names = ChainMap(values, {n: v for n, v in known.items() if n not in sheet.answers})
    unread: set[str] = set()
    for field in form.fields:
        answer = sheet.answers[field.name]
        state = asked(field, names, unread)
        if state is Asked.NO:
            values[field.name] = answer.unasked
            continue
        if state is not Asked.YES or field.name in wrong:
            unread.add(field.name)
        else:
            values[field.name] = answered.get(field.name, answer.unanswered)
        if state is not Asked.OPEN or field.name in stood:
            yield field


def _question(
    field: Field,
    name: str,
    raw: Any,
    errors: Mapping[str, Sequence[str]],
    *,
    in_table: bool = False,
) -> Question:
    rows: list[tuple[Question, ...]] = []
    if field.type is FieldType.TABLE:
        for number, row in enumerate(_rows(field, raw)):
            cells = row if isinstance(row, Mapping) else {}
            rows.append(
                tuple(
                    _question(
                        column,
                        f"{name}-{number}-{column.name}",
                        cells.get(column.name, column.default),
                        errors,
                        in_table=True,
                    )
                    for column in field.columns
                )
            )
    return Question(field, name, raw, errors.get(name, ()), tuple(rows), in_table)


def _rows(field: Field, raw: Any) -> list[Any]:
    """Return the rows to show: those that were filled in, or as many empty ones as are needed."""
    rows = raw if isinstance(raw, list) else []
    return rows or [{}] * min(max(int(field.minimum or 1), 1), 10)


def _without_row(raw: dict[str, Any], text: str) -> dict[str, Any]:
    name, _, number = text.rpartition("-")
    rows = raw.get(name)
    if not isinstance(rows, list) or not number.isdecimal():
        return raw
    return {**raw, name: [row for place, row in enumerate(rows) if place != int(number)]}


def _typed(value: Any, zone: ZoneInfo) -> Any:
    """Write a value as somebody would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Mapping):
        return {str(name): _typed(each, zone) for name, each in value.items()}
    if isinstance(value, list):
        return [_typed(each, zone) for each in value]
    return None if value is None else str(value)


def _language() -> str:
    return str(get_locale().language)
