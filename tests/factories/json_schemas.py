"""What a JSON Schema says of a value: the part of draft 2020-12 that our schemas use, and no more."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

NUMBERS = int | float | Decimal
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": NUMBERS,
}
CONCERNS: list[tuple[Any, set[str]]] = [
    (dict, {"properties", "required", "additionalProperties", "maxProperties"}),
    (list, {"items", "minItems", "maxItems", "uniqueItems"}),
    (str, {"minLength", "maxLength", "pattern", "format"}),
    (NUMBERS, {"minimum", "maximum"}),
]
"""Keywords that say nothing of a value of another kind."""
SAID = frozenset({"$schema", "$defs", "title", "description", "default", "readOnly"})
"""What tells people something, and refuses nothing."""


def problems(schema: dict, value: Any, root: dict | None = None, place: str = "") -> Iterator[str]:
    """Give what is wrong with a value; a keyword that is not known here is an error of the test."""
    root = root or schema
    for keyword, said in schema.items():
        if keyword in SAID or keyword.startswith("x-") or not _concerns(keyword, value):
            continue
        for each in KEYWORDS[keyword](schema, said, value, root, place):
            yield each if isinstance(each, str) else f"{place}: {keyword}"


def _concerns(keyword: str, value: Any) -> bool:
    kind = next((kind for kind, words in CONCERNS if keyword in words), object)
    is_truth = isinstance(value, bool) and kind is NUMBERS
    return isinstance(value, kind) and not is_truth


def _type(_schema, said, value, _root, place):
    names = said if isinstance(said, list) else [said]
    if not any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    ):
        yield f"{place}: {value!r} is not {said}"


def _properties(_schema, said, value, root, place):
    for name, each in said.items():
        if name in value:
            yield from problems(each, value[name], root, f"{place}.{name}")


def _additional(schema, said, value, root, place):
    for name in value.keys() - schema.get("properties", {}).keys():
        if said is False:
            yield f"{place}.{name} is not known"
        else:
            yield from problems(said, value[name], root, f"{place}.{name}")


def _items(_schema, said, value, root, place):
    for number, each in enumerate(value):
        yield from problems(said, each, root, f"{place}[{number}]")


def _reference(_schema, said, value, root, place):
    yield from problems(root["$defs"][said.removeprefix("#/$defs/")], value, root, place)


def _count(said, value, root, place):
    return sum(not list(problems(each, value, root, place)) for each in said)


def _format(_schema, said, value, _root, place):
    if said == "uuid":
        try:
            UUID(value)
        except ValueError:
            yield f"{place}: {value!r} is no identity"


KEYWORDS = {
    "$ref": _reference,
    "type": _type,
    "const": lambda _s, said, value, *_: [None] * (value != said),
    "enum": lambda _s, said, value, *_: [None] * (value not in said),
    "properties": _properties,
    "required": lambda _s, said, value, _r, place: (
        f"{place}.{name} is missing" for name in said if name not in value
    ),
    "additionalProperties": _additional,
    "maxProperties": lambda _s, said, value, *_: [None] * (len(value) > said),
    "items": _items,
    "minItems": lambda _s, said, value, *_: [None] * (len(value) < said),
    "maxItems": lambda _s, said, value, *_: [None] * (len(value) > said),
    "uniqueItems": lambda _s, _said, value, *_: [None] * (len(set(map(str, value))) < len(value)),
    "minLength": lambda _s, said, value, *_: [None] * (len(value) < said),
    "maxLength": lambda _s, said, value, *_: [None] * (len(value) > said),
    "pattern": lambda _s, said, value, *_: [None] * (re.search(said, value) is None),
    "format": _format,
    "minimum": lambda _s, said, value, *_: [None] * (value < said),
    "maximum": lambda _s, said, value, *_: [None] * (value > said),
    "anyOf": lambda _s, said, value, root, place: [None] * (_count(said, value, root, place) < 1),
    "oneOf": lambda _s, said, value, root, place: [None] * (_count(said, value, root, place) != 1),
}
