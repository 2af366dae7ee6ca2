"""What programs may send as answers to a form: whatever JSON there is, and what is nearly right."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.bpmn.forms.forms import NAMES

UUID = "01990000-0000-7000-8000-000000000001"
NESTED = json.loads("[" * 200 + "]" * 200)

texts = st.text(st.characters(exclude_categories=()), max_size=20)  # with NUL and lone surrogates
numbers = st.one_of(
    st.integers(),
    st.floats(),  # with NaN and the infinite ones, which Python's reader takes
    st.sampled_from([10**15, 10**15 - 1, -(10**15), 10**400, 1e300, 5e-324, -0.0, 0.1, 1e-10]),
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts | st.just(NESTED),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
"""Any JSON, and what only some readers take for it."""

_LINES = ["a", "b", "ab", "12", " a ", "a\tb", "å", "a\u030a", "a" * 1_000, "\U0001f600"]
_WRONG_LINES = ["", " ", "a\nb", "\x00", "\ud800", "a" * 1_001, "xxxxxxxxxxxxxxxxxxxxxxxxy!"]
_PEOPLE = ["alice", "Bob", " charlie "]
_KEYS = ["hemtjanst", UUID, "a b"]
_NUMBERS = [0, 1, 2, 3, 2.0, "2", "1 000,5", "-1", 2.5, 1e15, 10**15 - 1, "1e3", True]
NEARLY: Mapping[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from([*_LINES, *_WRONG_LINES]),
    "note": st.sampled_from([*_LINES, *_WRONG_LINES, "a\r\nb", "b" * 20_001]),
    "int": st.sampled_from(_NUMBERS) | st.integers(-(10**16), 10**16),
    "dec": st.sampled_from([*_NUMBERS, 0.1, "0,12345678901"]) | st.floats(-1e16, 1e16),
    "bool": st.sampled_from([True, False, "on", "no", "", 1, 0]),
    "date": st.dates().map(str) | st.sampled_from(["2026-05-01", "2026-02-30", "1899-12-31"]),
    "dt": st.datetimes().map(lambda at: at.isoformat(timespec="minutes"))
    | st.sampled_from(
        [
            "2026-05-01T08:00",
            "2026-05-01 08:00:00.5+02:00",
            "2026-03-29T02:30",
            "1900-01-01T00:00+14:00",
            "2200-12-31T23:59-14:00",
        ]
    ),
    "enum": st.sampled_from(["a", "b", "c", ["a"]]),
    "multi": st.lists(st.sampled_from(["a", "b", "b", "c"]), max_size=6) | st.just("a"),
    "user": st.sampled_from([*_PEOPLE, "nemo", "a b"]),
    "users": st.lists(st.sampled_from([*_PEOPLE, "nemo"]), max_size=6),
    "role": st.sampled_from(_KEYS),
    "unit": st.sampled_from(_KEYS),
    "doc": st.sampled_from(_LINES),
    "proc": st.sampled_from(_KEYS),
    "clauses": st.lists(st.sampled_from(_LINES), max_size=6),
    "inst": st.sampled_from(_KEYS),
    "files": st.lists(st.sampled_from([UUID, UUID.upper()]), max_size=3),
    "sign": st.sampled_from([None, True, {"by": "alice"}]),
    "calc": st.sampled_from([None, 2]),
}
"""Answers of the right kind and just beside it, by the type of a field; rows are made of them."""


def nearly(fields: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to most of these fields, most of them of the right kind."""
    answers = {field["name"]: _nearly(field) for field in fields}
    must = {
        field["name"]: answers[field["name"]]
        for field in fields
        if field["type"] not in {"calc", "sign", "files"}
    }
    rest = {name: each for name, each in answers.items() if name not in must}
    return st.fixed_dictionaries(must, optional=rest) | st.fixed_dictionaries({}, optional=answers)


def _nearly(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    kind = field["type"]
    right = st.lists(nearly(field["columns"]), max_size=6) if kind == "table" else NEARLY[kind]
    return st.integers(0, 11).flatmap(lambda dice: right if dice else values)


def variables(fields: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON object, under the names of a form or others."""
    names = st.sampled_from(NAMES) | texts
    return nearly(fields) | nearly(fields) | st.dictionaries(names, values, max_size=6)


def bodies(fields: list[dict[str, Any]]) -> st.SearchStrategy[bytes]:
    """What is sent: mostly an object with variables, sometimes any JSON."""
    written = variables(fields).map(lambda each: {"variables": each})
    return st.one_of(*[written] * 6, values).map(lambda each: json.dumps(each).encode())


STRANGE = [
    b"",
    b"null",
    b"{",
    b"\xff",
    b'"\xed\xa0\x80"',
    b'{"variables": null}',
    b'{"variables": {}, "other": 1}',
    b'{"variables": {"f0": "a", "f0": 1}}',
    b'{"variables": {"f0": 1e400}}',
    b'{"variables": {"f0": -Infinity}}',
    b'{"variables": {"f0": ' + b"9" * 5_000 + b"}}",
    b'{"variables": {"f0": ' + b"[" * 800 + b"]" * 800 + b"}}",
    b'{"variables": {"f0": ' + b'{"a":' * 800 + b"1" + b"}" * 800 + b"}}",
    b'{"variables": {"f0": ' + b"[" * 100_000 + b"}}",
    '{"variables": {"f0": 1}}'.encode("utf-16"),
    b'\xef\xbb\xbf{"variables": {"f0": 1}}',
]
"""Bodies that no writer of JSON makes, or few."""
