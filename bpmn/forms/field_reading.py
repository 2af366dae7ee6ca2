"""
From an entry of a definition's `fields` to a field.

What a field may say depends on its type, so a key out of place (`options` of a date) is found like
an unknown one.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from keyword import iskeyword
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from bpmn.feel import Expression
from bpmn.forms import expression_reading, limits, size_reading, vocabulary
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import blank, refusal
from bpmn.forms.answers.texts import printable
from bpmn.forms.fields import Field, FieldType, Option
from bpmn.forms.strict import Entry

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands."""

    entry: Entry
    within: Expression | None = None
    """The condition of its section."""


def read(
    places: Sequence[Place], *, column: bool = False, later: Collection[object] = ()
) -> list[Field]:
    """Read fields in their order; `later` are names that stand below all of them."""
    names = [place.entry.content.get("name") for place in places]
    fields = []
    for number, place in enumerate(places):
        if names[number] in names[:number]:
            place.entry.add("form-duplicate-name", "{place}: The name stands above already.")
        kind = _type(place.entry, vocabulary.COLUMNS if column else frozenset(FieldType))
        if kind is None:
            continue
        known = vocabulary.keys(kind, column=column)
        place.entry.only(known, vocabulary.old_keys(kind, column=column))
        entry = renewed(place.entry, known)
        field = _field(entry, kind, below=[*names[number:], *later])
        if place.within is not None:
            field = replace(field, visible_if=(place.within, *field.visible_if))
        fields.append(field)
    return fields


def renewed(entry: Entry, known: Collection[str]) -> Entry:
    """Put what stands under keys of former definitions where it stands now."""
    content: Mapping[str, Any] = entry.content
    for old, new in vocabulary.OLD.items():
        if old in content and old not in known and new in known:
            if new in content:
                entry.add(
                    "form-unknown-key",
                    "{place}: '{old}' is the old name of '{new}'; only one of them can stand here.",
                    old=old,
                    new=new,
                )
            content = {**content, new: content[old]}
    return replace(entry, content=content)


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


def _field(entry: Entry, kind: FieldType, below: Collection[object]) -> Field:
    minimum, maximum = size_reading.bounds(entry, kind)
    shown = expression_reading.condition(entry, "visibleIf", below)
    columns = _columns(entry, below) if kind is FieldType.TABLE else ()
    field = Field(
        name=_name(entry),
        type=kind,
        label=entry.text("label"),
        help=entry.optional_text("help"),
        required=entry.flag("required"),
        options=_options(entry) if kind in vocabulary.CHOICES else (),
        visible_if=() if shown is None else (shown,),
        required_if=expression_reading.condition(entry, "requiredIf", below),
        readonly_if=expression_reading.condition(entry, "readonlyIf", below),
        columns=columns,
        rules=expression_reading.rules(entry, [column.name for column in columns]),
        minimum=minimum,
        maximum=maximum,
        pattern=size_reading.pattern(entry) if kind in vocabulary.TEXTS else None,
        prefill=expression_reading.prefill(entry),
        value=_value(entry, below) if kind is FieldType.CALC else None,
        meaning=_meaning(entry) if kind is FieldType.SIGN else None,
    )
    return replace(field, default=_default(entry, field))


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
        each.only(vocabulary.OPTION)
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


def _columns(entry: Entry, below: Collection[object]) -> tuple[Field, ...]:
    places = [Place(each) for each in entry.entries("columns", limits.FIELDS)]
    own = [place.entry.content.get("name") for place in places]
    return tuple(read(places, column=True, later=[name for name in below if name not in own]))


def _value(entry: Entry, below: Collection[object]) -> Expression | None:
    return expression_reading.read_feel(entry, "form-calc", "value", below)


def _meaning(entry: Entry) -> str:
    meaning = entry.word("meaning")
    if meaning and not VALUE.fullmatch(meaning):
        entry.add(
            "form-sign",
            "{place}: The meaning '{meaning}' must be made of letters a-z, digits and _ . -",
            meaning=printable(meaning),
        )
    return meaning


def _default(entry: Entry, field: Field) -> Any:
    """Return what the page fills in; refuse what no person could have submitted."""
    default = entry.content.get("default")
    if isinstance(default, str) and default.startswith("="):
        return expression_reading.read_feel(entry, "form-default", "default", (), default[1:])
    if default is None or field.type in vocabulary.WITHOUT_DEFAULT:
        return None
    answer = kinds.answer(field, ZoneInfo("UTC"))
    try:
        if blank(default):
            raise refusal(answer.when_missing)
        answer.deserialize(default)
    except ValidationError as error:
        problem = error.messages[0] if isinstance(error.messages, list) else ""
        entry.add(
            "form-default",
            "{place}: The default would be refused: {reason}",
            reason=getattr(problem, "message", ""),
        )
    return default
