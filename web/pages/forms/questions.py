"""A question of a form as it stands on a page: what was typed, what can be chosen, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_locale

from bpmn.forms import beginnings
from bpmn.forms.conditions import Holds
from bpmn.forms.definition import Field, FieldType
from bpmn.forms.walk import Standing, Walk
from bpmn.scripting.seen import Seen
from web.pages import values, words
from web.pages.values import Value

TICKED = frozenset({"true", "on", "yes"})
DENIED = frozenset({"false", "no"})
FEW = 6
"""So many options stand in the open; more are folded into a list."""
SEPARATORS = {FieldType.USERS: ", ", FieldType.CLAUSES: "\n"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that can be named in an answer."""

    id: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a form on a page can turn to; what is not given is not offered."""

    upload: str | None = None
    """Takes the whole form with a file in `_file-<name>` and the name in `_upload`."""
    attachments: Sequence[Attachment] = ()
    """What is attached already."""
    confirmation: str | None = None
    """Where the reader confirms her password, with the whole form; needed before she signs."""
    by_provider: str | None = None
    """Where the reader signs in once more at a provider instead; the form does not go along."""


NO_DOORS = Doors()


@dataclass(frozen=True, slots=True)
class Question:
    field: Field
    name: str
    """As the input is named: `title`, in tables `comments-0-section`."""
    raw: Any
    """What was typed, or what the page fills in."""
    required: bool = False
    """An answer is needed as things stand."""
    fixed: bool = False
    """There is nothing to write: the value is shown."""
    value: Any = None
    """Of what is fixed."""
    errors: Sequence[str] = ()
    rows: tuple[tuple["Question", ...], ...] = ()
    in_table: bool = False
    doors: Doors = NO_DOORS

    @property
    def label(self) -> str:
        return self.field.label.in_language(_language())

    @property
    def help(self) -> str:
        return self.field.help.in_language(_language()) if self.field.help else ""

    @property
    def meaning(self) -> str:
        """Return what a signature here means."""
        return words.meaning(self.field.meaning or "")

    @property
    def shown(self) -> Value:
        return values.answer(self.field, self.value)

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return value, label and whether it is chosen."""
        chosen = self._chosen
        return [
            (option.value, option.label.in_language(_language()), option.value in chosen)
            for option in self.field.options
        ]

    @property
    def attachments(self) -> list[tuple[Attachment, bool]]:
        """Return each file that can be named, and whether it is; what is named but not known comes last."""
        chosen = [each for each in self._chosen if isinstance(each, str) and each]
        known = {each.id: each for each in self.doors.attachments}
        others = [Attachment(each, each) for each in chosen if each not in known]
        return [(each, each.id in chosen) for each in (*known.values(), *others)]

    @property
    def text(self) -> str:
        """What stands in an input, as somebody would type it."""
        if isinstance(self.raw, list):
            return SEPARATORS.get(self.field.type, ", ").join(map(str, self.raw))
        return self.raw if isinstance(self.raw, str) else ""

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

    @property
    def _chosen(self) -> list[Any]:
        return self.raw if isinstance(self.raw, list) else [self.raw]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the questions of one page have in common."""

    walk: Walk
    known: Seen
    errors: Mapping[str, Sequence[str]]
    doors: Doors

    def question(self, field: Field, raw: Any) -> Question:
        standing = self.walk.standings[field.name]
        rows = self._rows(field, raw) if field.type is FieldType.TABLE else ()
        return Question(
            field,
            field.name,
            raw,
            standing.required,
            standing.fixed,
            self.walk.values.get(field.name) if standing.fixed else None,
            self.errors.get(field.name, ()),
            () if standing.fixed else tuple(rows),
            doors=self.doors,
        )

    def _rows(self, table: Field, raw: Any) -> Sequence[tuple[Question, ...]]:
        """Return the rows to show: those that were filled in, or as many empty ones as are needed."""
        rows = raw if isinstance(raw, list) else []
        shown = rows or [{}] * min(max(int(table.minimum or 1), 1), 10)
        return [self._row(table, number, row) for number, row in enumerate(shown)]

    def _row(self, table: Field, number: int, raw: Any) -> tuple[Question, ...]:
        given = {str(name): cell for name, cell in raw.items()} if isinstance(raw, Mapping) else {}
        cells = given or {
            column.name: typed(beginnings.cell(column, self.known), self.known.zone)
            for column in table.columns
        }
        written = {column.name for column in table.columns if column.is_written_here}
        walk = self.walk.row(
            table, {name: each for name, each in cells.items() if name not in written}
        )
        return tuple(
            self._cell(f"{table.name}-{number}-{column.name}", column, cells, walk)
            for column in table.columns
            if walk.standings[column.name].asked is not Holds.NO
        )

    def _cell(self, name: str, column: Field, cells: Mapping[str, Any], walk: Walk) -> Question:
        standing: Standing = walk.standings[column.name]
        return Question(
            column,
            name,
            cells.get(column.name),
            standing.required,
            standing.fixed,
            walk.values.get(column.name) if standing.fixed else None,
            self.errors.get(name, ()),
            in_table=True,
        )


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
