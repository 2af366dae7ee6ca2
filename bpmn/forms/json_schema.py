"""
The answers to a form as a JSON Schema, for programs that complete tasks.

It says what an answer looks like, in the reader's language. What a schema cannot say stands beside
it, under names that begin with `x-`: when a question is asked, when it must be answered, what must
hold between answers. What the server writes itself is `readOnly` and must be left out.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bpmn.feel import Expression
from bpmn.forms import limits
from bpmn.forms.fields import Field, FieldType, Form, Rule
from bpmn.forms.vocabulary import TEXTS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTITY = {"type": "string", "format": "uuid"}
KEY = {"type": "string", "pattern": r"^\S+$", "maxLength": limits.REFERENCE}
USERNAME = {"type": "string", "pattern": r"^[^\s,]+$", "maxLength": limits.USERNAME}
DESCRIPTION = {"type": "string", "maxLength": limits.DESCRIPTION}
PLAIN: Mapping[FieldType, dict[str, Any]] = {
    FieldType.TEXT: {"type": "string"},
    FieldType.NOTE: {"type": "string"},
    FieldType.INT: {"type": "integer"},
    FieldType.DEC: {"type": "number"},
    FieldType.BOOL: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.DT: {"type": "string", "format": "date-time"},
    FieldType.USER: USERNAME,
    FieldType.USERS: {"type": "array", "items": USERNAME, "uniqueItems": True},
    FieldType.ROLE: KEY,
    FieldType.UNIT: KEY,
    FieldType.DOC: DESCRIPTION,
    FieldType.PROC: KEY,
    FieldType.CLAUSES: {"type": "array", "items": DESCRIPTION},
    FieldType.INST: KEY,
    FieldType.FILES: {"type": "array", "items": IDENTITY},
    FieldType.SIGN: {"type": "object", "readOnly": True},
    FieldType.CALC: {"readOnly": True},
}
SIZES: Mapping[FieldType, tuple[str, str, Any]] = {
    **{kind: ("minLength", "maxLength", most) for kind, most in limits.LENGTH.items()},
    **{kind: ("minItems", "maxItems", most) for kind, most in limits.COUNT.items()},
    FieldType.INT: ("minimum", "maximum", limits.NUMBER),
    FieldType.DEC: ("minimum", "maximum", limits.NUMBER),
}
NO_VALUES: Mapping[str, Any] = {}


def of(form: Form, language: str, values: Mapping[str, Any] = NO_VALUES) -> dict[str, Any]:
    """Return the schema of the answers; `values` are those that the questions begin with."""
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "title": form.title.in_language(language),
        **({"description": form.intro.in_language(language)} if form.intro else {}),
        "x-form-key": form.key,
        **_object(form.fields, form.rules, language),
    }
    for name, value in values.items():
        if value is not None and name in schema["properties"]:
            schema["properties"][name]["default"] = _json(value)
    if form.sections:
        schema["x-sections"] = [
            {
                "title": each.title.in_language(language) if each.title else None,
                "fields": list(each.names),
            }
            for each in form.sections
        ]
    return schema


def _object(fields: tuple[Field, ...], rules: tuple[Rule, ...], language: str) -> dict[str, Any]:
    always = [each.name for each in fields if each.required and not _depends(each)]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: _field(each, language) for each in fields},
        **({"required": always} if always else {}),
        **({"x-rules": [_rule(each, language) for each in rules]} if rules else {}),
    }


def _depends(field: Field) -> bool:
    """Tell whether an answer that is required may have to be left out."""
    return bool(field.visible_if or field.readonly_if or field.is_written_here)


def _rule(rule: Rule, language: str) -> dict[str, str]:
    return {
        "holds": rule.holds.text,
        "message": rule.message.in_language(language),
        "field": rule.field,
    }


def _field(field: Field, language: str) -> dict[str, Any]:
    needed = field.required and not _depends(field)
    content = _SHAPES.get(field.type, _plain)(field, language)
    said = {
        "title": field.label.in_language(language),
        **({"description": field.help.in_language(language)} if field.help else {}),
        **content,
        **_size(field, needed=needed),
        **_said(field),
        "x-type": field.type.value,
    }
    return said if needed or "readOnly" in said else _nullable(said)


def _plain(field: Field, _language: str) -> dict[str, Any]:
    return dict(PLAIN[field.type])


def _choice(field: Field, language: str) -> dict[str, Any]:
    return {
        "type": "string",
        "enum": [each.value for each in field.options],
        "x-labels": {each.value: each.label.in_language(language) for each in field.options},
    }


def _choices(field: Field, language: str) -> dict[str, Any]:
    return {"type": "array", "items": _choice(field, language)}


def _table(field: Field, language: str) -> dict[str, Any]:
    return {"type": "array", "items": _object(field.columns, field.rules, language)}


_SHAPES: Mapping[FieldType, Callable[[Field, str], dict[str, Any]]] = {
    FieldType.ENUM: _choice,
    FieldType.MULTI: _choices,
    FieldType.TABLE: _table,
}


def _size(field: Field, *, needed: bool) -> dict[str, Any]:
    """Return the limits of an answer; of a list that may be left empty, only the upper one."""
    if field.type not in SIZES:
        return {}
    least, most, widest = SIZES[field.type]
    is_list = least == "minItems"
    minimum = field.minimum if needed or not is_list else None
    if minimum is None and needed and least != "minimum":
        minimum = 1
    maximum = widest if field.maximum is None else field.maximum
    return {most: _json(maximum), **({least: _json(minimum)} if minimum is not None else {})}


def _said(field: Field) -> dict[str, Any]:
    conditions: dict[str, Expression | None] = {
        "x-required-if": field.required_if,
        "x-readonly-if": field.readonly_if,
        "x-value": field.value,
    }
    return {
        **({"x-visible-if": [each.text for each in field.visible_if]} if field.visible_if else {}),
        **{name: each.text for name, each in conditions.items() if each is not None},
        **({"x-meaning": field.meaning} if field.meaning else {}),
        **({"pattern": f"^(?:{field.pattern.text})$"} if field.pattern else {}),
    }


def _nullable(said: dict[str, Any]) -> dict[str, Any]:
    """An answer that may be left out may be null as well, and a text empty."""
    if "enum" in said:
        said["enum"] = [*said["enum"], None]
    if said.get("minLength") and said["x-type"] in TEXTS:
        said["minLength"] = 0
        said.pop("pattern", None)
    return {**said, "type": [said["type"], "null"]}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _json(each) for name, each in value.items()}
    return [_json(each) for each in value] if isinstance(value, list) else value
