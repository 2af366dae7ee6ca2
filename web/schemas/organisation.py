"""The organisation as the API shows it and takes it; days are `2026-05-01`, both ends included."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from engine.organisation.absences import Reason
from engine.organisation.substitutions import MOST_KEYS, ScopeKind
from web.schemas.common import MOST, Cursor, PageQuery, Strict, Text

SHORT = validate.Length(1, 200)
REASONS = validate.OneOf([each.value for each in Reason])
SCOPES = validate.OneOf([each.value for each in ScopeKind])
LATEST_NOTED = "The last day, included; null until further notice"


class KeyCursor(Cursor):
    """Where a page of a list by keys ends."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        key = super()._deserialize(value, *args, **kwargs)
        if len(key) > 200 or "\0" in key:
            raise ValidationError("The cursor is not one that was given out.")
        return key


class DaysSchema(Schema):
    valid_from = fields.Date()
    valid_to = fields.Date(allow_none=True, metadata={"description": LATEST_NOTED})


class NewDays(Strict):
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(
        load_default=None, allow_none=True, metadata={"description": LATEST_NOTED}
    )


class EndingSchema(Strict):
    valid_to = fields.Date(
        required=True,
        metadata={"description": "The last day, included; one before the first withdraws it"},
    )


class OnQuery(Strict):
    on = fields.Date(load_default=None, metadata={"description": "A day; else today"})


class KeyPageQuery(Strict):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))
    cursor = KeyCursor(load_default=None, metadata={"type": "string"})


class DatedPageQuery(PageQuery):
    on = fields.Date(load_default=None, metadata={"description": "A day; else all days"})


# ------------------------------------------------------------ units


class UnitSchema(DaysSchema):
    key = fields.String()
    name_sv = fields.String()
    name_en = fields.String()
    kind = fields.String()
    parent = fields.String(allow_none=True)


class PlacingSchema(Schema):
    parent = fields.String(allow_none=True)
    valid_from = fields.Date(attribute="period.first")
    valid_to = fields.Date(attribute="period.last", allow_none=True)


class UnitWithPlacingsSchema(UnitSchema):
    placings = fields.List(fields.Nested(PlacingSchema))
    ancestors = fields.List(fields.String())


class UnitQuery(KeyPageQuery):
    on = fields.Date(load_default=None, metadata={"description": "A day; else today"})
    parent = Text(load_default=None)


class UnitNames(Strict):
    name_sv = Text(required=True, validate=SHORT)
    name_en = Text(load_default="", validate=validate.Length(max=200))
    kind = Text(load_default="", validate=validate.Length(max=200))


class NewUnit(NewDays, UnitNames):
    key = Text(required=True, validate=SHORT)
    parent = Text(load_default=None, allow_none=True)


class MoveSchema(Strict):
    parent = Text(required=True, allow_none=True)
    on = fields.Date(required=True)


# ------------------------------------------------------------ people and roles


class NamedSchema(Schema):
    name = fields.String()
    display_name = fields.String()


class HeldSchema(Schema):
    role = fields.String()
    unit = fields.String(
        allow_none=True,
        metadata={"description": "Where they are appointed; null: the whole organisation"},
    )
    holders = fields.List(fields.Nested(NamedSchema))


class AppointedSchema(Schema):
    role = fields.String()
    unit = fields.String(allow_none=True)


class PersonSchema(NamedSchema):
    id = fields.UUID()
    units = fields.List(fields.String())
    roles = fields.List(fields.Nested(AppointedSchema))


class PersonQuery(PageQuery):
    on = fields.Date(load_default=None, metadata={"description": "A day; else today"})
    unit = Text(load_default=None)


class RoleSchema(Schema):
    key = fields.String()
    name_sv = fields.String()
    name_en = fields.String()
    searched_upward = fields.Boolean()


class RoleChange(Strict):
    name_sv = Text(required=True, validate=SHORT)
    name_en = Text(load_default="", validate=validate.Length(max=200))
    searched_upward = fields.Boolean(required=True)


class NewRole(RoleChange):
    key = Text(required=True, validate=SHORT)


# ------------------------------------------------------------ who, where, from when until when


class BelongingSchema(DaysSchema):
    id = fields.UUID()
    person = fields.String()
    unit = fields.String()


class BelongingQuery(DatedPageQuery):
    person = Text(load_default=None)
    unit = Text(load_default=None)


class NewBelonging(NewDays):
    person = Text(required=True, validate=SHORT)
    unit = Text(required=True, validate=SHORT)


class AppointmentSchema(DaysSchema):
    id = fields.UUID()
    role = fields.String()
    person = fields.String()
    unit = fields.String(allow_none=True)
    decision = fields.String(allow_none=True)


class AppointmentQuery(DatedPageQuery):
    role = Text(load_default=None)
    person = Text(load_default=None)
    unit = Text(load_default=None)


class NewAppointment(NewDays):
    role = Text(required=True, validate=SHORT)
    person = Text(required=True, validate=SHORT)
    unit = Text(load_default=None, allow_none=True)
    decision = Text(load_default=None, allow_none=True)


class AbsenceSchema(DaysSchema):
    id = fields.UUID()
    person = fields.String()
    reason = fields.String(validate=REASONS)


class OfAPersonQuery(DatedPageQuery):
    person = Text(load_default=None, metadata={"description": "Else yourself"})


class NewAbsence(NewDays):
    person = Text(load_default=None, metadata={"description": "Else yourself"})
    reason = Text(required=True, validate=REASONS)


class SubstitutionSchema(DaysSchema):
    id = fields.UUID()
    person = fields.String()
    substitute = fields.String()
    scope = fields.String(attribute="scope.kind", validate=SCOPES)
    keys = fields.List(fields.String(), attribute="scope.keys")


class NewSubstitution(NewDays):
    person = Text(load_default=None, metadata={"description": "Else yourself"})
    substitute = Text(required=True, validate=SHORT)
    scope = Text(load_default=ScopeKind.ALL.value, validate=SCOPES)
    keys = fields.List(
        Text(validate=SHORT), load_default=list, validate=validate.Length(max=MOST_KEYS)
    )


# ------------------------------------------------------------ tables


class ImportQuery(Strict):
    dry_run = fields.Boolean(load_default=False)


class RowProblemSchema(Schema):
    table = fields.String()
    row = fields.Integer()
    column = fields.String()
    message = fields.String()


class RowChangeSchema(Schema):
    table = fields.String()
    row = fields.Integer()
    what = fields.String()
    name = fields.String()


class ImportSchema(Schema):
    dry_run = fields.Boolean()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    changes = fields.List(fields.Nested(RowChangeSchema))
    problems = fields.List(fields.Nested(RowProblemSchema))


class ExportSchema(Schema):
    units = fields.List(fields.Dict())
    people = fields.List(fields.Dict())
    appointments = fields.List(fields.Dict())
