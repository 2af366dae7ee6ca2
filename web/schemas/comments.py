from marshmallow import Schema, fields

from web.schemas.common import PageQuery, Strict, Text


class CommentSchema(Schema):
    id = fields.UUID()
    instance_id = fields.UUID()
    task_id = fields.UUID(allow_none=True)
    reply_to = fields.UUID(allow_none=True)
    author = fields.String()
    text = fields.String()
    mentions = fields.List(fields.String())
    created_at = fields.DateTime()


class NewCommentSchema(Strict):
    text = Text(required=True)
    reply_to = fields.UUID(load_default=None, allow_none=True)


class MentionSchema(Schema):
    id = fields.UUID()
    comment = fields.Nested(CommentSchema)
    read_at = fields.DateTime(allow_none=True)


class MentionQuery(PageQuery):
    read = fields.Boolean(load_default=None, truthy={"true"}, falsy={"false"})
