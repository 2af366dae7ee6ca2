from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import RAISE
from werkzeug.exceptions import UnsupportedMediaType

from bpmn.deployment import Kind
from engine.definitions import pictures, repository
from engine.definitions.models import Definition, DefinitionPicture
from engine.identity.permissions import Permission
from web import changes
from web.api import files, versions
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.changes import Comparison
from web.schemas.common import listing
from web.schemas.definitions import DefinitionQuery, PictureSchema, ProcessDefinitionSchema
from web.schemas.differences import ComparisonQuery, ComparisonSchema
from web.transactions import uow

PICTURE = {"required": True, "content": {"image/svg+xml": {"schema": {"type": "string"}}}}

blueprint = Blueprint("process-definitions", __name__, url_prefix="/api/v1/process-definitions")


@blueprint.route("")
@requires(Permission.READ_DEFINITIONS)
@blueprint.arguments(DefinitionQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(ProcessDefinitionSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List versions of processes, the newest deployment first."""
    return versions.listed(Kind.PROCESS, query)


@blueprint.route("/<uuid:definition_id>")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, ProcessDefinitionSchema)
def get(definition_id: UUID) -> Definition:
    """Get one version of a process."""
    return repository.get(uow().session, definition_id)


@blueprint.route("/<uuid:definition_id>/xml")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, {"type": "string"}, content_type="application/xml")
def xml(definition_id: UUID) -> Response:
    """Get the file of a version, byte for byte as it was deployed."""
    return files.model(repository.get(uow().session, definition_id))


@blueprint.route("/<uuid:definition_id>/svg")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, {"type": "string"}, content_type="image/svg+xml")
def svg(definition_id: UUID) -> Response:
    """Get the picture of a version, with words in the language of the request."""
    return files.picture(repository.get(uow().session, definition_id))


@blueprint.route("/<uuid:definition_id>/picture", methods=["PUT"])
@blueprint.doc(requestBody=PICTURE)
@requires(Permission.DEPLOY)
@blueprint.response(200, PictureSchema)
def keep_picture(definition_id: UUID) -> DefinitionPicture:
    """Give a version a picture, as the program made it that the model was drawn in. It is kept sanitised."""
    if request.mimetype != "image/svg+xml":
        raise UnsupportedMediaType
    definition = repository.get(uow().session, definition_id)
    return pictures.keep(uow(), definition, request.get_data())


@blueprint.route("/<uuid:definition_id>/differences")
@requires(Permission.READ_DEFINITIONS)
@blueprint.arguments(ComparisonQuery, location="query", unknown=RAISE)
@blueprint.response(200, ComparisonSchema)
def differences(query: dict[str, Any], definition_id: UUID) -> Comparison:
    """Tell what changed since the version before, or since another model."""
    definition = repository.get(uow().session, definition_id)
    return changes.since(uow().session, definition, query["from_"])
