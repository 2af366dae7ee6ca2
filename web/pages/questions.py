"""A question of a form as it stands on a page: what was typed, what can be chosen, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale

from bpmn.forms.definition import Field, FieldType

TICKED = frozenset({"true", "on", "yes"})
DENIED = frozenset({"false", "no"})
FEW = 6
"""So many options stand in the open; more are folded into a list."""


@dataclass(frozen=True, slots=True)
class Question:
    field: Field
    name: str
    """As the input is named: `title`, in tables `comments-0-section`."""
    raw: Any
    """What was typed, or what the page fills in."""
    errors: Sequence[str] = ()
    rows: tuple[tuple["Question", ...], ...] = ()
    in_table: bool = False

    @property
    def label(self) -> str:
        return self.field.label.in_language(_language())

    @property
    def help(self) -> str:
        return self.field.help.in_language(_language()) if self.field.help else ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return value, label and whether it is chosen."""
        chosen = self.raw if isinstance(self.raw, list) else [self.raw]
        return [
            (option.value, option.label.in_language(_language()), option.value in chosen)
            for option in self.field.options
        ]

    @property
    def is_open(self) -> bool:
        """Tell whether the options stand in the open."""
        return not self.in_table and len(self.field.options) <= FEW

    @property
    def is_ticked(self) -> bool:
        return isinstance(self.raw, str) and self.raw in TICKED

    @property
    def is_denied(self) -> bool:
        return isinstance(self.raw, str) and self.raw in DENIED


def question(
    field: Field,
    name: str,
    raw: Any,
    errors: Mapping[str, Sequence[str]],
    *,
    in_table: bool = False,
) -> Question:
    rows: list[tuple[Question, ...]] = []
    if field.type is FieldType.TABLE:
        for number, row in enumerate(_rows(field, raw)):
            cells = row if isinstance(row, Mapping) else {}
            rows.append(
                tuple(
                    question(
                        column,
                        f"{name}-{number}-{column.name}",
                        cells.get(column.name) if cells else _default(column),
                        errors,
                        in_table=True,
                    )
                    for column in field.columns
                )
            )
    return Question(field, name, raw, errors.get(name, ()), tuple(rows), in_table)


def _rows(field: Field, raw: Any) -> list[Any]:
    """Return the rows to show: those that were filled in, or as many empty ones as are needed."""
    rows = raw if isinstance(raw, list) else []
    return rows or [{}] * min(max(int(field.minimum or 1), 1), 10)


def _default(column: Field) -> Any:
    """Return what a new row begins with."""
    if isinstance(column.default, bool):
        return "true" if column.default else "false"
    return None if column.default is None else str(column.default)


def typed(value: Any, zone: ZoneInfo) -> Any:
    """Write a value as somebody would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Mapping):
        return {str(name): typed(each, zone) for name, each in value.items()}
    if isinstance(value, list):
        return [typed(each, zone) for each in value]
    return None if value is None else str(value)


def _language() -> str:
    return str(get_locale().language)
