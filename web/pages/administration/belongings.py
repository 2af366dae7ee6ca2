"""Who works where: placed in a unit, and given a last day there."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import repository as accounts
from engine.errors import Conflict
from engine.organisation import belongings
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork
from web.pages import notices, people
from web.pages.administration import endings, forms, names, rights
from web.pages.administration.endings import Ending
from web.pages.administration.forms import Form
from web.transactions import uow

blueprint = Blueprint("administration_belongings", __name__, url_prefix="/administration")


def _new(unit: UnitOfWork, form: Form, account_id: UUID) -> str:
    return render_template(
        "administration/people/belonging.html",
        form=form,
        account=accounts.get(unit.session, account_id),
        names=names.known(unit, today(unit)),
    )


@blueprint.get("/people/<uuid:account_id>/units")
@rights.looks_after_the_organisation
def new(account_id: UUID) -> str:
    form = forms.opened(unit="", valid_from=today(uow()).isoformat(), valid_to="")
    return _new(uow(), form, account_id)


@blueprint.post("/people/<uuid:account_id>/units")
@forms.shown_again_by(_new, {Conflict: "valid_from"})
@rights.looks_after_the_organisation
def create(account_id: UUID) -> ResponseReturnValue:
    unit = uow()
    account = accounts.get(unit.session, account_id)
    key = forms.needed("unit")
    belongings.create(unit, account.name, key, forms.period())
    called = {"name": account.display_name, "unit": people.unit(key)}
    notices.tell(gettext("“%(name)s” is placed in %(unit)s.", **called))
    return redirect(url_for("administration_people.show", account_id=account_id), 303)


def _ending(unit: UnitOfWork, form: Form, belonging_id: UUID) -> str:
    entry = belongings.get(unit, belonging_id)
    account = accounts.named(unit.session, entry.person)
    there = url_for("administration_people.show", account_id=account.id)
    called = {"name": account.display_name, "unit": people.unit(entry.unit)}
    ending = Ending(
        gettext("A last day in the unit"),
        gettext("%(name)s works in %(unit)s.", **called),
        [
            gettext("From the day after, the person does not work there any more."),
            gettext(
                "Roles that the person has stay as they are: end them too, where they shall end."
            ),
        ],
        [
            (gettext("People"), url_for("administration_people.listed")),
            (account.display_name, there),
        ],
        Period(entry.valid_from, entry.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/belongings/<uuid:belonging_id>/ending")
@rights.looks_after_the_organisation
def ending(belonging_id: UUID) -> str:
    return _ending(uow(), endings.opened(today(uow())), belonging_id)


@blueprint.post("/belongings/<uuid:belonging_id>/ending")
@forms.shown_again_by(_ending, endings.AT)
@rights.looks_after_the_organisation
def end(belonging_id: UUID) -> ResponseReturnValue:
    row = belongings.end(uow(), belonging_id, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return redirect(url_for("administration_people.show", account_id=row.account_id), 303)
