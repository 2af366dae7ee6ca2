from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from web.language import say


class EvaluationRequest(Schema):
    variables = fields.Dict(keys=fields.String(), load_default=dict)
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1))


class EvaluationSchema(Schema):
    key = fields.String()
    digest = fields.String()
    value = fields.Raw()
    inputs = fields.Dict()
    rules = fields.Method("matched", metadata={"type": "array", "items": {"type": "object"}})
    warnings = fields.Method("told", metadata={"type": "array", "items": {"type": "string"}})
    violated = fields.Boolean()

    def matched(self, evaluated: Any) -> list[Mapping[str, Any]]:
        return [{"element": element, "row": row} for element, row in evaluated.rules]

    def told(self, evaluated: Any) -> list[str]:
        return [say(template, values) for template, values in evaluated.warnings]
