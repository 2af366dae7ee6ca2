"""Accounts, for administrators."""

from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.accounts import administration, commands, repository
from engine.accounts.models import Account
from engine.identity.permissions import Permission
from engine.tasks import repository as tasks
from web.api.blueprint import Blueprint
from web.auth import passwords
from web.auth.passwords import Reset
from web.auth.permissions import requires
from web.idempotency import DESCRIBED, idempotent
from web.schemas.accounts import (
    AccountChangeSchema,
    AccountQuery,
    AccountSchema,
    ClosingSchema,
    NewAccountSchema,
    NewClosingSchema,
    ResetSchema,
)
from web.schemas.common import listing, page
from web.transactions import actor, installation, opens_its_own, uow

blueprint = Blueprint("accounts", __name__, url_prefix="/api/v1/accounts")


@blueprint.route("")
@requires(Permission.READ_ACCOUNT)
@blueprint.arguments(AccountQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(AccountSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List accounts, the oldest first."""
    found = repository.listed(
        uow().session,
        name=query["name"],
        closed=query["closed"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.CHANGE_ACCOUNT)
@blueprint.arguments(NewAccountSchema)
@blueprint.response(201, AccountSchema)
def create(body: dict[str, Any]) -> Account:
    """Create an account without a password: its person signs in at the provider, or is given a one-time one."""
    return administration.create(uow(), **body, given=None)


@blueprint.route("/<uuid:account_id>", methods=["PATCH"])
@requires(Permission.CHANGE_ACCOUNT)
@blueprint.arguments(AccountChangeSchema)
@blueprint.response(200, AccountSchema)
def change(body: dict[str, Any], account_id: UUID) -> Account:
    """Call an account otherwise, and change what it may do; what is not named stays."""
    return administration.change(uow(), account_id, **body)


@blueprint.route("/<uuid:account_id>/closing", methods=["POST"])
@requires(Permission.CLOSE_ACCOUNT)
@blueprint.arguments(NewClosingSchema)
@blueprint.response(200, ClosingSchema)
def close(body: dict[str, Any], account_id: UUID) -> dict[str, Any]:
    """Let nobody come in by an account any more, and say why; its sessions and tokens end at once."""
    account = administration.close(uow(), account_id, body["reason"])
    return {
        "account": account,
        "open_tasks": tasks.count_open_with(uow().session, account.name),
    }


@blueprint.route("/<uuid:account_id>/reopening", methods=["POST"])
@requires(Permission.CLOSE_ACCOUNT)
@blueprint.response(200, AccountSchema)
def reopen(account_id: UUID) -> Account:
    """Open a closed account again, with its groups and rights, without its sessions and tokens."""
    return administration.reopen(uow(), account_id)


@blueprint.route("/<uuid:account_id>/unlock", methods=["POST"])
@requires(Permission.UNLOCK_ACCOUNT)
@blueprint.response(200, AccountSchema)
def unlock(account_id: UUID) -> Account:
    """Let an account be tried again at once, that too many failed attempts have locked."""
    return commands.unlock(uow(), account_id)


@blueprint.route("/<uuid:account_id>/password-reset", methods=["POST"])
@opens_its_own
@requires(Permission.RESET_PASSWORD)
@blueprint.response(200, ResetSchema)
def reset_password(account_id: UUID) -> Reset:
    """Give an account a one-time password, and end its sessions."""
    return passwords.reset(installation(), actor(), account_id)
