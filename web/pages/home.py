"""The first page is what there is to do."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.transactions import opens_its_own

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@opens_its_own
@requires(Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    return redirect(url_for("tasks.inbox"))
