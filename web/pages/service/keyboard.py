"""What the keys do, as a page; a script shows it on the page where somebody asks."""

from flask import Blueprint, render_template
from flask_babel import gettext

from engine.identity.permissions import Permission
from web.auth.permissions import requires

blueprint = Blueprint("keyboard", __name__, url_prefix="/keyboard")


@blueprint.get("")
@requires(Permission.READ_TASK)
def show() -> str:
    everywhere = [
        ("?", gettext("Show what the keys do")),
        ("/", gettext("Search")),
        ("Esc", gettext("Close this")),
    ]
    lists = [
        ("j", gettext("To the next row")),
        ("k", gettext("To the row before")),
        ("Enter", gettext("Open it")),
        ("x", gettext("Mark it, or take the mark away")),
        ("c", gettext("Take the task")),
        ("e", gettext("Go to the button that completes the task")),
    ]
    page = [(gettext("On every page"), everywhere), (gettext("In the list of tasks"), lists)]
    return render_template("keyboard/show.html", page=page)
