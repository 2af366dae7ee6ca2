from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.inbox import views
from engine.inbox.views import View
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import PageQuery, listing, page
from web.schemas.saved_views import NewViewSchema, ViewSchema, content
from web.transactions import uow

blueprint = Blueprint("saved-views", __name__, url_prefix="/api/v1/saved-views")


@blueprint.route("")
@requires(Permission.READ_VIEW)
@blueprint.arguments(PageQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(ViewSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List your views of the inbox and those that are shared with you, the oldest first."""
    found = views.listed(uow(), after=query["cursor"], limit=query["limit"] + 1)
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_VIEW)
@blueprint.arguments(NewViewSchema)
@blueprint.response(201, ViewSchema)
def create(body: dict[str, Any]) -> View:
    """Save a view: a tab with its filters and its order, under a name."""
    return views.create(uow(), content(body))


@blueprint.route("/<uuid:view_id>")
@requires(Permission.READ_VIEW)
@blueprint.response(200, ViewSchema)
def get(view_id: UUID) -> View:
    """Get a view that is yours or shared with you."""
    return views.get(uow(), view_id)


@blueprint.route("/<uuid:view_id>", methods=["PUT"])
@requires(Permission.CHANGE_VIEW)
@blueprint.arguments(NewViewSchema)
@blueprint.response(200, ViewSchema)
def change(body: dict[str, Any], view_id: UUID) -> View:
    """Put another view in its place."""
    return views.change(uow(), view_id, content(body))


@blueprint.route("/<uuid:view_id>", methods=["DELETE"])
@requires(Permission.CHANGE_VIEW)
@blueprint.response(200, ViewSchema)
def remove(view_id: UUID) -> View:
    """Remove a view; the answer is what it was."""
    was = views.get(uow(), view_id)
    views.remove(uow(), view_id)
    return was
