from marshmallow import Schema, fields


class AttachmentSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    type = fields.String()
    size = fields.Integer()
    digest = fields.String()
    uploaded_by = fields.String()
    uploaded_at = fields.DateTime()
    instance_id = fields.UUID(allow_none=True)
    task_id = fields.UUID(allow_none=True)
    tied_at = fields.DateTime(allow_none=True)
