"""Forms of every kind, for tests that try many."""

import json
from typing import Any

from hypothesis import strategies as st

from bpmn.forms import definition, vocabulary
from bpmn.forms.fields import FieldType, Form

LABEL = {"sv": "Fråga", "en": "Question"}
OPTIONS = [{"value": "a", "label": LABEL}, {"value": "b", "label": LABEL}]
NAMES = [f"f{number}" for number in range(8)]
CONDITIONS = [
    *('{} = "a"', "{} > 1", "{} != null", "{} = true", "{}", "count({}) > 0"),
    *("board", "board > 5", 'known = "x"', "true", "false", "null", "1 / 0 = 1"),
]
VALUES = ["{} + 1", "sum({})", "string({})", "1 / 0", "known", "{}", "date({})", "[1, 2]"]
DEFAULTS = {"bool": True, "enum": "b", "date": "2026-05-01", "user": "alice", "dec": 2}
PATTERNS = ["[a-z]*", "a|b", "(x+x+)+y", "\\d{2}"]


def field(kind: str, name: str, **more: Any) -> dict[str, Any]:
    """Return an entry with what its type must have."""
    must: dict[str, Any] = {
        "enum": {"options": OPTIONS},
        "multi": {"options": OPTIONS},
        "table": {"columns": [{"name": "cell", "type": "text", "label": LABEL}]},
        "calc": {"value": "1 + 1"},
        "sign": {"meaning": "read"},
    }.get(kind, {})
    return {"name": name, "type": kind, "label": LABEL, **must, **more}


def form(*fields: dict[str, Any], **more: Any) -> Form:
    """Read a form, in which nothing is wrong."""
    source = json.dumps({"key": "f", "title": LABEL, "fields": fields, **more}).encode()
    read, findings = definition.read(source, "f.form.json")
    assert [each.message for each in findings] == []
    assert read is not None
    return read


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """A definition in which nothing is wrong, with conditions that may fail and rules that may not hold."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    fields = [draw(_field(names[:number], name)) for number, name in enumerate(names)]
    whole: dict[str, Any] = {"key": "f", "title": LABEL}
    cut = draw(st.integers(0, len(fields)))
    if 0 < cut < len(fields):
        section = {"title": LABEL, "fields": fields[cut:]}
        if draw(st.booleans()):
            section["visibleIf"] = draw(_about(CONDITIONS, names[:cut]))
        whole |= {"fields": fields[:cut], "sections": [section]}
    else:
        whole["fields"] = fields
    if draw(st.booleans()):
        whole["rules"] = [draw(_rule(names))]
    return whole


@st.composite
def _field(draw: st.DrawFn, above: list[str], name: str) -> Any:
    column = name.startswith("c")
    kinds = sorted(vocabulary.COLUMNS if column else FieldType)
    kind = FieldType(draw(st.sampled_from(kinds)))
    keys = vocabulary.keys(kind, column=column)
    maybe = {
        **dict.fromkeys(("visibleIf", "requiredIf", "readonlyIf"), _about(CONDITIONS, above)),
        "required": st.booleans(),
        "minimum": st.integers(0, 1),
        "maximum": st.integers(2, 5),
        "minLength": st.integers(0, 1),
        "maxLength": st.integers(2, 5),
        "pattern": st.sampled_from([{"matches": each, "message": LABEL} for each in PATTERNS]),
        "prefill": st.sampled_from(["known", "board", {"query": "who"}]),
        "default": st.sampled_from(["= known", DEFAULTS.get(kind, "= board")]),
    }
    optional = {key: maybe[key] for key in keys if key in maybe}
    must: dict[str, Any] = {}
    if kind is FieldType.CALC:
        must["value"] = _about(VALUES, above)
    if kind is FieldType.TABLE:
        must["columns"] = st.tuples(
            *(_field([*above, "c0"][: len(above) + number], f"c{number}") for number in (0, 1))
        )
        optional["rules"] = st.lists(_rule(["c0", "c1"]), min_size=1, max_size=1)
    return field(kind, name, **draw(st.fixed_dictionaries(must, optional=optional)))


def _about(texts: list[str], names: list[str]) -> st.SearchStrategy[str]:
    return st.builds(str.format, st.sampled_from(texts), st.sampled_from([*names, "board"]))


def _rule(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "holds": _about(CONDITIONS, names),
            "message": st.just(LABEL),
            "field": st.sampled_from(names),
        }
    )
