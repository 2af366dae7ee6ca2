"""Signing in with a password, and out again."""

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import commands as accounts
from engine.accounts import repository
from engine.accounts.models import Account
from engine.identity.permissions import Permission
from engine.uow import begin, look
from web.auth import requests
from web.auth.permissions import requires
from web.pages import addresses, notices
from web.pages.afresh import installation
from web.transactions import actor, opens_its_own, uow

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@opens_its_own
@requires(Permission.PUBLIC)
def show() -> ResponseReturnValue:
    onward = addresses.local(request.args.get("next"))
    if actor() is not requests.ANONYMOUS:
        return redirect(onward, 303)
    return render_template("sign_in/show.html", onward=onward)


@blueprint.post("/sign-in")
@opens_its_own
@requires(Permission.PUBLIC)
def enter() -> ResponseReturnValue:
    """Check the password outside of the transaction that opens the session: it takes its time."""
    name = request.form.get("name", "")
    onward = addresses.local(request.form.get("next"))
    with look(installation(), actor()) as unit:
        account = accounts.authenticated(unit.session, name, request.form.get("password", ""))
    if account is None:
        return render_template("sign_in/show.html", onward=onward, name=name, failed=True), 401
    return _opened(account, onward)


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def leave() -> ResponseReturnValue:
    cookie = request.cookies.get(requests.COOKIE)
    if cookie:
        accounts.sign_out(uow(), cookie)
    session.clear()
    notices.tell(gettext("You are signed out."))
    response = make_response(redirect(url_for("sign_in.show"), 303))
    requests.forget(response)
    return response


def _opened(account: Account, onward: str) -> ResponseReturnValue:
    with begin(installation(), repository.actor(account)) as unit:
        cookie = accounts.sign_in(unit, account)
        unit.commit()
    session.clear()  # a token that somebody else may have planted ends here
    response = make_response(redirect(onward, 303))
    settings = installation().settings
    requests.remember(
        response, cookie, hours=settings.session_hours, secure=settings.cookie_secure
    )
    return response
