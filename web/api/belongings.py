from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import belongings
from engine.organisation.belongings import Entry
from engine.organisation.periods import given
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import BelongingQuery, BelongingSchema, EndingSchema, NewBelonging
from web.transactions import uow

blueprint = Blueprint("belongings", __name__, url_prefix="/api/v1/belongings")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(BelongingQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(BelongingSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List who works in which unit, of all days or of one."""
    found = belongings.listed(
        uow(),
        person=query["person"],
        unit=query["unit"],
        on=query["on"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(NewBelonging)
@blueprint.response(201, BelongingSchema)
def create(body: dict[str, Any]) -> Entry:
    """Place a person in a unit."""
    period = given(body["valid_from"], body["valid_to"])
    row = belongings.create(uow(), body["person"], body["unit"], period)
    return belongings.get(uow(), row.id)


@blueprint.route("/<uuid:belonging_id>/ending", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, BelongingSchema)
def end(body: dict[str, Any], belonging_id: UUID) -> Entry:
    """Give a person's time in a unit its last day."""
    belongings.end(uow(), belonging_id, body["valid_to"])
    return belongings.get(uow(), belonging_id)
