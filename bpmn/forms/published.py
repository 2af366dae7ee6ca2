"""
The definition of a form as a JSON Schema, for editors and other programs.

It is made of the table that the reader uses and says what a schema can say; that a condition can be
read, that names are not used twice and that a default would be accepted, only the reader knows.
`python -m bpmn.forms.published` prints it; it is kept in `docs/reference/form.schema.json`.
"""

import json
import sys
from typing import Any

from bpmn.forms import definition, expression_reading, field_reading, limits, vocabulary
from bpmn.forms.fields import FieldType
from bpmn.forms.size_reading import SIZES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FEEL = {"type": "string", "minLength": 1, "maxLength": limits.WORDS}
WORDS = {"type": "string", "minLength": 1, "maxLength": limits.WORDS, "pattern": r"\S"}
NEEDED = {
    FieldType.ENUM: ("options",),
    FieldType.MULTI: ("options",),
    FieldType.TABLE: ("columns",),
    FieldType.CALC: ("value",),
    FieldType.SIGN: ("meaning",),
}
ABOUT = {
    "key": "What tasks name it by; the file is called <key>.form.json",
    "title": "What stands above the form",
    "intro": "What people read before the first question",
    "fields": "The questions, in their order",
    "sections": "Questions under headings; `fields` beside them stand before the first heading",
    "rules": "What several answers must be like together",
    "name": "The process variable that holds the answer",
    "type": "What kind of answer it is",
    "label": "The question",
    "help": "What helps to answer it",
    "required": "It must be answered whenever it is asked",
    "requiredIf": "FEEL: it must be answered when this holds",
    "readonlyIf": "FEEL: the value stays as it is when this holds",
    "visibleIf": "FEEL: it is asked only when this holds",
    "condition": "The old name of visibleIf",
    "default": "What the page fills in: an answer, or FEEL after '='",
    "prefill": "What the page fills in from what is known: FEEL over the case's variables, or a query",
    "options": "What can be chosen",
    "minimum": "The least number, or number of items",
    "maximum": "The greatest number, or number of items",
    "minLength": "The least number of characters",
    "maxLength": "The greatest number of characters",
    "pattern": "What the whole text must be like",
    "columns": "The questions of each row",
    "value": "FEEL: what is worked out from the answers above",
    "meaning": "What the signature means: read, reviewed, approved, effect_verified or a word of your own",
}


def schema() -> dict[str, Any]:
    """Return the schema of a definition."""
    return {
        "$schema": DIALECT,
        "title": "Form",
        "description": "The questions of a task, deployed beside its process",
        **_object(
            vocabulary.FORM,
            ("key", "title"),
            key={"type": "string", "pattern": f"^{definition.KEY.pattern}$"},
            fields=_list(_ref("field"), limits.FIELDS),
            sections=_list(_ref("section"), limits.SECTIONS),
        ),
        "anyOf": [{"required": ["fields"]}, {"required": ["sections"]}],
        "$defs": {
            "text": _object(vocabulary.LANGUAGES, vocabulary.LANGUAGES, sv=WORDS, en=WORDS),
            "feel": FEEL,
            "option": _object(vocabulary.OPTION, vocabulary.OPTION, value=_matching(field_reading.VALUE.pattern)),
            "pattern": _object(vocabulary.PATTERN, vocabulary.PATTERN, matches=WORDS),
            "query": _object(
                vocabulary.QUERY,
                ("query",),
                query=_matching(expression_reading.WORD.pattern),
                arguments={
                    "type": "object",
                    "maxProperties": limits.ARGUMENTS,
                    "additionalProperties": _ref("feel"),
                },
            ),
            "rule": _object(
                vocabulary.RULE,
                vocabulary.RULE,
                holds=_ref("feel"),
                field=_matching(field_reading.NAME.pattern),
            ),
            "section": _object(
                vocabulary.SECTION,
                ("title", "fields"),
                fields=_list(_ref("field"), limits.FIELDS),
            ),
            "field": {"oneOf": [_ref(f"field-{kind}") for kind in FieldType]},
            "column": {
                "oneOf": [_ref(f"column-{kind}") for kind in FieldType if kind in vocabulary.COLUMNS]
            },
            **{f"field-{kind}": _field(kind, column=False) for kind in FieldType},
            **{
                f"column-{kind}": _field(kind, column=True)
                for kind in FieldType
                if kind in vocabulary.COLUMNS
            },
        },
    }  # fmt: skip


def _field(kind: FieldType, *, column: bool) -> dict[str, Any]:
    least = 0 if kind not in vocabulary.NUMBERS else -limits.NUMBER
    number = "number" if kind is FieldType.DEC else "integer"
    size = {"type": number, "minimum": least, "maximum": SIZES.get(kind, 0)}
    old = vocabulary.old_keys(kind, column=column)
    return _object(
        (*vocabulary.keys(kind, column=column), *old),
        ("name", "type", "label", *NEEDED.get(kind, ())),
        name=_matching(field_reading.NAME.pattern),
        type={"const": kind.value},
        required={"type": "boolean"},
        options=_list(_ref("option"), limits.OPTIONS),
        minimum=size,
        maximum=size,
        minLength=size,
        maxLength=size,
        pattern=_ref("pattern"),
        default={},
        prefill={"oneOf": [_ref("feel"), _ref("query")]},
        columns=_list(_ref("column"), limits.FIELDS),
        meaning=_matching(field_reading.VALUE.pattern),
    )


def _object(keys: tuple[str, ...], needed: tuple[str, ...], /, **said: Any) -> dict[str, Any]:
    """Return an object with these keys and no others; what is not said of a key, its name says."""
    return {
        "type": "object",
        "required": list(needed),
        "additionalProperties": False,
        "properties": {key: _described(key, said.get(key, _USUAL.get(key))) for key in keys},
    }


def _described(key: str, said: Any) -> dict[str, Any]:
    return {"description": ABOUT[key], **said} if key in ABOUT else dict(said)


def _list(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "maxItems": most, "items": items}


def _matching(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{pattern}$"}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


_USUAL = {
    **dict.fromkeys(("title", "intro", "label", "help", "message"), _ref("text")),
    **dict.fromkeys(("visibleIf", "requiredIf", "readonlyIf", "condition", "value"), _ref("feel")),
    "rules": _list(_ref("rule"), limits.RULES),
}


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
