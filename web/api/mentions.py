from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.execution import comments
from engine.execution.comments import Named
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.comments import MentionQuery, MentionSchema
from web.schemas.common import listing, page
from web.transactions import uow

blueprint = Blueprint("mentions", __name__, url_prefix="/api/v1/mentions")


@blueprint.route("")
@requires(Permission.READ_MENTION)
@blueprint.arguments(MentionQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(MentionSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List where you are mentioned in instances that you may see, the newest first."""
    found = comments.mentions(
        uow(), read=query["read"], after=query["cursor"], limit=query["limit"] + 1
    )
    return page(found, query["limit"])


@blueprint.route("/<uuid:mention_id>/reading", methods=["PUT"])
@requires(Permission.READ_MENTION)
@blueprint.response(200, MentionSchema)
def read(mention_id: UUID) -> Named:
    """Note that you have read it."""
    return comments.note(uow(), mention_id, read=True)


@blueprint.route("/<uuid:mention_id>/reading", methods=["DELETE"])
@requires(Permission.READ_MENTION)
@blueprint.response(200, MentionSchema)
def unread(mention_id: UUID) -> Named:
    """Note that you have to look at it again."""
    return comments.note(uow(), mention_id, read=False)
