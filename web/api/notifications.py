from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.execution import notifications
from engine.execution.notifications import Told
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.notifications import (
    NotificationQuery,
    NotificationSchema,
    ReadingSchema,
    UnreadSchema,
)
from web.transactions import uow

blueprint = Blueprint("notifications-api", __name__, url_prefix="/api/v1/notifications")


@blueprint.route("")
@requires(Permission.READ_NOTIFICATION)
@blueprint.arguments(NotificationQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(NotificationSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List what you are told of your tasks, your cases and where you are mentioned, the newest first."""
    found = notifications.listed(
        uow(), read=query["read"], after=query["cursor"], limit=query["limit"] + 1
    )
    return page(found, query["limit"])


@blueprint.route("/reading", methods=["PUT"])
@requires(Permission.READ_NOTIFICATION)
@blueprint.arguments(ReadingSchema)
@blueprint.response(200, UnreadSchema)
def read_all(body: dict[str, Any]) -> dict[str, int]:
    """Note that you have read all as far as one of them; what came after it stays unread."""
    notifications.note_all(uow(), until=body["until"])
    return {"unread": notifications.unread(uow())}


@blueprint.route("/<uuid:notification_id>/reading", methods=["PUT"])
@requires(Permission.READ_NOTIFICATION)
@blueprint.response(200, NotificationSchema)
def read(notification_id: UUID) -> Told:
    """Note that you have read it."""
    return notifications.note(uow(), notification_id, read=True)


@blueprint.route("/<uuid:notification_id>/reading", methods=["DELETE"])
@requires(Permission.READ_NOTIFICATION)
@blueprint.response(200, NotificationSchema)
def unread(notification_id: UUID) -> Told:
    """Note that you have to look at it again."""
    return notifications.note(uow(), notification_id, read=False)
