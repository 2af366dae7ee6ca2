"""What people have written about the accessibility of the service, for those who look after it."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import repository as accounts
from engine.feedback import commands as feedback
from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.pages import addresses, notices, people
from web.transactions import uow

AT_ONCE = 30

blueprint = Blueprint("feedback", __name__, url_prefix="/administration/feedback")


@blueprint.get("")
@requires(Permission.READ_FEEDBACK)
def listed() -> str:
    handled = request.args.get("show") == "handled"
    after = addresses.identity(request.args.get("after"))
    found = feedback.listed(uow(), handled=handled, after=after, limit=AT_ONCE + 1)
    shown = found[:AT_ONCE]
    wrote = {each for row in shown for each in (row.account_id, row.handled_by) if each}
    names = accounts.names(uow().session, [*wrote])
    people.learn(names.values())
    return render_template(
        "administration/feedback.html",
        rows=shown,
        names=names,
        handled=handled,
        after=shown[-1].id if len(found) > AT_ONCE else None,
        is_first=after is None,
    )


@blueprint.post("/<uuid:feedback_id>/handling")
@requires(Permission.HANDLE_FEEDBACK)
def handle(feedback_id: UUID) -> ResponseReturnValue:
    feedback.handle(uow(), feedback_id, handled=True)
    notices.tell(gettext("Noted as handled."))
    return _onward()


@blueprint.post("/<uuid:feedback_id>/handling/removal")
@requires(Permission.HANDLE_FEEDBACK)
def open_again(feedback_id: UUID) -> ResponseReturnValue:
    feedback.handle(uow(), feedback_id, handled=False)
    notices.tell(gettext("Noted as not handled."))
    return _onward()


def _onward() -> ResponseReturnValue:
    there = url_for("feedback.listed")
    return redirect(addresses.local(request.form.get("next"), otherwise=there), 303)
