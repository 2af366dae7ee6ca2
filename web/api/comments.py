from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.execution import comments
from engine.execution.comments import Said
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.idempotency import DESCRIBED, idempotent
from web.schemas.comments import CommentSchema, NewCommentSchema
from web.schemas.common import PageQuery, listing, page
from web.transactions import uow

Comments = listing(CommentSchema)

blueprint = Blueprint("comments", __name__, url_prefix="/api/v1")


@blueprint.route("/process-instances/<uuid:instance_id>/comments")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(PageQuery, location="query", unknown=RAISE)
@blueprint.response(200, Comments)
def of_case(query: dict[str, Any], instance_id: UUID) -> dict[str, Any]:
    """List what was said about an instance and its tasks, the oldest first."""
    found = comments.of_case(uow(), instance_id, after=query["cursor"], limit=query["limit"] + 1)
    return page(found, query["limit"])


@blueprint.route("/process-instances/<uuid:instance_id>/comments", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.WRITE_COMMENT)
@blueprint.arguments(NewCommentSchema)
@blueprint.response(201, CommentSchema)
def write_on_case(body: dict[str, Any], instance_id: UUID) -> Said:
    """Say something about an instance; whoever is mentioned by @name is told."""
    return comments.write_on_case(uow(), instance_id, **body)


@blueprint.route("/user-tasks/<uuid:task_id>/comments")
@requires(Permission.READ_TASK)
@blueprint.arguments(PageQuery, location="query", unknown=RAISE)
@blueprint.response(200, Comments)
def of_task(query: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """List what was said about a task, the oldest first."""
    found = comments.of_task(uow(), task_id, after=query["cursor"], limit=query["limit"] + 1)
    return page(found, query["limit"])


@blueprint.route("/user-tasks/<uuid:task_id>/comments", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.WRITE_COMMENT)
@blueprint.arguments(NewCommentSchema)
@blueprint.response(201, CommentSchema)
def write_on_task(body: dict[str, Any], task_id: UUID) -> Said:
    """Say something about a task; whoever is mentioned by @name is told."""
    return comments.write_on_task(uow(), task_id, **body)
