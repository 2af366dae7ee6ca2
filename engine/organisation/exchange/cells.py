"""The cells of a row, read for what they mean; whatever is wrong is told with its column."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from engine.errors import Conflict, Invalid
from engine.organisation.exchange.tables import Row, Table
from engine.organisation.periods import Period, given

YES = frozenset({"yes", "ja", "true", "1"})
NO = frozenset({"", "no", "nej", "false", "0"})


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken in."""

    table: Table
    row: int
    column: str
    template: str
    values: Mapping[str, object]


class CellProblem(Exception):
    """A cell cannot be used."""

    def __init__(self, column: str, template: str, values: Mapping[str, object]) -> None:
        super().__init__(template)
        self.column = column
        self.template = template
        self.values = values

    def of(self, row: Row) -> RowProblem:
        return RowProblem(row.table, row.number, self.column, self.template, self.values)


class Cells:
    def __init__(self, row: Row) -> None:
        self.row = row

    def has(self, column: str) -> bool:
        """Tell whether the table has the column at all."""
        return column in self.row.cells

    def text(self, column: str) -> str:
        return self.row.cells.get(column, "").strip()

    def needed(self, column: str) -> str:
        text = self.text(column)
        if not text:
            raise CellProblem(column, "Fill this in.", {})
        return text

    def key(self, column: str) -> str:
        """Read a key, or the name of an account: they are in lower case."""
        return self.text(column).lower()

    def day(self, column: str) -> date | None:
        text = self.text(column)
        if not text:
            return None
        try:
            day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  a day has no zone
        except ValueError as error:
            wrong = "'{text}' is not a day such as 2026-05-01."
            raise CellProblem(column, wrong, {"text": text[:80]}) from error
        with self.about(column):
            given(day, None)
        return day

    def answer(self, column: str) -> bool:
        text = self.key(column)
        if text not in YES | NO:
            raise CellProblem(column, "'{text}' is neither yes nor no.", {"text": text[:80]})
        return text in YES

    def period(self) -> Period:
        self.needed("valid_from")
        first, last = self.day("valid_from"), self.day("valid_to")
        with self.about("valid_to"):
            return given(first or date.min, last)

    @contextmanager
    def about(self, column: str) -> Iterator[None]:
        """Tell what the rules of the organisation say as a problem of a column."""
        try:
            yield
        except (Conflict, Invalid) as error:
            raise CellProblem(column, error.template, error.values) from error
