from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from engine.instances.models import InstanceState
from web.schemas.common import PageQuery, Strict, Text


class StartSchema(Strict):
    definition_key = Text()
    definition_id = fields.UUID()
    business_key = Text(load_default=None, allow_none=True)
    variables = fields.Dict(keys=fields.String(), load_default=dict)
    unit = Text(load_default=None, allow_none=True)

    @validates_schema
    def one_definition(self, data: dict[str, object], **_: object) -> None:
        if ("definition_key" in data) == ("definition_id" in data):
            raise ValidationError("Give either definition_key or definition_id.", "definition_key")


class InstanceSchema(Schema):
    id = fields.UUID()
    definition_id = fields.UUID()
    definition_key = fields.String()
    version = fields.Integer()
    state = fields.String(validate=validate.OneOf([each.value for each in InstanceState]))
    business_key = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    started_at = fields.DateTime()
    started_by = fields.String()
    ended_at = fields.DateTime(allow_none=True)


class InstanceWithVariablesSchema(InstanceSchema):
    variables = fields.Dict()


class InstanceQuery(PageQuery):
    state = Text(
        load_default=None, validate=validate.OneOf([each.value for each in InstanceState])
    )
    definition_key = Text(load_default=None)
    business_key = Text(load_default=None)


class CancellationSchema(Strict):
    reason = Text(required=True)


class ElementSchema(Schema):
    element_id = fields.String()
    element_type = fields.String()
    name = fields.String(allow_none=True)
    state = fields.String(
        validate=validate.OneOf(["active", "completed", "cancelled", "incident"])
    )
    started_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    performer = fields.String(allow_none=True)


class EventSchema(Schema):
    seq = fields.Integer()
    at = fields.String()
    actor = fields.String()
    type = fields.String()
    facts = fields.Dict()
    payload = fields.Dict()
    commitments = fields.Dict()
    previous = fields.String()
    hash = fields.String()


class BreakSchema(Schema):
    seq = fields.Integer(allow_none=True)
    message = fields.String()


class VerificationSchema(Schema):
    intact = fields.Boolean()
    events = fields.Integer()
    head = fields.String()
    first_break = fields.Nested(BreakSchema, allow_none=True)
