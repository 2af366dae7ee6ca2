"""When units do not work: days on which no deadline counts."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.calendar import closures
from engine.calendar.closures import LONGEST_NAME, Entry
from engine.errors import Conflict, Invalid
from engine.organisation import repository
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork
from web.pages import notices, people
from web.pages.administration import endings, forms, names, periods, rights
from web.pages.administration.endings import Ending
from web.pages.administration.forms import Form
from web.transactions import uow

MOST = 200

blueprint = Blueprint("administration_closures", __name__, url_prefix="/administration")


def _new(unit: UnitOfWork, form: Form, key: str | None = None) -> str:
    if key is not None:
        repository.unit(unit.session, key)
    return render_template(
        "administration/units/closure.html", form=form, key=key, longest=LONGEST_NAME
    )


@blueprint.get("/closures")
@rights.looks_after_the_organisation
def listed() -> str:
    """Show what was noted for the whole organisation and for each unit, and what is to come."""
    found = closures.listed(uow(), limit=MOST + 1)
    return render_template(
        "administration/units/closures.html",
        found=periods.split(found[:MOST], today(uow())),
        names=names.known(uow(), today(uow())),
        is_cut=len(found) > MOST,
    )


@blueprint.get("/new-closure")
@blueprint.get("/units/<string:key>/closures")
@rights.looks_after_the_organisation
def new(key: str | None = None) -> str:
    day = today(uow()).isoformat()
    return _new(uow(), forms.opened(closure="", valid_from=day, valid_to=""), key)


@blueprint.post("/new-closure")
@blueprint.post("/units/<string:key>/closures")
@forms.shown_again_by(_new, {Conflict: "valid_from", Invalid: "valid_to"})
@rights.looks_after_the_organisation
def create(key: str | None = None) -> ResponseReturnValue:
    forms.needed("valid_to")
    row = closures.create(uow(), forms.needed("closure"), key, forms.period())
    notices.tell(gettext("“%(name)s” is noted: those days do not count.", name=row.name))
    return _back(key)


def _ending(unit: UnitOfWork, form: Form, closure_id: UUID) -> str:
    entry = closures.get(unit, closure_id)
    ending = Ending(
        gettext("The last day of a closure"),
        _what(entry),
        [
            gettext("Deadlines that are counted from now on know the new last day."),
            gettext("What is due already stays due."),
        ],
        [_where(entry)],
        Period(entry.valid_from, entry.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/closures/<uuid:closure_id>/ending")
@rights.looks_after_the_organisation
def ending(closure_id: UUID) -> str:
    last = closures.get(uow(), closure_id).valid_to
    return _ending(uow(), endings.opened(last), closure_id)


@blueprint.post("/closures/<uuid:closure_id>/ending")
@forms.shown_again_by(_ending, endings.AT)
@rights.looks_after_the_organisation
def end(closure_id: UUID) -> ResponseReturnValue:
    row = closures.end(uow(), closure_id, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return _back(closures.get(uow(), closure_id).unit)


def _back(key: str | None) -> ResponseReturnValue:
    if key is None:
        return redirect(url_for(".listed"), 303)
    return redirect(url_for("administration_units.show", key=key), 303)


def _what(entry: Entry) -> str:
    if entry.unit is None:
        return str(gettext("“%(name)s”: nobody works.", name=entry.name))
    called = {"name": entry.name, "unit": people.unit(entry.unit)}
    return str(gettext("“%(name)s”: %(unit)s does not work.", **called))


def _where(entry: Entry) -> tuple[str, str]:
    if entry.unit is None:
        return gettext("Closures"), url_for("administration_closures.listed")
    return people.unit(entry.unit), url_for("administration_units.show", key=entry.unit)
