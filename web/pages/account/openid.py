"""
To the OpenID provider and back.

From a form nobody is sent there by a redirection: what a form may lead to is restricted to our own pages (CSP).
They get a page that leads on by itself, and a link in it.
"""

from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.errors import (
    Conflict,
    EngineError,
    Invalid,
    NotAllowed,
    ProviderSilent,
    SignInRefused,
    TooManyAttempts,
)
from engine.identity.permissions import Permission
from web import errors
from web.auth import clients, oidc, passwords, requests
from web.auth.oidc import Departure, Leaving, Purpose
from web.auth.permissions import requires
from web.auth.provider import provider
from web.auth.requests import asks_no_cookie
from web.language import say
from web.pages import addresses, notices
from web.pages.account import sign_in
from web.transactions import actor, installation, opens_its_own

blueprint = Blueprint("openid", __name__)


@blueprint.get("/sign-in/openid")
@opens_its_own
@requires(Permission.PUBLIC)
def leave() -> ResponseReturnValue:
    onward = addresses.local(request.args.get("next"))
    if actor() is not requests.ANONYMOUS:
        return redirect(onward, 303)
    try:
        leaving = oidc.leave(provider(), Purpose.ENTER, onward, actor())
    except ProviderSilent as error:
        return _sign_in_again(onward, error)
    return _remembering(make_response(redirect(leaving.url, 303)), leaving)


@blueprint.get("/sign-in/openid/callback")
@opens_its_own
@requires(Permission.PUBLIC)
def come_back() -> ResponseReturnValue:
    try:
        gone = oidc.departure(request.cookies.get(oidc.COOKIE), request.args.get("state"), actor())
    except SignInRefused as error:
        return _sign_in_again("/", error)  # the answer to another departure may still come
    response = make_response(_arrived(gone))
    response.delete_cookie(oidc.COOKIE)  # each answer counts once
    return response


@blueprint.post("/sign-in/openid/backchannel-logout")
@asks_no_cookie
@opens_its_own
@requires(Permission.PUBLIC)
def end_sessions() -> ResponseReturnValue:
    """The provider says that sessions are over (OpenID Connect Back-Channel Logout 1.0)."""
    try:
        oidc.sign_out(installation(), provider(), request.form.get("logout_token", ""))
    except (SignInRefused, Conflict):
        return jsonify(error="invalid_request"), HTTPStatus.BAD_REQUEST
    return "", HTTPStatus.OK, {"Cache-Control": "no-store"}


@blueprint.get("/sign-out/openid")
@opens_its_own
@requires(Permission.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """Signed out here: the session at the provider ends there, where its person is asked."""
    there = provider()
    try:
        url = there.logout_url()
    except ProviderSilent:
        url = None
    if url is None:
        return redirect(url_for("sign_in.show"), 303)
    heading = gettext("You are signed out here")
    return leading_on(Leaving(url, ""), heading)


@blueprint.get("/account/identity")
@opens_its_own
@requires(Permission.CONNECT_IDENTITY)
def show() -> str:
    return _identity_page()


@blueprint.post("/account/identity")
@opens_its_own
@requires(Permission.CONNECT_IDENTITY)
def connect() -> ResponseReturnValue:
    """Give the password, and leave to sign in as whom one is known there."""
    there = provider()
    if actor().session is None:
        raise NotAllowed
    try:
        passwords.confirm(installation(), actor(), request.form.get("password", ""))
        leaving = oidc.leave(there, Purpose.CONNECT, url_for("account.show"), actor())
    except (Invalid, TooManyAttempts, ProviderSilent) as error:
        page = _identity_page(say(error.template, error.values))
        return page, errors.STATUS[type(error)]
    return leading_on(leaving, gettext("On to %(provider)s", provider=there.name))


@blueprint.post("/account/identity/removal")
@opens_its_own
@requires(Permission.REMOVE_IDENTITY)
def remove() -> ResponseReturnValue:
    there = provider()
    oidc.remove(installation(), actor(), there.issuer)
    notices.tell(gettext("%(provider)s opens your account no more.", provider=there.name))
    return redirect(url_for("account.show"), 303)


def leading_on(leaving: Leaving, heading: str) -> Response:
    """Return a page that leads to the provider by itself."""
    there = provider()
    page = render_template(
        "sign_in/leaving.html", url=leaving.url, heading=heading, provider=there
    )
    response = make_response(page)
    response.headers["Refresh"] = f"0; url={leaving.url}"
    return _remembering(response, leaving) if leaving.cookie else response


def _arrived(gone: Departure) -> ResponseReturnValue:
    if gone.purpose is Purpose.ENTER:
        return _entered(gone)
    try:
        arrival = oidc.vouched(provider(), gone, request.args)
        if gone.purpose is Purpose.CONNECT:
            oidc.connect(installation(), actor(), arrival)
            notices.tell(
                gettext("From now on %(provider)s opens your account.", provider=provider().name)
            )
        else:
            oidc.confirm(installation(), actor(), arrival)
    except (SignInRefused, ProviderSilent, Conflict) as error:
        notices.warn(say(error.template, error.values))
        again = url_for("openid.show")
        if gone.purpose is Purpose.CONFIRM:
            again = url_for("confirmation.show", next=gone.onward)
        return redirect(again, 303)
    return redirect(addresses.local(gone.onward), 303)


def _entered(gone: Departure) -> ResponseReturnValue:
    onward = addresses.local(gone.onward)
    if actor() is not requests.ANONYMOUS:
        return redirect(onward, 303)
    try:
        arrival = oidc.vouched(provider(), gone, request.args)
        cookie = oidc.enter(installation(), arrival, agent=clients.agent())
    except (SignInRefused, ProviderSilent) as error:
        return _sign_in_again(onward, error)
    return sign_in.opened(cookie, onward)


def _sign_in_again(onward: str, error: EngineError) -> ResponseReturnValue:
    page = sign_in.page(onward, problem=say(error.template, error.values))
    return page, errors.STATUS[type(error)]


def _remembering(response: Response, leaving: Leaving) -> Response:
    response.set_cookie(
        oidc.COOKIE,
        leaving.cookie,
        max_age=oidc.SECONDS,
        httponly=True,
        secure=installation().settings.cookie_secure,
        samesite="Lax",
    )
    return response


def _identity_page(problem: str = "") -> str:
    there = provider()
    return render_template(
        "account/identity.html",
        provider=there,
        connected=oidc.own(installation(), actor(), there),
        problem=problem,
    )
