"""The forms that came with a version of a process."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import get_locale

from bpmn.forms import json_schema
from bpmn.forms.fields import Form
from engine.definitions import repository
from engine.errors import NotFound
from engine.execution.library import DeployedLibrary
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.forms import DeployedFormSchema, FormSchema
from web.transactions import uow

blueprint = Blueprint("forms", __name__, url_prefix="/api/v1/process-definitions")


@blueprint.route("/<uuid:definition_id>/forms")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, DeployedFormSchema(many=True))
def listed(definition_id: UUID) -> list[dict[str, str]]:
    """List the forms of a version by their keys, in the language of the request."""
    language = str(get_locale())
    return [
        {"key": key, "title": form.title.in_language(language)}
        for key, form in sorted(_forms(definition_id).items())
    ]


@blueprint.route("/<uuid:definition_id>/forms/<key>")
@requires(Permission.READ_DEFINITIONS)
@blueprint.response(200, FormSchema)
def get(definition_id: UUID, key: str) -> dict[str, Any]:
    """Get what a form asks as JSON Schema, in the language of the request."""
    form = _forms(definition_id).get(key)
    if form is None:
        raise NotFound
    return json_schema.of(form, str(get_locale()))


def _forms(definition_id: UUID) -> Mapping[str, Form]:
    definition = repository.get(uow().session, definition_id)
    return DeployedLibrary(uow()).of(definition).forms
