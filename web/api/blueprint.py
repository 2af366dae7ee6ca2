"""Blueprints of the API: a body is JSON and says so, or it is refused; it is never left unread."""

from typing import Any

import flask_smorest
from flask import Request
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType


class JsonParser(FlaskParser):
    def load_json(self, req: Request, schema: Any) -> Any:
        if req.get_data() and not req.is_json:
            raise UnsupportedMediaType
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:  # nested too deeply, too many digits
            raise BadRequest from error


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    ARGUMENTS_PARSER = JsonParser()

    def arguments(self, schema: Any, **options: Any) -> Any:
        """Take what is sent by a schema, which is made once and not for each request."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **options)
