from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import RAISE

from bpmn.deployment import Kind
from engine.definitions import repository
from engine.definitions.models import Definition
from engine.execution import decisions
from engine.execution.decisions import Evaluated
from engine.identity.permissions import Permission
from web.api import files, versions
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing
from web.schemas.decisions import EvaluationRequest, EvaluationSchema
from web.schemas.definitions import DecisionDefinitionSchema, DefinitionQuery
from web.transactions import uow

blueprint = Blueprint("decision-definitions", __name__, url_prefix="/api/v1/decision-definitions")


@blueprint.route("")
@requires(Permission.READ_DEFINITIONS)
@blueprint.arguments(DefinitionQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(DecisionDefinitionSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List versions of decisions, the newest deployment first."""
    return versions.listed(Kind.DECISION, query)


@blueprint.route("/<uuid:definition_id>")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, DecisionDefinitionSchema)
def get(definition_id: UUID) -> Definition:
    """Get one version of a decision."""
    return repository.get(uow().session, definition_id, Kind.DECISION)


@blueprint.route("/<uuid:definition_id>/xml")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, {"type": "string"}, content_type="application/xml")
def xml(definition_id: UUID) -> Response:
    """Get the file of a version, byte for byte as it was deployed."""
    return files.model(repository.get(uow().session, definition_id, Kind.DECISION))


@blueprint.route("/<string:key>/evaluation", methods=["POST"])
@requires(Permission.EVALUATE_DECISION)
@blueprint.arguments(EvaluationRequest)
@blueprint.response(200, EvaluationSchema)
def evaluate(body: dict[str, Any], key: str) -> Evaluated:
    """Ask the decision that is in force under a key, or one of its versions; the answer is in the record."""
    return decisions.evaluate(uow(), key, body["variables"], body["version"])
