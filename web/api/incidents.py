from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from engine.cases import reading
from engine.execution import incidents
from engine.identity.permissions import Permission
from engine.incidents.models import Incident
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.language import say
from web.schemas.common import listing
from web.transactions import uow

blueprint = Blueprint("incidents", __name__, url_prefix="/api/v1")


class IncidentSchema(Schema):
    id = fields.UUID()
    instance_id = fields.UUID()
    element_id = fields.String()
    message = fields.Function(lambda incident: say(incident.template, incident.values))
    created_at = fields.DateTime()
    resolved_at = fields.DateTime(allow_none=True)


@blueprint.route("/process-instances/<uuid:instance_id>/incidents")
@requires(Permission.READ_INSTANCE)
@blueprint.response(200, listing(IncidentSchema))
def listed(instance_id: UUID) -> dict[str, Any]:
    """List the open incidents of an instance."""
    return {"items": reading.incidents(uow(), instance_id), "next_cursor": None}


@blueprint.route("/incidents/<uuid:incident_id>/retry", methods=["POST"])
@requires(Permission.RETRY_INCIDENT)
@blueprint.response(200, IncidentSchema)
def retry(incident_id: UUID) -> Incident:
    """Execute the failed element again."""
    return incidents.retry(uow(), incident_id)
