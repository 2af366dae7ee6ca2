from typing import Any

from marshmallow import Schema, fields, validate

from bpmn.deployment import Kind
from web.language import say
from web.schemas.common import FindingSchema, PageQuery, Text


class DefinitionSchema(Schema):
    id = fields.UUID()
    key = fields.String()
    version = fields.Integer()
    name = fields.String()
    kind = fields.String(validate=validate.OneOf([each.value for each in Kind]))


class DeploymentSchema(Schema):
    id = fields.UUID(attribute="deployment.id")
    name = fields.String(attribute="deployment.name")
    deployed_at = fields.DateTime(attribute="deployment.deployed_at")
    definitions = fields.List(fields.Nested(DefinitionSchema))
    findings = fields.List(fields.Nested(FindingSchema))


class ProcessDefinitionSchema(DefinitionSchema):
    deployment_id = fields.UUID()
    resource = fields.String()
    digest = fields.String()


class PictureSchema(Schema):
    definition_id = fields.UUID()
    digest = fields.String()
    kept_at = fields.DateTime()


class DecisionDefinitionSchema(ProcessDefinitionSchema):
    """A decision is described as a process is."""


class DrawingSchema(ProcessDefinitionSchema):
    """A drawing is described as a process is."""


class Message(fields.String):
    """The sentence of a finding that is kept with a version, in the language of whoever asks."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return super()._serialize(say(value, obj["values"]), attr, obj, **kwargs)


class KeptFindingSchema(FindingSchema):
    message = Message(attribute="template")


class DrawingWithFindingsSchema(DrawingSchema):
    findings = fields.List(fields.Nested(KeptFindingSchema))


class DefinitionQuery(PageQuery):
    key = Text(load_default=None)
    latest = fields.Boolean(load_default=False)
