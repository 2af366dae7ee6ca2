from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import absences
from engine.organisation.absences import Entry, Reason
from engine.organisation.periods import given
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import AbsenceSchema, EndingSchema, NewAbsence, OfAPersonQuery
from web.transactions import uow

blueprint = Blueprint("absences", __name__, url_prefix="/api/v1/absences")


@blueprint.route("")
@requires(Permission.READ_ABSENCE)
@blueprint.arguments(OfAPersonQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(AbsenceSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List when you are away, or a person whose absences you may see."""
    found = absences.listed(
        uow(),
        person=query["person"],
        on=query["on"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ABSENCE)
@blueprint.arguments(NewAbsence)
@blueprint.response(201, AbsenceSchema)
def create(body: dict[str, Any]) -> Entry:
    """Note that you are away, or a person whose manager you are."""
    period = given(body["valid_from"], body["valid_to"])
    person = body["person"] or uow().actor.name
    row = absences.create(uow(), person, Reason(body["reason"]), period)
    return absences.get(uow(), row.id)


@blueprint.route("/<uuid:absence_id>/ending", methods=["POST"])
@requires(Permission.CHANGE_ABSENCE)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, AbsenceSchema)
def end(body: dict[str, Any], absence_id: UUID) -> Entry:
    """Give an absence its last day."""
    absences.end(uow(), absence_id, body["valid_to"])
    return absences.get(uow(), absence_id)
