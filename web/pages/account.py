"""The person who is signed in: name, groups, language, signing out."""

from flask import Blueprint, render_template

from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.transactions import actor

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
@requires(Permission.SIGNED_IN)
def show() -> str:
    return render_template("account/show.html", groups=sorted(actor().groups))
