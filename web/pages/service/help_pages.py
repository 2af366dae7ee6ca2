"""
The help: the guides within the frame of the application, in the reader's language, and which page explains what.

Everybody may read it, also before signing in, for what it explains includes how to sign in. It tells what the
documents of the project tell, the same in every installation, and nothing of this one.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from engine.errors import NotFound
from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.pages.service import guides
from web.transactions import opens_its_own

CONTENTS = "use/index"

PLACES = {
    "about": CONTENTS,
    "accessibility": "use/accessibility",
    "account": "use/account",
    "additions": "use/files",
    "additions.consider_comment": "use/comments",
    "administration": "run/accounts",
    "administration_absences": "use/absence",
    "administration_accounts": "run/accounts",
    "administration_accounts.password": "run/passwords",
    "administration_appointments": "run/organisation",
    "administration_belongings": "run/organisation",
    "administration_closures": "run/working-days",
    "administration_exchange": "run/organisation",
    "administration_people": "run/accounts",
    "administration_roles": "run/organisation",
    "administration_units": "run/organisation",
    "areas": "use/routines",
    "batches": "use/several",
    "bulk": "use/several",
    "cases": "use/follow-a-case",
    "cases.consider": "use/cancel-a-case",
    "cases.listed": "use/find-a-case",
    "cases.record": "use/history",
    "components": "use/accessibility",
    "confirmation": "use/sign",
    "decisions": "use/routines",
    "drawing-pages": "use/routines",
    "feedback": "run/accessibility",
    "hands": "use/hand-over",
    "headers": "use/case-details",
    "help": CONTENTS,
    "home": "use/start-page",
    "keyboard": "use/keyboard",
    "my_absences": "use/absence",
    "my_substitutions": "use/absence",
    "my_mentions": "use/notifications",
    "notifications": "use/notifications",
    "openid": "use/sign-in",
    "openid.show": "use/account",
    "oversight": "use/start-page",
    "password": "use/password",
    "pauses": "use/pause-a-case",
    "routines": "use/routines",
    "routines.show": "use/start-a-case",
    "search-pages": "use/search",
    "sign_in": "use/sign-in",
    "task-news": "use/do-a-task",
    "tasks": "use/do-a-task",
    "tasks.inbox": "use/find-a-task",
    "tasks.nobodys": "use/tasks-without-people",
    "tokens": "use/keys",
}
"""Which page of the guides explains a page: by its endpoint, else by the blueprint it belongs to."""

blueprint = Blueprint("help", __name__, url_prefix="/help")


@blueprint.app_context_processor
def beside() -> dict[str, Any]:
    """Give templates the address of the help for this page; where there is none, of what there is to read."""
    return {"help_address": url_for("help.show", name=explains(request.endpoint))}


@blueprint.get("")
@opens_its_own
@requires(Permission.PUBLIC)
def contents() -> ResponseReturnValue:
    return redirect(url_for("help.show", name=CONTENTS))


@blueprint.get("/<path:name>")
@requires(Permission.PUBLIC)
def show(name: str) -> str:
    found = guides.page(name, str(get_locale().language))
    if found is None:
        raise NotFound
    return render_template("help/show.html", page=found)


def explains(endpoint: str | None) -> str:
    """Return the name of the page in the guides that explains a page of the application."""
    endpoint = endpoint or ""
    return PLACES.get(endpoint) or PLACES.get(endpoint.partition(".")[0]) or CONTENTS
