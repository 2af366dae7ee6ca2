from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import substitutions
from engine.organisation.periods import given
from engine.organisation.substitutions import Entry, Scope, ScopeKind
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import (
    EndingSchema,
    NewSubstitution,
    OfAPersonQuery,
    SubstitutionSchema,
)
from web.transactions import uow

blueprint = Blueprint("substitutions", __name__, url_prefix="/api/v1/substitutions")


@blueprint.route("")
@requires(Permission.READ_ABSENCE)
@blueprint.arguments(OfAPersonQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(SubstitutionSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List who may act for you and for whom you may, or the same of a person whose you may see."""
    found = substitutions.listed(
        uow(),
        person=query["person"],
        on=query["on"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ABSENCE)
@blueprint.arguments(NewSubstitution)
@blueprint.response(201, SubstitutionSchema)
def create(body: dict[str, Any]) -> Entry:
    """Let somebody act for you, or for a person whose manager you are."""
    row = substitutions.create(
        uow(),
        body["person"] or uow().actor.name,
        body["substitute"],
        given(body["valid_from"], body["valid_to"]),
        Scope(ScopeKind(body["scope"]), tuple(body["keys"])),
    )
    return substitutions.get(uow(), row.id)


@blueprint.route("/<uuid:substitution_id>/ending", methods=["POST"])
@requires(Permission.CHANGE_ABSENCE)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, SubstitutionSchema)
def end(body: dict[str, Any], substitution_id: UUID) -> Entry:
    """Give a substitution its last day."""
    substitutions.end(uow(), substitution_id, body["valid_to"])
    return substitutions.get(uow(), substitution_id)
