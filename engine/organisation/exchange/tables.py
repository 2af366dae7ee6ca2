"""
Tables as files: what they are called, which columns they have, and how CSV and JSON become rows.

CSV is UTF-8, with `;` or `,` between cells, as spreadsheets in Sweden and elsewhere write it. A spreadsheet takes
a cell that begins with one of `RISKY` for a formula, so on the way out an apostrophe goes before it (and before an
apostrophe, so that the way back is the same).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import Invalid
from engine.texts import can_be_kept

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 1_000
BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
APOSTROPHE = "'"


class Table(StrEnum):
    """In the order in which they are taken in: what is named stands before what names it."""

    UNITS = "units"
    PEOPLE = "people"
    APPOINTMENTS = "appointments"


COLUMNS: Mapping[Table, tuple[str, ...]] = {
    Table.UNITS: (
        "key",
        "name_sv",
        "name_en",
        "kind",
        "parent",
        "parent_from",
        "valid_from",
        "valid_to",
    ),
    Table.PEOPLE: ("account", "display_name", "create", "unit", "valid_from", "valid_to"),
    Table.APPOINTMENTS: ("role", "account", "unit", "valid_from", "valid_to", "decision"),
}


@dataclass(frozen=True, slots=True)
class Row:
    table: Table
    number: int
    """As a spreadsheet numbers it: the header is 1. In JSON the first is 1."""
    cells: Mapping[str, str]


def named(text: str) -> Table:
    """Raises `Invalid`."""
    try:
        return Table(text)
    except ValueError as error:
        known = ", ".join(Table)
        raise Invalid(
            "There is no table '{table}'; there are {known}.", table=ascii(text)[1:-1], known=known
        ) from error


def from_csv(table: Table, content: bytes) -> list[Row]:
    """Raises `Invalid` for what cannot be a table; what is wrong in a row is told later, of all rows."""
    text = _text(table, content)
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Invalid("The table '{table}' is not CSV.", table=table.value) from error
    header = [each.strip().lower() for each in lines[0]] if lines else []
    _check_columns(table, header)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = _as_wide(table, number, line, len(header))
        if any(each.strip() for each in cells):
            rows.append(Row(table, number, dict(zip(header, map(_read, cells), strict=True))))
    return _counted(table, rows)


def from_json(value: Any) -> list[Row]:
    """Read `{"units": [{…}], …}`. Raises `Invalid`."""
    if not isinstance(value, dict):
        raise Invalid("What was sent cannot be used.")
    rows: list[Row] = []
    for name, items in value.items():
        table = named(name)
        if not isinstance(items, list):
            raise Invalid("The table '{table}' is not a list of rows.", table=table.value)
        found = [_from_item(table, number, item) for number, item in enumerate(items, start=1)]
        rows += _counted(table, found)
    return rows


def to_csv(table: Table, rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write a table for spreadsheets: with `;`, and with the mark by which they know UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(COLUMNS[table])
    for row in rows:
        writer.writerow([harmless(row[column]) for column in COLUMNS[table]])
    return (BOM + file.getvalue()).encode()


def harmless(cell: str) -> str:
    return APOSTROPHE + cell if cell.startswith((*RISKY, APOSTROPHE)) else cell


def _read(cell: str) -> str:
    if cell.startswith(APOSTROPHE) and cell[1:].startswith((*RISKY, APOSTROPHE)):
        return cell[1:]
    return cell


def _text(table: Table, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Invalid("The table '{table}' is too large.", table=table.value)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "The table '{table}' is not UTF-8; in a spreadsheet, save it as CSV UTF-8."
        raise Invalid(sentence, table=table.value) from error


def _check_columns(table: Table, header: Sequence[str]) -> None:
    unknown = [each for each in header if each not in COLUMNS[table]]
    if unknown:
        raise Invalid(
            "The table '{table}' has a column '{column}' that is not known; it may have {known}.",
            table=table.value,
            column=ascii(unknown[0])[1:-1][:80],
            known=", ".join(COLUMNS[table]),
        )
    if not header or len(set(header)) < len(header):
        raise Invalid(
            "The first row of the table '{table}' names each column once.", table=table.value
        )


def _as_wide(table: Table, number: int, line: list[str], width: int) -> list[str]:
    """Take away or add empty cells at the end, which spreadsheets write as they like."""
    if any(each.strip() for each in line[width:]):
        raise Invalid(
            "Row {row} of the table '{table}' has more cells than there are columns.",
            row=number,
            table=table.value,
        )
    return [*line[:width], *[""] * (width - len(line))]


def _counted(table: Table, rows: list[Row]) -> list[Row]:
    if len(rows) > MOST_ROWS:
        raise Invalid(
            "The table '{table}' has more than {most} rows.", table=table.value, most=MOST_ROWS
        )
    for row in rows:
        for column, cell in row.cells.items():
            if len(cell) > LONGEST_CELL or not can_be_kept(cell):
                raise Invalid(
                    "'{column}' in row {row} of the table '{table}' is too long or has characters "
                    "that cannot be kept.",
                    column=column,
                    row=row.number,
                    table=table.value,
                )
    return rows


def _from_item(table: Table, number: int, item: Any) -> Row:
    if not isinstance(item, dict):
        raise Invalid("The table '{table}' is not a list of rows.", table=table.value)
    _check_columns(table, list(item))
    cells = {}
    for column, value in item.items():
        if isinstance(value, bool):
            cells[column] = "yes" if value else "no"
        elif value is None or isinstance(value, str):
            cells[column] = value or ""
        else:
            raise Invalid(
                "'{column}' in row {row} of the table '{table}' is not a text.",
                column=column,
                row=number,
                table=table.value,
            )
    return Row(table, number, cells)
