"""The catalogue of routines, one routine in words, and starting it."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.definitions import repository as definitions
from engine.errors import Invalid
from engine.execution import instances, sight
from engine.identity.permissions import Permission
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.pages import afresh, notices
from web.pages.forms import header_forms
from web.pages.forms.header_forms import HeaderForm
from web.pages.routines import contents
from web.pages.tasks import onward
from web.transactions import uow

LONGEST = 200
"""Characters that are looked for."""

blueprint = Blueprint("routines", __name__, url_prefix="/routines")


@blueprint.get("")
@requires(Permission.READ_DEFINITIONS)
def catalogue() -> str:
    wanted = request.args.get("q", "").strip()[:LONGEST]
    return render_template("routines/catalogue.html", page=contents.catalogue(uow(), wanted))


@blueprint.get("/<uuid:definition_id>")
@requires(Permission.READ_DEFINITIONS)
def show(definition_id: UUID) -> str:
    return _page(uow(), definition_id)


@blueprint.post("/<uuid:definition_id>")
@requires(Permission.START_INSTANCE)
def start(definition_id: UUID) -> ResponseReturnValue:
    definition = definitions.get(uow().session, definition_id)
    instance = instances.start(
        uow(),
        definition,
        business_key=request.form.get("business_key", "").strip() or None,
        unit=request.form.get("unit"),
        given=header_forms.given(request.form),
    )
    if not sight.sees(uow(), instance, uow().actor):
        started = gettext("The case is started.")
        hidden = gettext("The case is secret now, and you are not among those who see it.")
        notices.warn(f"{started} {hidden}")
        return redirect(url_for("cases.listed"), 303)
    return redirect(onward.into(uow(), instance), 303)


@blueprint.errorhandler(Invalid)
def fill_in_again(error: Invalid) -> ResponseReturnValue:
    """Nothing was changed: show the page once more, with what was typed."""
    definition_id = (request.view_args or {}).get("definition_id")
    if request.endpoint != "routines.start" or definition_id is None:
        return errors.tell(error)
    with afresh.reading() as unit:
        return _page(unit, definition_id, header_forms.sent(request.form, error)), 422


def _page(unit: UnitOfWork, definition_id: UUID, form: HeaderForm | None = None) -> str:
    definition = definitions.get(unit.session, definition_id)
    return render_template("routines/show.html", routine=contents.of(unit, definition, form))
