"""
From what a browser posts to what `checking.check` reads.

A browser sends pairs of texts. Which of them belong together the names say: `verdict` is a field,
`comments-0-section` a cell (table, row, column), and names that begin with "_" belong to the page
(its token, its buttons); a field can never have one. Nothing is judged here: what does not fit
stays as it came, for the check to refuse.
"""

import re
from collections.abc import Iterable
from typing import Any

from bpmn.forms.fields import FieldType, Form

CELL = re.compile(r"([A-Za-z][A-Za-z0-9_]*)-([0-9]{1,6})-([A-Za-z][A-Za-z0-9_]*)")

SEPARATORS = {FieldType.USERS: re.compile(","), FieldType.CLAUSES: re.compile(r"\r\n|\r|\n")}


def from_pairs(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Gather a form post by field; rows of tables come in the order of their numbers."""
    types = {field.name: field.type for field in form.fields}
    texts: dict[str, list[str]] = {}
    tables: dict[str, dict[int, dict[str, list[str]]]] = {}
    for name, text in pairs:
        cell = CELL.fullmatch(name)
        if cell and types.get(cell[1]) is FieldType.TABLE:
            row = tables.setdefault(cell[1], {}).setdefault(int(cell[2]), {})
            row.setdefault(cell[3], []).append(text)
        elif not name.startswith("_"):
            texts.setdefault(name, []).append(text)
    return {
        **{name: _answer(types.get(name), given) for name, given in texts.items()},
        **{name: _rows(rows) for name, rows in tables.items()},
    }


def _answer(kind: FieldType | None, given: list[str]) -> Any:
    if kind in {FieldType.MULTI, FieldType.FILES}:
        return given
    if kind in SEPARATORS:
        parts = (part.strip() for text in given for part in SEPARATORS[kind].split(text))
        return [part for part in parts if part]
    return given[0] if len(given) == 1 else given


def _rows(rows: dict[int, dict[str, list[str]]]) -> list[dict[str, Any]]:
    return [
        {column: _answer(None, given) for column, given in row.items()}
        for _, row in sorted(rows.items())
    ]
