"""Cases: the list, one case with its history and its proof, and what can be done about it."""

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
from web import errors
from web.auth.permissions import requires
from web.language import say
from web.pages import addresses, afresh, case_pages, notices
from web.transactions import uow

AT_ONCE = 30
MOST_ROUTINES = 200

blueprint = Blueprint("cases", __name__, url_prefix="/cases")


@blueprint.get("")
@requires(Permission.READ_INSTANCE)
def listed() -> str:
    wanted = {name: request.args.get(name, "").strip() for name in ("state", "routine", "key")}
    found = reading.listed(
        uow(),
        state=wanted["state"] if wanted["state"] in set(InstanceState) else None,
        definition_key=wanted["routine"] or None,
        business_key=wanted["key"] or None,
        after=addresses.identity(request.args.get("after")),
        limit=AT_ONCE + 1,
    )
    return render_template(
        "cases/list.html",
        cases=case_pages.listed(uow(), found[:AT_ONCE]),
        wanted={name: value for name, value in wanted.items() if value},
        routines=definitions.listed(
            uow().session, Kind.PROCESS, only_latest=True, limit=MOST_ROUTINES
        ),
        states=InstanceState,
        after=found[AT_ONCE - 1].id if len(found) > AT_ONCE else None,
        is_first=not request.args.get("after"),
    )


@blueprint.get("/<uuid:case_id>")
@requires(Permission.READ_INSTANCE)
def show(case_id: UUID) -> str:
    return render_template("cases/show.html", page=_page(case_id))


@blueprint.get("/<uuid:case_id>/cancellation")
@requires(Permission.CANCEL_INSTANCE)
def consider(case_id: UUID) -> str:
    return render_template("cases/cancellation.html", page=_page(case_id), reason="", problem="")


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
        page = case_pages.of(unit, reading.get(unit, case_id))
        problem = say(error.template, error.values)
        reason = request.form.get("reason", "")
        return render_template(
            "cases/cancellation.html", page=page, reason=reason, problem=problem
        ), 422


def _page(case_id: UUID) -> case_pages.CasePage:
    return case_pages.of(uow(), reading.get(uow(), case_id))
