"""
Rows of a table.

A page shows empty rows for people to fill in; those left blank are dropped, before they are
counted. The others keep their number as it was submitted, so that the page finds the cell of a
problem. Which cells of a row are asked, and which must be filled in, is seen later: on the way
through the form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.forms import limits, sentences
from bpmn.forms.answers.base import ListAnswer, Problem, blank, refusal
from bpmn.forms.answers.sheet import Reading, Sheet
from bpmn.forms.fields import Field


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The cells of a row, as far as they can be read by themselves."""

    number: int
    sheet: Sheet
    reading: Reading
    foreign: tuple[tuple[str, Problem], ...]


class Rows(ListAnswer):
    when_small = sentences.MORE_ROWS
    when_large = sentences.FEWER_ROWS

    def __init__(self, question: Field, sheet: Sheet) -> None:
        super().__init__(question)
        self._sheet = sheet

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[ReadRow]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise refusal(sentences.ROWS)
        filled = [(number, row) for number, row in enumerate(value) if not untouched(row)]
        self.check_count(filled, limits.COUNT[self.question.type])
        return [
            ReadRow(number, self._sheet, self._sheet.read(row), tuple(self._sheet.foreign(row)))
            for number, row in filled
        ]


def untouched(row: Mapping[str, Any]) -> bool:
    return all(cell is False or blank(cell) for cell in row.values())
