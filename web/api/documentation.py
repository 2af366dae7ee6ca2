"""flask-smorest's application, with errors as problem+json and its page under our own content policy."""

from importlib.resources import files
from typing import Any

from flask import Blueprint, Flask, current_app, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_smorest import Api
from werkzeug.exceptions import HTTPException

from engine.identity.permissions import Permission
from web.auth.permissions import requires
from web.errors import tell_http
from web.schemas.common import ProblemSchema
from web.transactions import opens_its_own

OPTIONS = {
    "API_TITLE": "Rutin",
    "API_VERSION": "1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": None,
    "API_SPEC_OPTIONS": {
        "info": {"description": "Routines that are executed, and their histories."},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    },
}

ASSETS = str(files("flask_swagger_ui") / "dist")

blueprint = Blueprint("api_documentation", __name__, url_prefix="/api/v1")


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest ships no types
    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        return tell_http(error)


def register(app: Flask, blueprints: list[Any]) -> None:
    app.config.update(OPTIONS)
    api = ProblemApi(app)
    for each in blueprints:
        api.register_blueprint(each)
    for response in api.spec.components.responses.values():
        response["content"] = {"application/problem+json": response["content"]["application/json"]}
    app.extensions["rutin_api"] = api
    app.register_blueprint(blueprint)


@blueprint.get("/openapi.json")
@opens_its_own
@requires(Permission.PUBLIC)
def description() -> ResponseReturnValue:
    api: Any = current_app.extensions["rutin_api"]
    return dict(api.spec.to_dict())


@blueprint.get("/docs")
@opens_its_own
@requires(Permission.PUBLIC)
def page() -> ResponseReturnValue:
    return render_template("api.html", description=url_for("api_documentation.description"))


@blueprint.get("/docs/<path:name>")
@opens_its_own
@requires(Permission.PUBLIC)
def asset(name: str) -> ResponseReturnValue:
    return send_from_directory(ASSETS, name)
