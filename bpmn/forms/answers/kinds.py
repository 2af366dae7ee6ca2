"""Which answer reads which type of field."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bpmn.feel.budget import DEFAULT, Budget
from bpmn.forms.answers.base import Answer, Unwritten
from bpmn.forms.answers.choices import Choice, Choices, Truth, Usernames
from bpmn.forms.answers.numbers import Number, WholeNumber
from bpmn.forms.answers.references import Clauses, Description, Files, Key
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
        FieldType.ROLE: Key,
        FieldType.UNIT: Key,
        FieldType.DOC: Description,
        FieldType.PROC: Key,
        FieldType.CLAUSES: Clauses,
        FieldType.INST: Key,
        FieldType.FILES: Files,
        FieldType.SIGN: Unwritten,
        FieldType.CALC: Unwritten,
    }
)
"""The types that need to know nothing but their field."""


def sheet(fields: Iterable[Field], zone: ZoneInfo, budget: Budget | None = None) -> Sheet:
    """Return what reads the answers to these fields; times without offset are of the zone."""
    shared = budget or Budget(DEFAULT)
    return Sheet({field.name: answer(field, zone, shared) for field in fields})


def answer(field: Field, zone: ZoneInfo, budget: Budget | None = None) -> Answer:
    if field.type is FieldType.DT:
        return Moment(field, zone, budget)
    if field.type is FieldType.TABLE:
        return Rows(field, sheet(field.columns, zone, budget))
    return KINDS[field.type](field, budget)
