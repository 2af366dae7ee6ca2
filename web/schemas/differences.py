from marshmallow import Schema, fields, validate

from bpmn.diff import Kind
from web.schemas.common import Strict


class DifferenceSchema(Schema):
    what = fields.String()
    before = fields.String(allow_none=True)
    after = fields.String(allow_none=True)


class ChangeSchema(Schema):
    kind = fields.String(
        attribute="change.kind", validate=validate.OneOf([each.value for each in Kind])
    )
    element_id = fields.String(attribute="change.element_id", allow_none=True)
    former_id = fields.String(attribute="change.former_id", allow_none=True)
    element_type = fields.String(attribute="change.element_type")
    label = fields.String(attribute="change.label")
    differences = fields.List(fields.Nested(DifferenceSchema), attribute="change.differences")
    sentences = fields.List(fields.String())


class ComparisonSchema(Schema):
    from_ = fields.UUID(attribute="before_id", data_key="from", allow_none=True)
    to = fields.UUID(attribute="after.id")
    items = fields.List(fields.Nested(ChangeSchema), attribute="changes")


class ComparisonQuery(Strict):
    from_ = fields.UUID(load_default=None, data_key="from")
