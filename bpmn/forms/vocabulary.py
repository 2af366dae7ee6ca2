"""
Which keys a definition may have, and where.

One table, of which the reader and the published JSON Schema are made, so that they cannot disagree.
"""

from bpmn.forms.fields import FieldType

FORM = ("key", "title", "intro", "fields", "sections", "rules")
SECTION = ("title", "intro", "visibleIf", "fields")
RULE = ("holds", "message", "field")
OPTION = ("value", "label")
PATTERN = ("matches", "message")
QUERY = ("query", "arguments")
LANGUAGES = ("sv", "en")

OLD = {"condition": "visibleIf", "minimum": "minLength", "maximum": "maxLength"}
"""Keys of former definitions, which are still read: the last two of texts."""

TEXTS = frozenset({FieldType.TEXT, FieldType.NOTE})
NUMBERS = frozenset({FieldType.INT, FieldType.DEC})
CHOICES = frozenset({FieldType.ENUM, FieldType.MULTI})
LISTS = frozenset(
    {FieldType.MULTI, FieldType.USERS, FieldType.CLAUSES, FieldType.FILES, FieldType.TABLE}
)
WRITTEN_HERE = frozenset({FieldType.SIGN, FieldType.CALC})
COLUMNS = frozenset(FieldType) - LISTS - {FieldType.SIGN}
"""The types that fit in a cell."""
WITHOUT_DEFAULT = WRITTEN_HERE | {FieldType.TABLE, FieldType.FILES}


def keys(kind: FieldType, *, column: bool) -> tuple[str, ...]:
    """Return what a field of this type may say, the old keys left out."""
    return (
        *("name", "type", "label", "help", "visibleIf"),
        *(("required", "requiredIf") if kind is not FieldType.CALC else ()),
        *(("readonlyIf", "prefill") if kind not in WRITTEN_HERE and not column else ()),
        *(("default",) if kind not in WITHOUT_DEFAULT else ()),
        *(("options",) if kind in CHOICES else ()),
        *(("minimum", "maximum") if kind in NUMBERS | LISTS else ()),
        *(("minLength", "maxLength", "pattern") if kind in TEXTS else ()),
        *(("columns", "rules") if kind is FieldType.TABLE else ()),
        *(("value",) if kind is FieldType.CALC else ()),
        *(("meaning",) if kind is FieldType.SIGN else ()),
    )


def old_keys(kind: FieldType, *, column: bool) -> tuple[str, ...]:
    return (
        *(("condition",) if not column else ()),
        *(("minimum", "maximum") if kind in TEXTS else ()),
    )
