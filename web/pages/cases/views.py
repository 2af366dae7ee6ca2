"""Cases: the list, one case with its history and its proof, cancelling it, and trying a failed step again."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from bpmn.deployment import Kind
from engine.cases import reading
from engine.definitions import repository as definitions
from engine.errors import Invalid
from engine.execution import incidents, instances
from engine.identity.permissions import Permission
from engine.instances.models import InstanceState
from engine.uow import UnitOfWork
from web import errors
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses, afresh, notices
from web.pages.cases import contents, starts
from web.transactions import uow

AT_ONCE = 30
RECORD_AT_ONCE = 100
DIGITS = 9
"""Of the number of an event; a case has fewer."""
FILTERS = ("state", "routine", "key", "unit", "mine")
MOST_ROUTINES = 200

blueprint = Blueprint("cases", __name__, url_prefix="/cases")


@blueprint.get("")
@requires(Permission.READ_INSTANCE)
def listed() -> str:
    wanted = {name: request.args.get(name, "").strip() for name in FILTERS}
    found = reading.listed(
        uow(),
        state=wanted["state"] if wanted["state"] in set(InstanceState) else None,
        definition_key=wanted["routine"] or None,
        business_key=wanted["key"] or None,
        unit=wanted["unit"] or None,
        started_by=uow().actor.id if wanted["mine"] else None,
        after=addresses.identity(request.args.get("after")),
        limit=AT_ONCE + 1,
    )
    return render_template(
        "cases/list.html",
        cases=contents.listed(uow(), found[:AT_ONCE]),
        wanted={name: value for name, value in wanted.items() if value},
        routines=definitions.listed(
            uow().session, Kind.PROCESS, only_latest=True, limit=MOST_ROUTINES
        ),
        states=InstanceState,
        units=starts.units(uow()),
        after=found[AT_ONCE - 1].id if len(found) > AT_ONCE else None,
        is_first=not request.args.get("after"),
    )


@blueprint.get("/<uuid:case_id>")
@requires(Permission.READ_INSTANCE)
def show(case_id: UUID) -> str:
    before, whole = _number("before"), request.args.get("steps") == "all"
    case = reading.get(uow(), case_id)
    page = contents.of(uow(), case, before=before, whole=whole)
    return render_template("cases/show.html", page=page)


@blueprint.get("/<uuid:case_id>/record")
@requires(Permission.READ_INSTANCE)
def record(case_id: UUID) -> str:
    """Show every event, as it was sealed, a page at a time."""
    case, after = reading.get(uow(), case_id), _number("after") or 0
    found = reading.events(uow(), case_id, after=after, limit=RECORD_AT_ONCE + 1)
    return render_template(
        "cases/record.html",
        case=case,
        lines=contents.record(uow(), case, found[:RECORD_AT_ONCE]),
        after=found[RECORD_AT_ONCE - 1].seq if len(found) > RECORD_AT_ONCE else None,
        is_first=after == 0,
    )


@blueprint.get("/<uuid:case_id>/proof")
@requires(Permission.READ_INSTANCE)
def proof(case_id: UUID) -> str:
    """Check the history; it takes the longer the more there is, so it is done when somebody asks."""
    return render_template(
        "cases/proof.html",
        case=reading.get(uow(), case_id),
        proof=reading.verification(uow(), case_id),
    )


@blueprint.get("/<uuid:case_id>/cancellation")
@requires(Permission.CANCEL_INSTANCE)
def consider(case_id: UUID) -> str:
    return _asked(uow(), case_id)


@blueprint.post("/<uuid:case_id>/cancellation")
@requires(Permission.CANCEL_INSTANCE)
def cancel(case_id: UUID) -> ResponseReturnValue:
    instances.cancel(uow(), case_id, reason=request.form.get("reason", ""))
    notices.tell(gettext("The case is cancelled."))
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.post("/<uuid:case_id>/incidents/<uuid:incident_id>/retry")
@requires(Permission.RETRY_INCIDENT)
def retry(case_id: UUID, incident_id: UUID) -> ResponseReturnValue:
    incidents.retry(uow(), incident_id)
    if reading.incidents(uow(), case_id):
        notices.warn(gettext("The step was tried again. The case is still stopped by an error."))
    else:
        notices.tell(gettext("The step was tried again, and the case goes on."))
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.errorhandler(Invalid)
def say_why_again(error: Invalid) -> ResponseReturnValue:
    """Nothing was changed: show the form once more, with what was typed."""
    case_id = (request.view_args or {}).get("case_id")
    if request.endpoint != "cases.cancel" or case_id is None:
        return errors.tell(error)
    with afresh.reading() as unit:
        problem = say(error.template, error.values)
        return _asked(unit, case_id, request.form.get("reason", ""), problem), 422


def _asked(unit: UnitOfWork, case_id: UUID, reason: str = "", problem: str = "") -> str:
    case = reading.get(unit, case_id)
    return render_template(
        "cases/cancellation.html",
        case=case,
        may=contents.may_of(unit, case),
        reason=reason,
        problem=problem,
    )


def _number(name: str) -> int | None:
    """Read the number of an event from the address; what is none names nothing."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
