"""
Rows of a table.

A page shows empty rows for people to fill in; those left blank are dropped, before they are
counted. Problems keep the number of the row as it was submitted, so that the page finds the cell.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from bpmn.forms import limits, sentences
from bpmn.forms.answers.base import Answer, ListAnswer, blank, refusal
from bpmn.forms.answers.sheet import Sheet
from bpmn.forms.fields import Field


class Rows(ListAnswer):
    when_small = sentences.MORE_ROWS
    when_large = sentences.FEWER_ROWS

    def __init__(self, question: Field, columns: Mapping[str, Answer]) -> None:
        super().__init__(question)
        self._sheet = Sheet(columns)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise refusal(sentences.ROWS)
        filled = [(number, row) for number, row in enumerate(value) if not _untouched(row)]
        self.check_count(filled, limits.COUNT[self.question.type])
        rows, wrong = [], {}
        for number, row in filled:
            answers, problems = self._row(row)
            rows.append(answers)
            if problems:
                wrong[number] = problems
        if wrong:
            raise ValidationError(wrong)
        return rows

    def _row(self, row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        answered, wrong = self._sheet.read(row)
        wrong |= {name: [problem] for name, problem in self._sheet.foreign(row)}
        answers = {}
        for name, column in self._sheet.answers.items():
            answers[name] = answered.get(name, column.unanswered)
            if column.question.required and name not in answered and name not in wrong:
                wrong[name] = [column.missing]
        return answers, wrong


def _untouched(row: Mapping[str, Any]) -> bool:
    return all(cell is False or blank(cell) for cell in row.values())
