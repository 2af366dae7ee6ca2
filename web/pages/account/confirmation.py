"""Showing once more that one is there, before something that asks for it: by the password, or at the provider."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.errors import EngineError, Invalid, NotAllowed, ProviderSilent, TooManyAttempts
from engine.identity.permissions import Permission
from web import errors
from web.auth import oidc, passwords, provider
from web.auth.oidc import Purpose
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses
from web.pages.account import openid
from web.transactions import actor, installation, opens_its_own

blueprint = Blueprint("confirmation", __name__, url_prefix="/account/confirmation")


@blueprint.get("")
@opens_its_own
@requires(Permission.CONFIRM_SESSION)
def show() -> str:
    return _page(addresses.local(request.args.get("next")))


@blueprint.post("")
@opens_its_own
@requires(Permission.CONFIRM_SESSION)
def by_password() -> ResponseReturnValue:
    onward = addresses.local(request.form.get("next"))
    try:
        passwords.confirm(installation(), actor(), request.form.get("password", ""))
    except (Invalid, TooManyAttempts) as error:
        return _again(onward, error)
    return redirect(onward, 303)


@blueprint.post("/openid")
@opens_its_own
@requires(Permission.CONFIRM_SESSION)
def by_provider() -> ResponseReturnValue:
    onward = addresses.local(request.form.get("next"))
    there = provider.provider()
    if actor().session is None:
        raise NotAllowed
    try:
        leaving = oidc.leave(there, Purpose.CONFIRM, onward, actor())
    except ProviderSilent as error:
        return _again(onward, error)
    return openid.leading_on(leaving, gettext("On to %(provider)s", provider=there.name))


def _again(onward: str, error: EngineError) -> ResponseReturnValue:
    page, status = _page(onward, say(error.template, error.values)), errors.STATUS[type(error)]
    if isinstance(error, TooManyAttempts):
        return page, status, {"Retry-After": str(error.seconds)}
    return page, status


def _page(onward: str, problem: str = "") -> str:
    there = provider.known()
    return render_template(
        "account/confirmation.html",
        onward=onward,
        problem=problem,
        provider=there if oidc.own(installation(), actor(), there) else None,
        has_password=passwords.has_one(installation(), actor()),
    )
