from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.calendar import closures
from engine.calendar.closures import Entry
from engine.identity.permissions import Permission
from engine.organisation.periods import given
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.calendar import ClosureQuery, ClosureSchema, NewClosure
from web.schemas.common import listing, page
from web.schemas.organisation import EndingSchema
from web.transactions import uow

blueprint = Blueprint("closures", __name__, url_prefix="/api/v1/calendar/closures")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(ClosureQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(ClosureSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List when units do not work."""
    found = closures.listed(
        uow(),
        unit=query["unit"],
        on=query["on"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(NewClosure)
@blueprint.response(201, ClosureSchema)
def create(body: dict[str, Any]) -> Entry:
    """Note that a unit and those below it do not work for a time, or the whole organisation."""
    period = given(body["valid_from"], body["valid_to"])
    row = closures.create(uow(), body["name"], body["unit"], period)
    return closures.get(uow(), row.id)


@blueprint.route("/<uuid:closure_id>/ending", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, ClosureSchema)
def end(body: dict[str, Any], closure_id: UUID) -> Entry:
    """Give a closure another last day."""
    closures.end(uow(), closure_id, body["valid_to"])
    return closures.get(uow(), closure_id)
