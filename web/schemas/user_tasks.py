from marshmallow import Schema, fields, validate

from engine.tasks.models import UserTaskState
from web.schemas.common import PageQuery, Strict, Text

STATES = validate.OneOf([each.value for each in UserTaskState])


class UserTaskSchema(Schema):
    id = fields.UUID()
    instance_id = fields.UUID()
    element_id = fields.String()
    name = fields.String()
    state = fields.String(validate=STATES)
    assignee = fields.String(allow_none=True)
    candidate_groups = fields.List(fields.String())
    candidate_users = fields.List(fields.String())
    due_at = fields.DateTime(allow_none=True)
    priority = fields.Integer(allow_none=True)
    form_key = fields.String(allow_none=True)
    created_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class UserTaskQuery(PageQuery):
    instance_id = fields.UUID(load_default=None)
    assignee = Text(load_default=None)
    candidate_group = Text(load_default=None)
    state = Text(load_default=None, validate=STATES)


class AssigneeSchema(Strict):
    user = Text(required=True, validate=validate.Length(1, 200))


class CompletionSchema(Strict):
    variables = fields.Dict(keys=fields.String(), load_default=dict)
