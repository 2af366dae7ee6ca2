"""Which answer reads which type of field."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bpmn.forms.answers.base import Answer
from bpmn.forms.answers.choices import Choice, Choices, Truth, Usernames
from bpmn.forms.answers.numbers import Number, WholeNumber
from bpmn.forms.answers.rows import Rows
from bpmn.forms.answers.sheet import Sheet
from bpmn.forms.answers.texts import Line, Note, Username
from bpmn.forms.answers.times import Day, Moment
from bpmn.forms.fields import Field, FieldType

KINDS: Mapping[FieldType, type[Answer]] = MappingProxyType(
    {
        FieldType.TEXT: Line,
        FieldType.NOTE: Note,
        FieldType.INT: WholeNumber,
        FieldType.DEC: Number,
        FieldType.BOOL: Truth,
        FieldType.DATE: Day,
        FieldType.ENUM: Choice,
        FieldType.MULTI: Choices,
        FieldType.USER: Username,
        FieldType.USERS: Usernames,
    }
)
"""The types that need to know nothing but their field."""


def sheet(fields: Iterable[Field], zone: ZoneInfo) -> Sheet:
    """Return what reads the answers to these fields; times without offset are of the zone."""
    return Sheet({field.name: answer(field, zone) for field in fields})


def answer(field: Field, zone: ZoneInfo) -> Answer:
    if field.type is FieldType.DT:
        return Moment(field, zone)
    if field.type is FieldType.TABLE:
        return Rows(field, {column.name: answer(column, zone) for column in field.columns})
    return KINDS[field.type](field)
