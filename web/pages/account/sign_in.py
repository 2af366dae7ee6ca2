"""Signing in with a password, or by way of a provider, and out again."""

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from engine.accounts import sessions
from engine.errors import TooManyAttempts
from engine.identity.permissions import Permission
from web import errors
from web.auth import clients, passwords, provider, requests
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses, notices
from web.transactions import actor, installation, opens_its_own, uow

DO_NOT_FIT = _("The name and the password do not fit together. Check both and try again.")

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@opens_its_own
@requires(Permission.PUBLIC)
def show() -> ResponseReturnValue:
    onward = addresses.local(request.args.get("next"))
    if actor() is not requests.ANONYMOUS:
        return redirect(onward, 303)
    return page(onward)


@blueprint.post("/sign-in")
@opens_its_own
@requires(Permission.PUBLIC)
def enter() -> ResponseReturnValue:
    name = request.form.get("name", "")
    onward = addresses.local(request.form.get("next"))
    try:
        cookie = passwords.sign_in(
            installation(),
            name,
            request.form.get("password", ""),
            address=clients.address(),
            agent=clients.agent(),
        )
    except TooManyAttempts as error:
        again = page(onward, name, say(error.template, error.values))
        return again, errors.STATUS[TooManyAttempts], {"Retry-After": str(error.seconds)}
    if cookie is None:
        return page(onward, name, str(DO_NOT_FIT)), 401
    return opened(cookie, onward)


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def leave() -> ResponseReturnValue:
    ended = sessions.sign_out(uow())
    session.clear()
    notices.tell(gettext("You are signed out."))
    came_from_there = ended is not None and ended.identity_id is not None and provider.known()
    onward = "openid.sign_out" if came_from_there else "sign_in.show"
    response = make_response(redirect(url_for(onward), 303))
    requests.forget(response)
    return response


def page(onward: str, name: str = "", problem: str = "") -> str:
    return render_template(
        "sign_in/show.html",
        onward=onward,
        name=name,
        problem=problem,
        provider=provider.known(),
    )


def opened(cookie: str, onward: str) -> Response:
    """Take somebody on in a session that was just opened."""
    session.clear()  # a token that somebody else may have planted ends here
    response = make_response(redirect(onward, 303))
    settings = installation().settings
    requests.remember(
        response, cookie, hours=settings.session_hours, secure=settings.cookie_secure
    )
    return response
