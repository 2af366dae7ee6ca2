from dataclasses import fields
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from bpmn.deployment import Options
from engine.definitions import commands
from engine.errors import Invalid
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.errors import finding
from web.schemas.definitions import DeploymentSchema
from web.transactions import uow

OPTIONS = tuple(each.name for each in fields(Options))

BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["name", "resources"],
                "properties": {
                    "name": {"type": "string", "maxLength": commands.LONGEST_NAME},
                    **{each: {"type": "boolean", "default": False} for each in OPTIONS},
                    "resources": {
                        "type": "array",
                        "items": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                        },
                    },
                },
            }
        }
    },
}

blueprint = Blueprint("deployments", __name__, url_prefix="/api/v1/deployments")


@blueprint.route("", methods=["POST"])
@blueprint.doc(requestBody=BODY)
@requires(Permission.DEPLOY)
@blueprint.response(201, DeploymentSchema)
def create() -> dict[str, Any]:
    """Deploy a set of files: all of them, or none and every reason why."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    if set(request.form) - {"name", *OPTIONS} or set(request.files) - {"resources"}:
        raise Invalid(
            "A deployment consists of the parts 'name' and 'resources'; it may have {options}.",
            options=", ".join(OPTIONS),
        )
    deployed = commands.deploy(uow(), request.form.get("name", ""), _resources(), _options())
    return {
        "deployment": deployed.deployment,
        "definitions": deployed.definitions,
        "findings": [finding(each) for each in deployed.findings],
    }


def _options() -> Options:
    asked = {each: request.form.get(each, "false") for each in OPTIONS}
    for each, value in asked.items():
        if value not in {"true", "false"}:
            raise Invalid("'{part}' is true or false.", part=each)
    return Options(**{each: value == "true" for each, value in asked.items()})


def _resources() -> dict[str, bytes]:
    resources: dict[str, bytes] = {}
    for each in request.files.getlist("resources"):
        name = (each.filename or "").replace("\\", "/").rpartition("/")[2]
        if not name or name in resources:
            raise Invalid("Each file of a deployment needs a name of its own.")
        resources[name] = each.read()
    return resources
