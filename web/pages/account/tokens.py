"""Making a key for a program."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine.accounts import tokens
from engine.accounts.tokens import Created
from engine.errors import Invalid, NotAllowed
from engine.identity.permissions import SCOPES, Permission, allows
from engine.organisation import authority
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.language import say
from web.pages import afresh
from web.transactions import actor, uow

LIVES = (30, 90, 180, 365)
"""Days."""

blueprint = Blueprint("tokens", __name__, url_prefix="/account/tokens")


@blueprint.get("")
@requires(Permission.CREATE_TOKEN)
def show() -> str:
    return _page(uow())


@blueprint.post("")
@requires(Permission.CREATE_TOKEN)
def create() -> ResponseReturnValue:
    """Make a key, and show it on the page that answers: it is never sent anywhere else, nor kept."""
    who = actor()
    if who.id is None:
        raise NotAllowed
    created = tokens.create(
        uow(),
        who.id,
        name=request.form.get("name", ""),
        scopes=request.form.getlist("scope"),
        expires_at=uow().now + timedelta(days=_days()),
    )
    return _page(uow(), created=created), 201


@blueprint.errorhandler(Invalid)
def fill_in_again(error: Invalid) -> ResponseReturnValue:
    with afresh.reading() as unit:
        return _page(unit, problem=say(error.template, error.values)), errors.STATUS[type(error)]


def _page(unit: UnitOfWork, *, created: Created | None = None, problem: str = "") -> str:
    return render_template(
        "account/tokens.html",
        created=created,
        problem=problem,
        wrong=("name" if request.form.getlist("scope") else "scope-0") if problem else "",
        scopes=_of_use(unit),
        chosen=request.form.getlist("scope"),
        name=request.form.get("name", ""),
        lives=LIVES,
        days=_days(),
    )


def _of_use(unit: UnitOfWork) -> list[Permission]:
    """Return what the person may do in some circumstance, so that a key for it is of use."""
    somewhere = replace(
        authority.of_the_organisation(unit),
        started_by_actor=True,
        takes_part=True,
        candidate=True,
        assigned=True,
        oneself=True,
        manager=True,
    )
    return [each for each in SCOPES if allows(unit.actor, each, somewhere)]


def _days() -> int:
    given = request.form.get("days", "")
    return int(given) if given in {str(each) for each in LIVES} else LIVES[1]
