"""One's own account: where it is signed in, its password, its keys."""

from typing import Any
from uuid import UUID

from engine.accounts import sessions, tokens
from engine.accounts.models import ApiToken, SignIn
from engine.errors import NotAllowed
from engine.identity.permissions import Permission
from engine.uow import look
from web.api.blueprint import Blueprint
from web.auth import passwords
from web.auth.permissions import requires
from web.schemas.accounts import (
    ConfirmationSchema,
    CreatedTokenSchema,
    NewTokenSchema,
    PasswordChangeSchema,
    PasswordSchema,
    SessionSchema,
    TokenSchema,
)
from web.schemas.common import listing
from web.transactions import actor, installation, opens_its_own, uow

Sessions = listing(SessionSchema)

blueprint = Blueprint("account-api", __name__, url_prefix="/api/v1/account")


@blueprint.route("/sessions")
@requires(Permission.READ_SESSION)
@blueprint.response(200, Sessions)
def listed_sessions() -> dict[str, Any]:
    """List where you are signed in, the session that was used last first."""
    return {"items": sessions.own(uow()), "next_cursor": None}


@blueprint.route("/sessions", methods=["DELETE"])
@requires(Permission.REVOKE_SESSION)
@blueprint.response(200, Sessions)
def revoke_other_sessions() -> dict[str, Any]:
    """End all your sessions but the one of this request; says which those were."""
    return {"items": sessions.revoke_others(uow()), "next_cursor": None}


@blueprint.route("/sessions/<uuid:session_id>", methods=["DELETE"])
@requires(Permission.REVOKE_SESSION)
@blueprint.response(200, SessionSchema)
def revoke_session(session_id: UUID) -> SignIn:
    """End a session of yours."""
    return sessions.revoke(uow(), session_id)


@blueprint.route("/password", methods=["POST"])
@opens_its_own
@requires(Permission.CHANGE_PASSWORD)
@blueprint.arguments(PasswordChangeSchema)
@blueprint.response(200, Sessions)
def change_password(body: dict[str, Any]) -> dict[str, Any]:
    """Choose another password; ends all your other sessions, and says which are left."""
    passwords.change(installation(), actor(), body["old_password"], body["new_password"])
    with look(installation(), actor()) as unit:
        return {"items": sessions.own(unit), "next_cursor": None}


@blueprint.route("/confirmation", methods=["POST"])
@opens_its_own
@requires(Permission.CONFIRM_SESSION)
@blueprint.arguments(PasswordSchema)
@blueprint.response(200, ConfirmationSchema)
def confirm(body: dict[str, Any]) -> dict[str, Any]:
    """Give your password again in a session, before something that asks for it."""
    return {"confirmed_at": passwords.confirm(installation(), actor(), body["password"])}


@blueprint.route("/tokens")
@requires(Permission.READ_TOKEN)
@blueprint.response(200, listing(TokenSchema))
def listed_tokens() -> dict[str, Any]:
    """List your keys for programs, the newest first."""
    return {"items": tokens.of(uow(), _me()), "next_cursor": None}


@blueprint.route("/tokens", methods=["POST"])
@requires(Permission.CREATE_TOKEN)
@blueprint.arguments(NewTokenSchema)
@blueprint.response(201, CreatedTokenSchema)
def create_token(body: dict[str, Any]) -> dict[str, Any]:
    """Make a key for a program. Only a session does; a key makes no other keys."""
    created = tokens.create(uow(), _me(), **body)
    shown = {name: getattr(created.token, name) for name in TokenSchema().fields}
    return {**shown, "secret": created.secret}


@blueprint.route("/tokens/<uuid:token_id>", methods=["DELETE"])
@requires(Permission.REVOKE_TOKEN)
@blueprint.response(200, TokenSchema)
def revoke_token(token_id: UUID) -> ApiToken:
    """Revoke a key of yours."""
    return tokens.revoke(uow(), token_id)


def _me() -> UUID:
    who = actor().id
    if who is None:
        raise NotAllowed
    return who
