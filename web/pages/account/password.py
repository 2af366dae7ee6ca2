"""Choosing another password."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts.passwords import SHORTEST
from engine.errors import Conflict, EngineError, Invalid, TooManyAttempts
from engine.identity.permissions import Permission
from web import errors
from web.auth import passwords
from web.auth.permissions import requires
from web.language import say
from web.pages import notices
from web.transactions import actor, installation, opens_its_own

blueprint = Blueprint("password", __name__, url_prefix="/account/password")


@blueprint.get("")
@opens_its_own
@requires(Permission.CHANGE_PASSWORD)
def show() -> str:
    return _page()


@blueprint.post("")
@opens_its_own
@requires(Permission.CHANGE_PASSWORD)
def change() -> ResponseReturnValue:
    new = request.form.get("new_password", "")
    if new != request.form.get("new_password_again", ""):
        problem = gettext("The new password was not written alike both times.")
        return _page(problem, "again"), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        passwords.change(installation(), actor(), request.form.get("old_password", ""), new)
    except (Invalid, Conflict, TooManyAttempts) as error:
        return _again(error)
    notices.tell(gettext("You have a new password. Everywhere else you are signed out."))
    return redirect(url_for("account.show"), 303)


def _again(error: EngineError) -> ResponseReturnValue:
    is_old = isinstance(error, TooManyAttempts) or error.template == passwords.NOT_RIGHT
    page = _page(say(error.template, error.values), "old" if is_old else "new")
    if isinstance(error, TooManyAttempts):
        return page, errors.STATUS[type(error)], {"Retry-After": str(error.seconds)}
    return page, errors.STATUS[type(error)]


def _page(problem: str = "", wrong: str = "") -> str:
    """Show the form; `wrong` is the field that the problem is about."""
    return render_template(
        "account/password.html", problem=problem, wrong=wrong, shortest=SHORTEST
    )
