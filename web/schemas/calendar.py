"""Closures as the API shows them and takes them; days are `2026-05-01`, both ends included."""

from marshmallow import Schema, fields

from web.schemas.common import Strict, Text
from web.schemas.organisation import SHORT, DatedPageQuery

WHERE = "The unit that does not work, and those below it; null: the whole organisation"


class ClosureSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    unit = fields.String(allow_none=True, metadata={"description": WHERE})
    valid_from = fields.Date()
    valid_to = fields.Date(metadata={"description": "The last day, included"})


class ClosureQuery(DatedPageQuery):
    unit = Text(
        load_default=None,
        metadata={"description": "What was noted for this unit, not for those above it"},
    )


class NewClosure(Strict):
    name = Text(required=True, validate=SHORT)
    unit = Text(load_default=None, allow_none=True, metadata={"description": WHERE})
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(required=True, metadata={"description": "The last day, included"})
