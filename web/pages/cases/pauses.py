"""Pausing a case and letting it go on: each asks first, and says what will come of it."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.cases import reading
from engine.errors import Invalid
from engine.execution import instances
from engine.identity.permissions import Permission
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.language import say
from web.pages import afresh, notices
from web.pages.cases import contents, histories
from web.transactions import uow

blueprint = Blueprint("pauses", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.get("/suspension")
@requires(Permission.SUSPEND_INSTANCE)
def consider(case_id: UUID) -> str:
    return _asked(uow(), "cases/suspension.html", case_id)


@blueprint.post("/suspension")
@requires(Permission.SUSPEND_INSTANCE)
def suspend(case_id: UUID) -> ResponseReturnValue:
    instances.suspend(uow(), case_id, reason=request.form.get("reason", ""))
    notices.tell(gettext("The case is paused."))
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.get("/resumption")
@requires(Permission.SUSPEND_INSTANCE)
def consider_resuming(case_id: UUID) -> str:
    return _asked(uow(), "cases/resumption.html", case_id)


@blueprint.post("/resumption")
@requires(Permission.SUSPEND_INSTANCE)
def resume(case_id: UUID) -> ResponseReturnValue:
    instances.resume(uow(), case_id, reason=request.form.get("reason", ""))
    notices.tell(gettext("The case goes on."))
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.errorhandler(Invalid)
def say_why_again(error: Invalid) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with what was typed."""
    case_id = (request.view_args or {}).get("case_id")
    template = "suspension" if request.endpoint == "pauses.suspend" else "resumption"
    if case_id is None:
        return errors.tell(error)
    with afresh.reading() as unit:
        problem = say(error.template, error.values)
        reason = request.form.get("reason", "")
        return _asked(unit, f"cases/{template}.html", case_id, reason, problem), 422


def _asked(
    unit: UnitOfWork, template: str, case_id: UUID, reason: str = "", problem: str = ""
) -> str:
    case = reading.get(unit, case_id)
    return render_template(
        template,
        case=case,
        may=contents.may_of(unit, case),
        pause=histories.reason_of(unit, case),
        reason=reason,
        problem=problem,
    )
