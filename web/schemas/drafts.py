from marshmallow import Schema, fields

from web.schemas.common import Strict


class DraftSchema(Schema):
    answers = fields.Dict()
    saved_at = fields.DateTime()


class NewDraftSchema(Strict):
    answers = fields.Dict(keys=fields.String(), required=True)
