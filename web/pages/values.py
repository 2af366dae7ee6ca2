"""
Variables as people read them: under the label of the question they answered, never as JSON.

What no form asked about (a counter, an outcome that a script worked out) is shown apart, under its own name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

from babel.numbers import get_decimal_symbol, get_group_symbol
from flask_babel import get_locale, gettext

from bpmn.forms.definition import Field, FieldType, Form
from web.pages import moments, people, words

NO_COLUMNS: Mapping[str, Field] = MappingProxyType({})
LONGEST = 400
"""Digits of a number that is written out: those of the largest floating-point number, and some."""

Value: TypeAlias = "str | list[Value] | Pairs | Table"


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Pairs:
    """Values with a name each."""

    pairs: tuple[Shown, ...]
    kind: str = "pairs"


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class AskedIn:
    """A form, and the step in which people answer it."""

    step: str
    form: Form


@dataclass(frozen=True, slots=True)
class Group:
    step: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    groups: tuple[Group, ...]
    """What people answered, step by step."""
    others: tuple[Shown, ...]

    def __bool__(self) -> bool:
        return bool(self.groups or self.others)


def answers(asked: Iterable[AskedIn], variables: Mapping[str, Any]) -> Answers:
    """Put variables under the labels of the forms that asked for them; what is empty is left out."""
    asked = list(asked)
    columns = {
        column.name: column
        for each in asked
        for field in each.form.fields
        for column in field.columns
    }
    left = {name: value for name, value in variables.items() if not _is_empty(value)}
    groups = []
    for each in asked:
        shown = tuple(
            Shown(_label(field), answer(field, left.pop(field.name), columns))
            for field in each.form.fields
            if field.name in left
        )
        if shown:
            groups.append(Group(each.step, shown))
    return Answers(tuple(groups), tuple(_other(name, value) for name, value in left.items()))


def _label(field: Field) -> str:
    return field.label.in_language(_language())


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _language() -> str:
    return str(get_locale().language)


def _other(name: str, value: Any) -> Shown:
    if name == "initiator" and isinstance(value, str):
        return Shown(gettext("Started by"), people.person(value))
    return Shown(name, plain(value))


def answer(field: Field, value: Any, columns: Mapping[str, Field] = NO_COLUMNS) -> Value:
    """Show what was answered to a question; a value that does not fit it is shown as it is."""
    match field.type, value:
        case FieldType.SIGN, {"by": str(person), "at": at, **more}:
            return _signature(person, at, more.get("meaning"))
        case FieldType.ENUM | FieldType.MULTI | FieldType.USER, str():
            return _word(field, value)
        case FieldType.MULTI | FieldType.USERS, list():
            return [_word(field, each) for each in value]
        case ((FieldType.DATE | FieldType.DT), str()):
            return plain(_parsed(value, date if field.type is FieldType.DATE else datetime))
        case FieldType.TABLE, list() if all(isinstance(row, dict) for row in value):
            return _table(field, value, columns)
    return plain(value)


def _signature(person: str, at: Any, meaning: Any) -> Value:
    moment = _parsed(at, datetime) if isinstance(at, str) else at
    return Pairs(
        (
            Shown(gettext("Signed by"), people.person(person)),
            Shown(gettext("When"), plain(moment)),
            Shown(gettext("Meaning"), words.meaning(str(meaning or ""))),
        )
    )


def _word(field: Field, value: Any) -> Value:
    if not isinstance(value, str):
        return plain(value)
    if field.type in {FieldType.USER, FieldType.USERS}:
        return people.person(value)
    labels = {option.value: option.label.in_language(_language()) for option in field.options}
    return labels.get(value, value)


def _parsed(text: str, kind: type[date]) -> Any:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        return text


def _table(field: Field, rows: list[dict[str, Any]], elsewhere: Mapping[str, Field]) -> Table:
    """Show rows under the columns of the form; what a row holds besides (from another form) comes after."""
    columns = {**elsewhere, **{column.name: column for column in field.columns}}
    names = dict.fromkeys([column.name for column in field.columns])
    names |= dict.fromkeys(name for row in rows for name in row)
    held = [name for name in names if any(not _is_empty(row.get(name)) for row in rows)]
    return Table(
        tuple(_label(columns[name]) if name in columns else name for name in held),
        tuple(tuple(_cell(columns.get(name), row.get(name)) for name in held) for row in rows),
    )


def _cell(column: Field | None, value: Any) -> Value:
    return plain(value) if column is None or _is_empty(value) else answer(column, value)


def plain(value: Any) -> Value:
    """Show a value of which no form says what it means."""
    if isinstance(value, Mapping):
        return Pairs(tuple(Shown(str(name), plain(each)) for name, each in value.items()))
    if isinstance(value, list | tuple):
        return [plain(each) for each in value] or str(gettext("None"))
    return _atom(value)


def _atom(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return moments.moment(value)
    if isinstance(value, date):
        return moments.day(value)
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _number(value: float | Decimal) -> str:
    """Write a number with the decimals it was given with: an amount of 12.50 keeps both."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    exponent = exact.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > LONGEST:
        return str(value)  # infinite, no number, or none that a page should write out
    whole, _, rest = f"{exact:,.{max(-exponent, 0)}f}".partition(".")
    whole = whole.replace(",", get_group_symbol(get_locale()))
    return f"{whole}{get_decimal_symbol(get_locale())}{rest}" if rest else whole


def _duration(value: timedelta) -> str:
    return " ".join(_parts(value)) or "0"


def _parts(value: timedelta) -> Iterator[str]:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    for number, word in (
        (days, gettext("days")),
        (hours, gettext("hours")),
        (minutes, gettext("minutes")),
        (seconds, gettext("seconds")),
    ):
        if number:
            yield f"{number} {word}"
