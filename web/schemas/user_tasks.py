from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from engine.execution.unattended import Why
from engine.tasks.models import UserTaskState
from web.schemas.common import MOST, PageQuery, Strict, Text

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
    is_for_nobody = fields.Boolean()
    owner = fields.String(allow_none=True)
    due_at = fields.DateTime(allow_none=True)
    follow_up_at = fields.DateTime(allow_none=True)
    priority = fields.Integer(allow_none=True)
    form_key = fields.String(allow_none=True)
    created_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)


class UnattendedSchema(Schema):
    """A task that nobody can take; of a secret case only that there is one."""

    id = fields.UUID(attribute="task.id")
    instance_id = fields.UUID(attribute="task.instance_id")
    name = fields.Function(lambda found: found.task.name if found.is_told else None)
    candidate_groups = fields.Function(
        lambda found: found.task.candidate_groups if found.is_told else []
    )
    process_name = fields.String(allow_none=True)
    business_key = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    since = fields.DateTime()
    why = fields.String(validate=validate.OneOf([each.value for each in Why]))


class UserTaskQuery(PageQuery):
    instance_id = fields.UUID(load_default=None)
    assignee = Text(load_default=None)
    candidate_group = Text(load_default=None)
    state = Text(load_default=None, validate=STATES)


class AssigneeSchema(Strict):
    user = Text(required=True, validate=validate.Length(1, 200))


class ReturnSchema(Strict):
    reason = Text(required=True, validate=validate.Length(1, 2_000))


class PlanSchema(Strict):
    due_at = fields.AwareDateTime(allow_none=True)
    priority = fields.Integer(allow_none=True, strict=True)


class FollowUpSchema(Strict):
    at = fields.AwareDateTime(required=True, allow_none=True)


class BulkSchema(Strict):
    action = fields.String(
        required=True, validate=validate.OneOf(["claim", "assign", "release", "complete"])
    )
    tasks = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST))
    user = Text(load_default=None, validate=validate.Length(1, 200))
    variables = fields.Dict(keys=fields.String(), load_default=dict)

    @validates_schema
    def names_somebody(self, body: dict[str, Any], **_: Any) -> None:
        if body["action"] == "assign" and body["user"] is None:
            raise ValidationError("Missing data for required field.", "user")


class BulkResultSchema(Schema):
    id = fields.UUID()
    status = fields.Integer()
    detail = fields.String()
    fields_ = fields.Dict(data_key="fields")


class BulkAnswerSchema(Schema):
    results = fields.List(fields.Nested(BulkResultSchema))


class CompletionSchema(Strict):
    variables = fields.Dict(keys=fields.String(), load_default=dict)
