from typing import Any
from uuid import UUID

from flask_babel import get_locale
from marshmallow import RAISE

from bpmn.forms import json_schema
from engine.cases import reading
from engine.execution import assignment, task_forms, unattended, user_tasks
from engine.execution.unattended import Unattended
from engine.identity.permissions import Permission
from engine.tasks.held import HeldTask
from engine.tasks.models import UserTask
from web import in_bulk
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.idempotency import DESCRIBED, idempotent
from web.schemas.common import listing, page
from web.schemas.forms import FormSchema
from web.schemas.instances import EventSchema
from web.schemas.user_tasks import (
    AssigneeSchema,
    BulkAnswerSchema,
    BulkSchema,
    CompletionSchema,
    FollowUpSchema,
    PlanSchema,
    ReturnSchema,
    UnattendedSchema,
    UserTaskQuery,
    UserTaskSchema,
)
from web.transactions import opens_its_own, uow

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


@blueprint.route("/unattended")
@requires(Permission.READ_UNATTENDED)
@blueprint.response(200, UnattendedSchema(many=True))
def unattended_tasks() -> list[Unattended]:
    """List open tasks that nobody can take, the oldest first, at most 200."""
    return unattended.listed(uow())


@blueprint.route("/<uuid:task_id>")
@requires(Permission.READ_TASK)
@blueprint.response(200, UserTaskSchema)
def get(task_id: UUID) -> UserTask:
    """Get a user task."""
    task, _ = reading.task(uow(), task_id)
    return task


@blueprint.route("/<uuid:task_id>/form")
@requires(Permission.READ_TASK)
@blueprint.response(200, FormSchema)
def form(task_id: UUID) -> dict[str, Any]:
    """Get the questions of a task as JSON Schema, with what they begin with."""
    begun = task_forms.begun(uow(), *reading.task(uow(), task_id))
    return json_schema.of(begun.form, str(get_locale()), begun.values)


@blueprint.route("/<uuid:task_id>/assignee", methods=["PUT"])
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(AssigneeSchema)
@blueprint.response(200, UserTaskSchema)
def assign(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Give a task to somebody; giving it to yourself is claiming it."""
    return assignment.assign(uow(), task_id, body["user"])


@blueprint.route("/<uuid:task_id>/assignee", methods=["DELETE"])
@requires(Permission.ASSIGN_TASK)
@blueprint.response(200, UserTaskSchema)
def release(task_id: UUID) -> HeldTask:
    """Give a task back to all its candidates."""
    return assignment.release(uow(), task_id)


@blueprint.route("/<uuid:task_id>/delegation", methods=["POST"])
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(AssigneeSchema)
@blueprint.response(200, UserTaskSchema)
def delegate(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Let somebody else prepare a task; it comes back to you."""
    return assignment.delegate(uow(), task_id, body["user"])


@blueprint.route("/<uuid:task_id>/resolution", methods=["POST"])
@requires(Permission.ASSIGN_TASK)
@blueprint.response(200, UserTaskSchema)
def resolve(task_id: UUID) -> HeldTask:
    """Give a delegated task back, as prepared."""
    return assignment.resolve(uow(), task_id)


@blueprint.route("/<uuid:task_id>/return", methods=["POST"])
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(ReturnSchema)
@blueprint.response(200, UserTaskSchema)
def return_back(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Give a task back to whoever delegated it, else to its candidates, and say why."""
    return assignment.return_back(uow(), task_id, body["reason"])


@blueprint.route("/<uuid:task_id>/plan", methods=["PATCH"])
@requires(Permission.PLAN_TASK)
@blueprint.arguments(PlanSchema)
@blueprint.response(200, UserTaskSchema)
def plan(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Change when a task is due, and how urgent it is; what is not named stays."""
    return assignment.plan(uow(), task_id, **body)


@blueprint.route("/<uuid:task_id>/follow-up", methods=["PUT"])
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(FollowUpSchema)
@blueprint.response(200, UserTaskSchema)
def follow_up(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Note when you want to look at a task again; null takes it away."""
    return assignment.follow_up(uow(), task_id, body["at"])


@blueprint.route("/<uuid:task_id>/events")
@requires(Permission.READ_TASK)
@blueprint.response(200, EventSchema(many=True))
def events(task_id: UUID) -> list[reading.Told]:
    """Tell what the record says of a task: who had it, for whom, when it was planned otherwise."""
    return reading.events_of_task(uow(), task_id)


@blueprint.route("/bulk", methods=["POST"])
@opens_its_own
@requires(Permission.ASSIGN_TASK)
@blueprint.arguments(BulkSchema)
@blueprint.response(200, BulkAnswerSchema)
def bulk(body: dict[str, Any]) -> dict[str, Any]:
    """Do the same with many tasks, each by itself: what is refused says why, and holds up none of the others."""
    return {"results": [in_bulk.one(each, body) for each in body["tasks"]]}


@blueprint.route("/<uuid:task_id>/completion", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.COMPLETE_TASK)
@blueprint.arguments(CompletionSchema)
@blueprint.response(200, UserTaskSchema)
def complete(body: dict[str, Any], task_id: UUID) -> HeldTask:
    """Complete a user task, and let its process run on."""
    return user_tasks.complete(uow(), task_id, body["variables"])
