"""
What a question begins with, before anybody has answered it.

What the case knows goes first, then what the form fetches (`prefill`), then its default. What could
not be submitted is not filled in: nobody should be told that something is wrong which she never
wrote.
"""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError

from bpmn.feel import Expression
from bpmn.forms import conditions, limits
from bpmn.forms.answers import kinds
from bpmn.forms.answers.base import blank
from bpmn.forms.conditions import State
from bpmn.forms.fields import Field, FieldType, Query
from bpmn.forms.registers import Registers
from bpmn.scripting.seen import Seen


def value(field: Field, known: Seen, registers: Registers) -> Any:
    """Return a value of the field's type, None where it begins empty."""
    held = known.get(field.name)
    if held is not None or field.is_written_here:
        return held
    for given in _given(field, known, registers):
        fitting = None if blank(given) else _fitting(field, given, known)
        if fitting is not None:
            return fitting
    return None


def cell(column: Field, known: Seen) -> Any:
    """Return what a cell of a new row begins with."""
    given = _evaluated(column.default, known)
    return None if blank(given) else _fitting(column, given, known)


def _given(field: Field, known: Seen, registers: Registers) -> Iterator[Any]:
    if isinstance(field.prefill, Query):
        arguments = {
            name: _evaluated(each, known) for name, each in field.prefill.arguments.items()
        }
        yield registers.query(field.prefill.name, arguments)
    else:
        yield _evaluated(field.prefill, known)
    yield _evaluated(field.default, known)


def _evaluated(given: Any, known: Seen) -> Any:
    if not isinstance(given, Expression):
        return given
    found = conditions.outcome(given, known)
    return found.value if found.state is State.KNOWN else None


def _fitting(field: Field, given: Any, known: Seen) -> Any:
    if field.type is FieldType.TABLE:
        return _rows(field, given)
    try:
        return kinds.answer(field, known.zone).deserialize(given)
    except ValidationError:
        return None


def _rows(field: Field, given: Any) -> list[dict[str, Any]] | None:
    """Return rows with the columns of the table; their cells are read when they are submitted."""
    rows = [given] if isinstance(given, dict) else given
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return None
    names = [column.name for column in field.columns]
    return [
        {name: row.get(name) for name in names} for row in rows[: limits.COUNT[FieldType.TABLE]]
    ]
