"""The first page."""

from flask import Blueprint, render_template

from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.pages.home import contents
from web.transactions import uow

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@requires(Permission.READ_TASK)
def show() -> str:
    return render_template("home/show.html", page=contents.of(uow()))
