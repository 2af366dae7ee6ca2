"""Changing what is said of a case beside its process."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.cases import headers, reading
from engine.errors import Invalid, NotAllowed
from engine.execution import header, sight
from engine.execution.header import May
from engine.identity.permissions import Permission
from engine.instances import repository as instances
from engine.instances.models import ProcessInstance
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.pages import afresh, notices
from web.pages.forms import header_forms
from web.pages.forms.header_forms import HeaderForm
from web.transactions import uow

blueprint = Blueprint("headers", __name__, url_prefix="/cases/<uuid:case_id>/header")


@blueprint.get("")
@requires(Permission.CHANGE_HEADER)
def show(case_id: UUID) -> str:
    instance, may = _found(uow(), case_id)
    return _page(uow(), instance, may, header_forms.of(headers.of(uow(), instance)))


@blueprint.post("")
@requires(Permission.CHANGE_HEADER)
def change(case_id: UUID) -> ResponseReturnValue:
    """Change it, and lead away from a case that one does not see any more."""
    instance, _ = _found(uow(), case_id)
    before = headers.of(uow(), instance)
    headers.change(uow(), case_id, header_forms.changed(uow(), request.form, before))
    if not sight.sees(uow(), instance, uow().actor):
        notices.warn(gettext("The case is secret now, and you are not among those who see it."))
        return redirect(url_for("cases.listed"), 303)
    notices.tell(gettext("The details of the case are saved."))
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.errorhandler(Invalid)
def fill_in_again(error: Invalid) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with what was typed."""
    case_id = (request.view_args or {}).get("case_id")
    if request.endpoint != "headers.change" or case_id is None:
        return errors.tell(error)
    with afresh.reading() as unit:
        instance, may = _found(unit, case_id)
        form = header_forms.sent(request.form, error, headers.of(unit, instance))
        return _page(unit, instance, may, form), 422


def _found(unit: UnitOfWork, case_id: UUID) -> tuple[ProcessInstance, May]:
    """Raises `NotFound` or `NotAllowed`."""
    instance = instances.get(unit.session, case_id)
    may = header.may(unit, instance)
    if not may.change:
        raise NotAllowed
    return instance, may


def _page(unit: UnitOfWork, instance: ProcessInstance, may: May, form: HeaderForm) -> str:
    [case] = reading.of(unit, [instance])
    people = header_forms.people(unit) if may.change_secrecy else ()
    return render_template("cases/header.html", case=case, may=may, form=form, people=people)
