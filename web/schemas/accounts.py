from datetime import UTC

from marshmallow import Schema, fields, validate

from engine.accounts.administration import LONGEST_REASON, MOST_GROUPS
from engine.accounts.passwords import LONGEST
from engine.accounts.tokens import LONGEST_NAME
from engine.identity.permissions import SCOPES
from web.schemas.common import PageQuery, Strict, Text
from web.transactions import actor


class SessionSchema(Schema):
    id = fields.UUID()
    agent = fields.String(metadata={"description": "Browser and system, as the browser told them"})
    current = fields.Function(lambda row: row.id == actor().session, metadata={"type": "boolean"})
    created_at = fields.DateTime()
    seen_at = fields.DateTime(metadata={"description": "To some minutes"})
    confirmed_at = fields.DateTime(allow_none=True)
    expires_at = fields.DateTime()


class TokenSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    scopes = fields.List(fields.String())
    created_at = fields.DateTime()
    expires_at = fields.DateTime()
    used_at = fields.DateTime(allow_none=True, metadata={"description": "To the hour"})


class CreatedTokenSchema(TokenSchema):
    secret = fields.String(metadata={"description": "What the program sends; shown this once"})


class NewTokenSchema(Strict):
    name = Text(required=True, validate=validate.Length(1, LONGEST_NAME))
    scopes = fields.List(
        Text(),
        required=True,
        validate=validate.Length(min=1, max=200),
        metadata={"description": "Of: " + ", ".join(SCOPES)},
    )
    expires_at = fields.AwareDateTime(
        required=True,
        default_timezone=UTC,
        metadata={"description": "At most a year away"},
    )


class PasswordSchema(Strict):
    password = Text(required=True, validate=validate.Length(max=LONGEST))


class ConfirmationSchema(Schema):
    confirmed_at = fields.DateTime()


class PasswordChangeSchema(Strict):
    old_password = Text(required=True, validate=validate.Length(max=LONGEST))
    new_password = Text(required=True)


class AccountQuery(PageQuery):
    name = Text(load_default=None)
    closed = fields.Boolean(
        load_default=None, metadata={"description": "Only those that are, or are not"}
    )


class AccountSchema(Schema):
    id = fields.UUID()
    name = fields.String()
    display_name = fields.String()
    groups = fields.Function(
        lambda row: sorted(each.group for each in row.memberships),
        metadata={"type": "array", "items": {"type": "string"}},
    )
    is_admin = fields.Boolean()
    is_active = fields.Boolean(metadata={"description": "False for a closed one"})
    created_at = fields.DateTime()
    closed_at = fields.DateTime(allow_none=True)


class AccountChangeSchema(Strict):
    display_name = Text()
    groups = fields.List(
        Text(),
        validate=validate.Length(max=MOST_GROUPS),
        metadata={"description": "All the groups that it is to belong to"},
    )
    is_admin = fields.Boolean()


class NewAccountSchema(AccountChangeSchema):
    name = Text(
        required=True,
        metadata={"description": "What its person signs in with; never changed"},
    )
    display_name = Text(required=True)


class NewClosingSchema(Strict):
    reason = Text(required=True, validate=validate.Length(1, LONGEST_REASON))


class ClosingSchema(Schema):
    account = fields.Nested(AccountSchema)
    open_tasks = fields.Integer(
        metadata={
            "description": "Open tasks that it has, or has delegated; they stay where they are"
        }
    )


class ResetSchema(Schema):
    password = fields.String(metadata={"description": "To hand on; shown this once"})
    expires_at = fields.DateTime()
