from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.cases import reading
from engine.execution import user_tasks
from engine.identity.permissions import Permission
from engine.tasks.models import UserTask
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.idempotency import DESCRIBED, idempotent
from web.schemas.common import listing, page
from web.schemas.user_tasks import (
    AssigneeSchema,
    CompletionSchema,
    UserTaskQuery,
    UserTaskSchema,
)
from web.transactions import uow

blueprint = Blueprint("user-tasks", __name__, url_prefix="/api/v1/user-tasks")


@blueprint.route("")
@requires(Permission.READ_TASK)
@blueprint.arguments(UserTaskQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(UserTaskSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List the user tasks that you may see, the oldest first."""
    found = reading.listed_tasks(
        uow(),
        instance_id=query["instance_id"],
        assignee=query["assignee"],
        candidate_group=query["candidate_group"],
        state=query["state"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("/<uuid:task_id>")
@requires(Permission.READ_TASK)
@blueprint.response(200, UserTaskSchema)
def get(task_id: UUID) -> UserTask:
    """Get a user task."""
    task, _ = reading.task(uow(), task_id)
    return task


@blueprint.route("/<uuid:task_id>/assignee", methods=["PUT"])
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(AssigneeSchema)
@blueprint.response(200, UserTaskSchema)
def assign(body: dict[str, Any], task_id: UUID) -> UserTask:
    """Give a task to somebody; giving it to yourself is claiming it."""
    return user_tasks.assign(uow(), task_id, body["user"])


@blueprint.route("/<uuid:task_id>/assignee", methods=["DELETE"])
@requires(Permission.ASSIGN_TASK)
@blueprint.response(200, UserTaskSchema)
def release(task_id: UUID) -> UserTask:
    """Give a task back to all its candidates."""
    return user_tasks.release(uow(), task_id)


@blueprint.route("/<uuid:task_id>/completion", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.COMPLETE_TASK)
@blueprint.arguments(CompletionSchema)
@blueprint.response(200, UserTaskSchema)
def complete(body: dict[str, Any], task_id: UUID) -> UserTask:
    """Complete a user task, and let its process run on."""
    return user_tasks.complete(uow(), task_id, body["variables"])
