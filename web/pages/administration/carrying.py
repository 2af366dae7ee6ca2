"""
The rows of tables as a text that a form carries along: the names of the columns once, then the cells of each row.

It comes back from a browser, so that it is held to what is held of a file.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engine.errors import Invalid
from engine.organisation.exchange import tables
from engine.organisation.exchange.tables import COLUMNS, Row, Table

Packed = dict[str, list[list[Any]]]
CANNOT = "What was sent cannot be used."


def packed(rows: Sequence[Row]) -> str:
    """Write each row as its number and its cells; a column that its table does not have is null."""
    found: dict[Table, list[list[Any]]] = defaultdict(list)
    for each in rows:
        cells = [each.cells.get(column) for column in COLUMNS[each.table]]
        found[each.table].append([each.number, *cells])
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> list[Row]:
    """Raises `Invalid` for what was not packed here."""
    try:
        return [
            replace(row, number=line[0])
            for name, lines in json.loads(text).items()
            for row, line in zip(_rows(tables.named(name), lines), lines, strict=True)
            if isinstance(line[0], int)
        ]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise Invalid(CANNOT) from error


def _rows(table: Table, lines: list[list[Any]]) -> list[Row]:
    items = [
        {
            column: cell
            for column, cell in zip(COLUMNS[table], line[1:], strict=True)
            if cell is not None
        }
        for line in lines
    ]
    return tables.from_json({table.value: items})
