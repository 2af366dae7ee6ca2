from marshmallow import Schema, fields, validate

from web.schemas.common import Strict, Text
from web.schemas.inbox import CaseLineSchema
from web.schemas.user_tasks import UserTaskSchema

MOST_HITS = 100


class SearchQuery(Strict):
    q = Text(required=True, validate=validate.Length(1, 200))
    limit = fields.Integer(load_default=20, validate=validate.Range(1, MOST_HITS))


class HitSchema(Schema):
    case = fields.Nested(CaseLineSchema)
    task = fields.Nested(UserTaskSchema, allow_none=True)


class FoundSchema(Schema):
    items = fields.List(fields.Nested(HitSchema), attribute="hits")
    is_complete = fields.Boolean(metadata={"description": "False where there are more, or may be"})
