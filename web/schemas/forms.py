from marshmallow import Schema, fields


class DeployedFormSchema(Schema):
    key = fields.String()
    title = fields.String()


FormSchema = Schema.from_dict(
    {
        "dialect": fields.String(data_key="$schema", attribute="$schema"),
        "type": fields.String(),
        "title": fields.String(),
        "description": fields.String(),
        "properties": fields.Dict(keys=fields.String()),
        "required": fields.List(fields.String()),
        "additional": fields.Boolean(
            data_key="additionalProperties", attribute="additionalProperties"
        ),
        "key": fields.String(data_key="x-form-key", attribute="x-form-key"),
        "sections": fields.List(fields.Dict(), data_key="x-sections", attribute="x-sections"),
        "rules": fields.List(fields.Dict(), data_key="x-rules", attribute="x-rules"),
    },
    name="FormSchema",
)
"""A JSON Schema, of which these keywords stand at the top."""
