from typing import Any
from uuid import UUID

from engine.drafts.models import Draft
from engine.execution import drafts
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.drafts import DraftSchema, NewDraftSchema
from web.transactions import uow

blueprint = Blueprint("drafts", __name__, url_prefix="/api/v1/user-tasks/<uuid:task_id>/draft")


@blueprint.route("")
@requires(Permission.READ_TASK)
@blueprint.response(200, DraftSchema)
def get(task_id: UUID) -> Draft:
    """Get what you have typed into a task so far."""
    return drafts.get(uow(), task_id)


@blueprint.route("", methods=["PUT"])
@requires(Permission.COMPLETE_TASK)
@blueprint.arguments(NewDraftSchema)
@blueprint.response(200, DraftSchema)
def keep(body: dict[str, Any], task_id: UUID) -> Draft:
    """Keep what you have typed so far, in place of what was kept before. Nobody else sees it."""
    return drafts.keep(uow(), task_id, body["answers"])


@blueprint.route("", methods=["DELETE"])
@requires(Permission.COMPLETE_TASK)
@blueprint.response(200, DraftSchema)
def discard(task_id: UUID) -> Draft:
    """Remove your draft; says what was in it."""
    return drafts.discard(uow(), task_id)
