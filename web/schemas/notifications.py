from marshmallow import Schema, fields, validate

from engine.notifications.models import Kind
from web.schemas.common import PageQuery, Strict

KINDS = validate.OneOf([each.value for each in Kind])


class NotificationSchema(Schema):
    id = fields.UUID()
    kind = fields.String(validate=KINDS)
    instance_id = fields.UUID()
    task_id = fields.UUID(allow_none=True)
    task_name = fields.String(allow_none=True)
    actor = fields.String(metadata={"description": "Whose act it was"})
    comment_id = fields.UUID(
        attribute="comment.id",
        dump_default=None,
        allow_none=True,
        metadata={"description": "The comment in which you are mentioned"},
    )
    created_at = fields.DateTime()
    read_at = fields.DateTime(allow_none=True)


class NotificationQuery(PageQuery):
    read = fields.Boolean(load_default=None, truthy={"true"}, falsy={"false"})


class UnreadSchema(Schema):
    unread = fields.Integer(metadata={"description": "How many are left, as far as 100"})


class ReadingSchema(Strict):
    until = fields.UUID(
        required=True, metadata={"description": "The newest that you have seen; itself included"}
    )
