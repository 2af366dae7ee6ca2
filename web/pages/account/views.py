"""The person who is signed in: name, groups, language, where else, and the keys for programs."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import sessions, tokens
from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.pages import notices
from web.pages.account import contents
from web.transactions import uow

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
@requires(Permission.READ_SESSION)
def show() -> str:
    return render_template("account/show.html", profile=contents.of(uow()))


@blueprint.post("/sessions/<uuid:session_id>/revocation")
@requires(Permission.REVOKE_SESSION)
def revoke(session_id: UUID) -> ResponseReturnValue:
    sessions.revoke(uow(), session_id)
    notices.tell(gettext("You are signed out there."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/sessions/revocation")
@requires(Permission.REVOKE_SESSION)
def revoke_others() -> ResponseReturnValue:
    sessions.revoke_others(uow())
    notices.tell(gettext("You are signed out everywhere else."))
    return redirect(url_for("account.show"), 303)


@blueprint.get("/tokens/<uuid:token_id>/revocation")
@requires(Permission.REVOKE_TOKEN)
def confirm_revocation(token_id: UUID) -> str:
    """Say what becomes of what uses the key, before it is revoked."""
    return render_template("account/token_revocation.html", token=tokens.own(uow(), token_id))


@blueprint.post("/tokens/<uuid:token_id>/revocation")
@requires(Permission.REVOKE_TOKEN)
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    token = tokens.revoke(uow(), token_id)
    notices.tell(gettext("The key “%(name)s” opens nothing any more.", name=token.name))
    return redirect(url_for("account.show"), 303)
