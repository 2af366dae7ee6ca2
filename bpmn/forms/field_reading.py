"""
From an entry of a definition's `fields` to a field.

What a field may say depends on its type, so a key out of place (`options` of a date) is found like
an unknown one.
"""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from keyword import iskeyword
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from bpmn import feel
from bpmn.feel import Expression
from bpmn.forms import limits
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import blank, refusal
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import Field, FieldType, Option
from bpmn.forms.strict import Entry

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

KEYS = ("name", "type", "label", "help", "required")
CHOICES = frozenset({FieldType.ENUM, FieldType.MULTI})
SIZES = {
    FieldType.INT: limits.NUMBER,
    FieldType.DEC: limits.NUMBER,
    **limits.LENGTH,
    **limits.COUNT,
}
"""The types that have a size (a value, a length or a count), and the most that it may be."""
COLUMNS = frozenset(FieldType) - {FieldType.MULTI, FieldType.USERS, FieldType.TABLE}
"""The types that fit in a cell."""


def read(entries: Iterable[Entry], *, column: bool = False) -> list[Field]:
    """Read fields in their order; a condition may look at those above, not at itself or below."""
    entries = list(entries)
    names = [entry.content.get("name") for entry in entries]
    fields = []
    for number, entry in enumerate(entries):
        if names[number] in names[:number]:
            entry.add("form-duplicate-name", "{place}: The name stands above already.")
        kind = _type(entry, COLUMNS if column else frozenset(FieldType))
        if kind is not None:
            entry.only(_keys(kind, column=column))
            fields.append(_field(entry, kind, below=names[number:]))
    return fields


def _type(entry: Entry, allowed: Collection[FieldType]) -> FieldType | None:
    word = entry.word("type")
    if word in allowed:
        return FieldType(word)
    if word:
        entry.add(
            "form-type",
            "{place}: '{type}' is not a type that may stand here; those are {known}.",
            type=printable(word),
            known=", ".join(sorted(allowed)),
        )
    return None


def _keys(kind: FieldType, *, column: bool) -> list[str]:
    """Return what a field of this type may say."""
    keys = list(KEYS)
    if not column:
        keys.append("condition")
    if kind in CHOICES:
        keys.append("options")
    if kind in SIZES:
        keys += ["minimum", "maximum"]
    keys.append("columns" if kind is FieldType.TABLE else "default")
    return keys


def _field(entry: Entry, kind: FieldType, below: Collection[object]) -> Field:
    minimum, maximum = _bounds(entry, kind)
    condition = _condition(entry, below)
    field = Field(
        name=_name(entry),
        type=kind,
        label=entry.text("label"),
        help=entry.optional_text("help"),
        required=entry.flag("required"),
        options=_options(entry) if kind in CHOICES else (),
        condition=condition,
        condition_text=entry.content["condition"] if condition else None,
        columns=_columns(entry) if kind is FieldType.TABLE else (),
        minimum=minimum,
        maximum=maximum,
        default=entry.content.get("default"),
    )
    _check_default(entry, field)
    return field


def _name(entry: Entry) -> str:
    name = entry.word("name")
    if name and (not NAME.fullmatch(name) or iskeyword(name)):
        entry.add(
            "form-name",
            "{place}: The name '{name}' must be a letter a-z, then letters, digits or _, but no "
            "word of the expression language.",
            name=printable(name),
        )
    return name


def _options(entry: Entry) -> tuple[Option, ...]:
    options: list[Option] = []
    for each in entry.entries("options", limits.OPTIONS):
        each.only(("value", "label"))
        value = each.word("value")
        if value and not VALUE.fullmatch(value):
            each.add(
                "form-options",
                "{place}: The value '{value}' must be made of letters a-z, digits and _ . -",
                value=printable(value),
            )
        if value in [option.value for option in options]:
            each.add(
                "form-options",
                "{place}: The value '{value}' stands above already.",
                value=printable(value),
            )
        options.append(Option(value, each.text("label")))
    return tuple(options)


def _columns(entry: Entry) -> tuple[Field, ...]:
    return tuple(read(entry.entries("columns", limits.FIELDS), column=True))


def _condition(entry: Entry, below: Collection[object]) -> Expression | None:
    if "condition" not in entry.content:
        return None
    text = entry.word("condition")
    if not text:
        return None
    try:
        condition = feel.read(text)
    except feel.InvalidExpression as error:
        entry.add(
            "form-condition",
            "{place}: The condition '{text}' cannot be read: {reason}",
            text=text,
            reason=str(error),
        )
        return None
    for name in sorted(name for name in condition.names if not name.isidentifier()):
        entry.add(
            "form-condition",
            "{place}: The condition looks at '{name}', which cannot be the name of an answer; conditions are"
            " written in FEEL.",
            name=printable(name),
        )
    for name in sorted(name for name in condition.names if name in below):
        entry.add(
            "form-condition",
            "{place}: The condition looks at '{name}', which does not stand above this field.",
            name=name,
        )
    return condition


def _bounds(entry: Entry, kind: FieldType) -> tuple[int | Decimal | None, int | Decimal | None]:
    if kind not in SIZES:
        return None, None
    least, most = _bound(entry, kind, "minimum"), _bound(entry, kind, "maximum")
    if least is not None and most is not None and least > most:
        entry.add("form-bounds", "{place}: 'minimum' is greater than 'maximum'.")
    return least, most


def _bound(entry: Entry, kind: FieldType, key: str) -> int | Decimal | None:
    value = entry.content.get(key)
    if value is None:
        return None
    numbers = int | Decimal if kind is FieldType.DEC else int
    if isinstance(value, bool) or not isinstance(value, numbers):
        entry.add("form-bounds", "{place}: '{key}' must be a number that fits the type.", key=key)
        return None
    most = SIZES[kind]
    least = -most if kind in {FieldType.INT, FieldType.DEC} else 0
    if not least <= value <= most:
        entry.add(
            "form-bounds",
            "{place}: '{key}' must lie between {least} and {most}.",
            key=key,
            least=least,
            most=most,
        )
        return None
    return value


def _check_default(entry: Entry, field: Field) -> None:
    """Refuse a default that no person could have submitted."""
    if field.default is None:
        return
    answer = kinds.answer(field, ZoneInfo("UTC"))
    try:
        if blank(field.default):
            raise refusal(answer.when_missing)
        answer.deserialize(field.default)
    except ValidationError as error:
        problem = error.messages[0] if isinstance(error.messages, list) else ""
        entry.add(
            "form-default",
            "{place}: The default would be refused: {reason}",
            reason=getattr(problem, "message", ""),
        )
