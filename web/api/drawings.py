from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import RAISE

from bpmn.deployment import Kind
from engine.definitions import repository
from engine.definitions.models import Definition
from engine.identity.permissions import Permission
from web import changes
from web.api import files, versions
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.changes import Comparison
from web.schemas.common import listing
from web.schemas.definitions import DefinitionQuery, DrawingSchema, DrawingWithFindingsSchema
from web.schemas.differences import ComparisonQuery, ComparisonSchema
from web.transactions import uow

blueprint = Blueprint("drawings", __name__, url_prefix="/api/v1/drawings")


@blueprint.route("")
@requires(Permission.READ_DEFINITIONS)
@blueprint.arguments(DefinitionQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(DrawingSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List versions of drawings, the newest deployment first."""
    return versions.listed(Kind.DRAWING, query)


@blueprint.route("/<uuid:drawing_id>")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, DrawingWithFindingsSchema)
def get(drawing_id: UUID) -> Definition:
    """Get one version of a drawing, with what was found in it."""
    return _drawing(drawing_id)


@blueprint.route("/<uuid:drawing_id>/xml")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, {"type": "string"}, content_type="application/xml")
def xml(drawing_id: UUID) -> Response:
    """Get the file of a version, byte for byte as it was deployed."""
    return files.model(_drawing(drawing_id))


@blueprint.route("/<uuid:drawing_id>/svg")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, {"type": "string"}, content_type="image/svg+xml")
def svg(drawing_id: UUID) -> Response:
    """Get the picture of a version, with words in the language of the request."""
    return files.picture(_drawing(drawing_id))


@blueprint.route("/<uuid:drawing_id>/differences")
@requires(Permission.READ_DEFINITIONS)
@blueprint.arguments(ComparisonQuery, location="query", unknown=RAISE)
@blueprint.response(200, ComparisonSchema)
def differences(query: dict[str, Any], drawing_id: UUID) -> Comparison:
    """Tell what changed since the version before, or since another model."""
    return changes.since(uow().session, _drawing(drawing_id), query["from_"])


def _drawing(drawing_id: UUID) -> Definition:
    return repository.get(uow().session, drawing_id, Kind.DRAWING)
