"""How accessible the service is, as the law asks it to be said, and writing about what is not."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import attempts
from engine.errors import Conflict, Invalid, TooManyAttempts
from engine.feedback import commands as feedback
from engine.feedback.commands import LONGEST_LINE, LONGEST_PROBLEM
from engine.identity.permissions import Permission
from engine.texts import can_be_kept
from web import errors
from web.auth import clients
from web.auth.permissions import requires
from web.auth.requests import ANONYMOUS
from web.pages import notices
from web.pages.forms import filled
from web.pages.forms.filled import Filled
from web.transactions import actor, by_itself, installation, opens_its_own

REVIEWED_ON = date(2026, 11, 22)
"""When the statement was last compared with what the service is."""
SUPERVISION = "https://www.digg.se/tdosanmalan"
"""Where the authority that supervises the law takes complaints."""

FIELDS = ("page", "problem", "reach")

blueprint = Blueprint("accessibility", __name__, url_prefix="/about/accessibility")


@blueprint.get("")
@opens_its_own
@requires(Permission.PUBLIC)
def show() -> str:
    page = request.args.get("page", "")[:LONGEST_LINE]
    return _page(Filled({"page": page if can_be_kept(page) else ""}))


@blueprint.post("")
@opens_its_own
@requires(Permission.PUBLIC)
def send() -> ResponseReturnValue:
    """Keep what somebody writes, signed in or not; from one address only so much at a time."""
    try:
        _count()
        with by_itself() as unit:
            feedback.send(unit, **{name: request.form.get(name, "") for name in FIELDS})
    except (Invalid, Conflict, TooManyAttempts) as error:
        return _again(error)
    notices.tell(
        gettext("Thank you. What you wrote has reached those who look after the service.")
    )
    return redirect(url_for("accessibility.show"), 303)


def _count() -> None:
    """Raises `TooManyAttempts` for an address from which much was written without signing in."""
    address = clients.address()
    if actor() is not ANONYMOUS or address is None:
        return
    with by_itself() as unit:
        attempts.begin(unit, attempts.feedback(address))


def _again(error: Invalid | Conflict | TooManyAttempts) -> ResponseReturnValue:
    """Show the form once more, with what was written: it is not lost."""
    status = errors.STATUS[type(error)]
    if isinstance(error, TooManyAttempts):
        sentence = gettext(
            "Much has been written from where you are. Try again in %(minutes)s min., or reach us in another way.",
            minutes=error.values["minutes"],
        )
        form = Filled(request.form, sentence=sentence)
        return _page(form), status, {"Retry-After": str(error.seconds)}
    wrong, sentence = filled.wrong(error)
    return _page(Filled(request.form, wrong=wrong, sentence=sentence)), status


def _page(form: Filled) -> str:
    settings = installation().settings
    return render_template(
        "about/accessibility.html",
        form=form,
        organisation=settings.organisation,
        contact=settings.contact,
        reviewed_on=REVIEWED_ON,
        supervision=SUPERVISION,
        most=(LONGEST_LINE, LONGEST_PROBLEM),
    )
