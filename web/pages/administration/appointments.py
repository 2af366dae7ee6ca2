"""Appointing people to roles, and ending appointments."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.accounts import repository as accounts
from engine.errors import Conflict, NotFound
from engine.organisation import appointments, repository
from engine.organisation.appointments import LONGEST_DECISION
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork
from web.pages import addresses, notices
from web.pages.administration import endings, forms, names, rights
from web.pages.administration.endings import Ending
from web.pages.administration.forms import Form
from web.transactions import uow

MOST_SUGGESTED = 500
WHOLE = "-"
"""In the form, the unit of an appointment for the whole organisation: nothing chosen is a mistake."""

blueprint = Blueprint(
    "administration_appointments", __name__, url_prefix="/administration/appointments"
)


def _new(unit: UnitOfWork, form: Form) -> str:
    return render_template(
        "administration/roles/appointment.html",
        form=form,
        names=names.known(unit, today(unit)),
        people=accounts.active(unit.session, limit=MOST_SUGGESTED),
        whole=WHOLE,
        longest=LONGEST_DECISION,
        onward=addresses.local(
            request.values.get("next"), otherwise=url_for("administration_roles.listed")
        ),
    )


@blueprint.get("/new")
@rights.looks_after_the_organisation
def new() -> str:
    day = today(uow()).isoformat()
    return _new(uow(), forms.opened(role="", person="", unit="", valid_from=day, valid_to=""))


@blueprint.post("/new")
@forms.shown_again_by(_new, {Conflict: "valid_from", NotFound: "person"})
@rights.looks_after_the_organisation
def create() -> ResponseReturnValue:
    unit = uow()
    role, person, where = (forms.needed(name) for name in ("role", "person", "unit"))
    with forms.told_at("role"):
        repository.role(unit.session, role)
    row = appointments.create(
        unit,
        role,
        person,
        None if where == WHOLE else where,
        period=forms.period(),
        decision=forms.text("decision") or None,
    )
    known = names.known(unit, today(unit))
    called = {
        "name": accounts.get(unit.session, row.account_id).display_name,
        "role": known.role(role),
        "unit": known.unit(None if where == WHOLE else where),
    }
    notices.tell(gettext("“%(name)s” is appointed: %(role)s, %(unit)s.", **called))
    onward = url_for("administration_roles.show", key=role)
    return redirect(addresses.local(request.form.get("next"), otherwise=onward), 303)


def _ending(unit: UnitOfWork, form: Form, appointment_id: UUID) -> str:
    entry = appointments.get(unit, appointment_id)
    account = accounts.named(unit.session, entry.person)
    known = names.known(unit, today(unit))
    role = known.role(entry.role)
    called = {"name": account.display_name, "role": role, "unit": known.unit(entry.unit)}
    ending = Ending(
        gettext("The last day of an appointment"),
        gettext("%(name)s is appointed: %(role)s, %(unit)s.", **called),
        [
            gettext("From the day after, tasks for the role do not come to the person any more."),
            gettext("Where nobody else has the role, they wait among those that nobody can take."),
            gettext("That the person had the role until then stays known."),
        ],
        [
            (gettext("Roles"), url_for("administration_roles.listed")),
            (role, url_for("administration_roles.show", key=entry.role)),
        ],
        Period(entry.valid_from, entry.valid_to),
        today(unit),
    )
    return endings.page(ending, form)


@blueprint.get("/<uuid:appointment_id>/ending")
@rights.looks_after_the_organisation
def ending(appointment_id: UUID) -> str:
    return _ending(uow(), endings.opened(today(uow())), appointment_id)


@blueprint.post("/<uuid:appointment_id>/ending")
@forms.shown_again_by(_ending, endings.AT)
@rights.looks_after_the_organisation
def end(appointment_id: UUID) -> ResponseReturnValue:
    row = appointments.end(uow(), appointment_id, forms.day("valid_to"))
    notices.tell(endings.given(row.valid_from, row.valid_to))
    return redirect(url_for("administration_roles.show", key=row.role_key), 303)
