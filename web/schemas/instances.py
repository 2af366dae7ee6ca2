from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from engine.instances.models import Confidentiality, InstanceState
from web.schemas.common import MOST, PageQuery, Strict, Text


class StartSchema(Strict):
    definition_key = Text()
    definition_id = fields.UUID()
    business_key = Text(load_default=None, allow_none=True)
    variables = fields.Dict(keys=fields.String(), load_default=dict)
    unit = Text(load_default=None, allow_none=True)
    header = fields.Nested(lambda: HeaderChangeSchema, load_default=dict)

    @validates_schema
    def one_definition(self, data: dict[str, object], **_: object) -> None:
        if ("definition_key" in data) == ("definition_id" in data):
            raise ValidationError("Give either definition_key or definition_id.", "definition_key")


class HeaderChangeSchema(Strict):
    """What is said of a case beside its process; what is not given stays as it is."""

    confidentiality = fields.Enum(Confidentiality, by_value=True)
    secrecy_ground = Text(allow_none=True)
    readers = fields.List(Text(), validate=validate.Length(max=MOST))
    registration_no = Text(allow_none=True)
    retention_class = Text(allow_none=True)
    systems = fields.List(Text(), validate=validate.Length(max=MOST))
    links = fields.List(fields.UUID(), validate=validate.Length(max=MOST))


class LinkedSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    business_key = fields.String(allow_none=True)


class HeaderSchema(Schema):
    confidentiality = fields.String(
        validate=validate.OneOf([each.value for each in Confidentiality])
    )
    registration_no = fields.String(allow_none=True)
    secrecy_ground = fields.String(allow_none=True)
    readers = fields.List(fields.String())
    retention_class = fields.String(allow_none=True)
    systems = fields.List(fields.String())
    links = fields.List(fields.Nested(LinkedSchema))


class InstanceSchema(Schema):
    id = fields.UUID()
    definition_id = fields.UUID()
    definition_key = fields.String()
    version = fields.Integer()
    state = fields.String(validate=validate.OneOf([each.value for each in InstanceState]))
    business_key = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    registration_no = fields.String(allow_none=True)
    confidentiality = fields.String(
        validate=validate.OneOf([each.value for each in Confidentiality])
    )
    started_at = fields.DateTime()
    started_by = fields.String()
    ended_at = fields.DateTime(allow_none=True)


class InstanceWithVariablesSchema(InstanceSchema):
    variables = fields.Dict()
    header = fields.Nested(HeaderSchema)


class InstanceQuery(PageQuery):
    state = Text(
        load_default=None, validate=validate.OneOf([each.value for each in InstanceState])
    )
    definition_key = Text(load_default=None)
    business_key = Text(load_default=None)
    registration_no = Text(load_default=None)


class CancellationSchema(Strict):
    reason = Text(required=True)


class ResumptionSchema(Strict):
    reason = Text(load_default="")


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
    on_behalf_of = fields.String(allow_none=True)


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
