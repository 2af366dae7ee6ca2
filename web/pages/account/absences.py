"""Saying that one is away, and that one is back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.errors import Conflict, Invalid
from engine.identity.permissions import Permission
from engine.organisation import absences
from engine.organisation.absences import Reason
from engine.organisation.periods import A_DAY, today
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.pages import afresh, notices
from web.pages.forms import filled
from web.pages.forms.filled import Filled
from web.transactions import uow

blueprint = Blueprint("my_absences", __name__, url_prefix="/account/absences")


@blueprint.get("/new")
@requires(Permission.CHANGE_ABSENCE)
def new() -> str:
    return _form(Filled({"valid_from": today(uow()).isoformat()}))


@blueprint.post("")
@requires(Permission.CHANGE_ABSENCE)
def create() -> ResponseReturnValue:
    absences.create(uow(), uow().actor.name, _reason(), filled.period(request.form))
    notices.tell(
        gettext("It is noted when you are away."),
        more=gettext("Name a substitute"),
        address=url_for("my_substitutions.new"),
    )
    return _back()


@blueprint.get("/<uuid:absence_id>/ending")
@requires(Permission.CHANGE_ABSENCE)
def ending(absence_id: UUID) -> str:
    return _ending(uow(), absence_id, Filled({"valid_to": today(uow()).isoformat()}))


@blueprint.post("/<uuid:absence_id>/ending")
@requires(Permission.CHANGE_ABSENCE)
def end(absence_id: UUID) -> ResponseReturnValue:
    """Give an absence its last day; one that has not begun is withdrawn."""
    entry = absences.own(uow(), absence_id)
    if entry.valid_from > today(uow()):
        absences.end(uow(), absence_id, entry.valid_from - A_DAY)
        notices.tell(gettext("It is not noted any more that you will be away."))
    else:
        absences.end(uow(), absence_id, filled.day("valid_to", request.form.get("valid_to", "")))
        notices.tell(gettext("Your absence has a last day."))
    return _back()


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(Conflict)
def fill_in_again(error: Invalid | Conflict) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with what was typed."""
    wrong, sentence = filled.wrong(error)
    form = Filled(request.form, wrong=wrong, sentence=sentence)
    absence_id = (request.view_args or {}).get("absence_id")
    with afresh.reading() as unit:
        page = _ending(unit, absence_id, form) if absence_id else _form(form)
        return page, errors.STATUS[type(error)]


def _form(form: Filled) -> str:
    return render_template("account/absence.html", form=form, reasons=Reason)


def _ending(unit: UnitOfWork, absence_id: UUID, form: Filled) -> str:
    entry = absences.own(unit, absence_id)
    return render_template(
        "account/absence_ending.html",
        entry=entry,
        form=form,
        has_begun=entry.valid_from <= today(unit),
    )


def _reason() -> Reason:
    try:
        return Reason(request.form.get("reason", ""))
    except ValueError:
        filled.refuse("reason", Invalid("Choose one of the options."))


def _back() -> ResponseReturnValue:
    return redirect(url_for("account.show", _anchor="away"), 303)
