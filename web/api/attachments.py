from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import RAISE

from engine.attachments import commands
from engine.execution import attachments
from engine.execution.attachments import File
from engine.identity.permissions import Permission
from web import downloads, uploads
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.attachments import AttachmentSchema
from web.schemas.common import PageQuery, listing, page
from web.transactions import opens_its_own, uow

BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [uploads.PART],
                "properties": {
                    uploads.PART: {
                        "type": "string",
                        "contentMediaType": "application/octet-stream",
                    }
                },
            }
        }
    },
}
BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}

Attachments = listing(AttachmentSchema)

blueprint = Blueprint("attachments-api", __name__, url_prefix="/api/v1")


@blueprint.route("/attachments", methods=["POST"])
@blueprint.doc(requestBody=BODY)
@uploads.receives_a_file
@opens_its_own
@requires(Permission.ADD_ATTACHMENT)
@blueprint.response(201, AttachmentSchema)
def upload() -> File:
    """Send a file. It is yours alone until you tie it to a task or an instance; a day later it is gone."""
    return uploads.keep(attachments.named)


@blueprint.route("/attachments/<uuid:attachment_id>")
@requires(Permission.READ_ATTACHMENT)
@blueprint.response(200, AttachmentSchema)
def get(attachment_id: UUID) -> File:
    """Get what is known of a file."""
    return attachments.get(uow(), attachment_id)


@blueprint.route("/attachments/<uuid:attachment_id>/content")
@requires(Permission.READ_ATTACHMENT)
@blueprint.response(200, BYTES, content_type="application/octet-stream")
def content(attachment_id: UUID) -> Response:
    """Get a file, byte for byte as it was sent, to be saved."""
    return downloads.attachment(attachment_id)


@blueprint.route("/attachments/<uuid:attachment_id>", methods=["DELETE"])
@requires(Permission.ADD_ATTACHMENT)
@blueprint.response(200, AttachmentSchema)
def discard(attachment_id: UUID) -> File:
    """Remove a file of yours that is not tied to anything."""
    return attachments.named(uow(), commands.discard(uow(), attachment_id))


@blueprint.route("/process-instances/<uuid:instance_id>/attachments")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(PageQuery, location="query", unknown=RAISE)
@blueprint.response(200, Attachments)
def of_case(query: dict[str, Any], instance_id: UUID) -> dict[str, Any]:
    """List the files of an instance and its tasks, in the order they were uploaded."""
    found = attachments.of_case(
        uow(), instance_id, after=query["cursor"], limit=query["limit"] + 1
    )
    return page(found, query["limit"])


@blueprint.route(
    "/process-instances/<uuid:instance_id>/attachments/<uuid:attachment_id>", methods=["PUT"]
)
@requires(Permission.ADD_ATTACHMENT)
@blueprint.response(200, AttachmentSchema)
def attach_to_case(instance_id: UUID, attachment_id: UUID) -> File:
    """Tie a file of yours to an instance, for good."""
    return attachments.attach_to_case(uow(), attachment_id, instance_id)


@blueprint.route("/user-tasks/<uuid:task_id>/attachments")
@requires(Permission.READ_TASK)
@blueprint.arguments(PageQuery, location="query", unknown=RAISE)
@blueprint.response(200, Attachments)
def of_task(query: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """List the files of a task, in the order they were uploaded."""
    found = attachments.of_task(uow(), task_id, after=query["cursor"], limit=query["limit"] + 1)
    return page(found, query["limit"])


@blueprint.route("/user-tasks/<uuid:task_id>/attachments/<uuid:attachment_id>", methods=["PUT"])
@requires(Permission.ADD_ATTACHMENT)
@blueprint.response(200, AttachmentSchema)
def attach_to_task(task_id: UUID, attachment_id: UUID) -> File:
    """Tie a file of yours to an open task, for good."""
    return attachments.attach_to_task(uow(), attachment_id, task_id)
