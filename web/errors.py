"""
The one table from errors to statuses, and the two forms in which an error is told.

Programs get `application/problem+json` (RFC 9457), people a page. Both say the same sentence, in the reader's
language; nothing of the inside is told.
"""

import traceback
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from bpmn.findings import Finding
from engine.attachments.store import TooLarge
from engine.errors import (
    Conflict,
    EngineError,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    PasswordMustChange,
    ProviderSilent,
    RecordUnreadable,
    Refused,
    SignInRefused,
    TooManyAttempts,
)
from engine.execution.library import VersionUnreadable
from web.language import say

STATUS: dict[type[EngineError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    PasswordMustChange: HTTPStatus.FORBIDDEN,
    SignInRefused: HTTPStatus.FORBIDDEN,
    ProviderSilent: HTTPStatus.BAD_GATEWAY,
    TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    VersionUnreadable: HTTPStatus.CONFLICT,
    RecordUnreadable: HTTPStatus.CONFLICT,
}
PROGRAMS = ("/api/", "/health", "/ready", "/metrics")

FIELD_SENTENCES = frozenset(
    {
        "Field may not be null.",
        "Invalid input type.",
        "Missing data for required field.",
        "Not a valid UUID.",
        "Not a valid boolean.",
        "Not a valid date.",
        "Not a valid datetime.",
        "Not a valid list.",
        "Not a valid integer.",
        "Not a valid mapping type.",
        "Not a valid string.",
        "There are characters that cannot be kept.",
        "The cursor is not one that was given out.",
        "Unknown field.",
    }
)
"""What marshmallow says of a field: written out so that they are translated."""

log = structlog.get_logger()


def register(app: Flask) -> None:
    app.register_error_handler(EngineError, tell)
    app.register_error_handler(HTTPException, tell_http)
    app.register_error_handler(Exception, tell_unexpected)


def tell(error: EngineError) -> ResponseReturnValue:
    status = STATUS[type(error)]
    if isinstance(error, NotSignedIn) and not for_programs():
        return redirect(url_for("sign_in.show", next=request.full_path.rstrip("?")))
    if isinstance(error, PasswordMustChange) and not for_programs():
        return redirect(url_for("password.show"))
    response = answer(status, say(error.template, error.values), **details(error))
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def details(error: EngineError) -> dict[str, Any]:
    """Return what an error says beside its sentence."""
    more: dict[str, Any] = {}
    if isinstance(error, Refused):
        more["findings"] = [finding(each) for each in error.findings]
    if isinstance(error, Invalid) and error.fields:
        more["fields"] = {
            name: [say(template, values) for template, values in sentences]
            for name, sentences in error.fields.items()
        }
    return more


def tell_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = HTTPStatus(error.code or 500)
    data = getattr(error, "data", None) or {}
    messages = data.get("messages") or data.get("errors")
    more = {"errors": _said(messages)} if messages else {}
    response = answer(status, say(_sentence(status)), **more)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def tell_unexpected(error: Exception) -> ResponseReturnValue:
    # As a text: a renderer would show local variables, which hold what people wrote.
    trace = "".join(traceback.format_exception(error))
    log.error("request.failed", path=request.path, exception=trace)
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, say(_sentence(HTTPStatus(500))))


def _said(messages: Any) -> Any:
    """Say marshmallow's sentences, which come as lists by field, in the language of the reader."""
    if isinstance(messages, dict):
        return {name: _said(each) for name, each in messages.items()}
    if isinstance(messages, list):
        return [_said(each) for each in messages]
    return gettext(messages) if messages in FIELD_SENTENCES else messages


def finding(each: Finding) -> dict[str, Any]:
    return {
        "resource": each.resource,
        "element_id": each.element_id,
        "line": each.line,
        "rule": each.rule,
        "severity": each.severity.value,
        "message": say(each.template, each.values),
    }


def answer(status: HTTPStatus, detail: str, **more: Any) -> Response:
    if for_programs():
        body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
        response = Response(
            json.dumps({**body, **more}), status=status, content_type="application/problem+json"
        )
        if status is HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response
    page = render_template("error.html", status=status, detail=detail, more=more)
    return Response(page, status=status, content_type="text/html; charset=utf-8")


def for_programs() -> bool:
    return request.path.startswith(PROGRAMS)


def _sentence(status: HTTPStatus) -> str:
    return {
        HTTPStatus.BAD_REQUEST: "The request cannot be understood.",
        HTTPStatus.NOT_FOUND: "There is nothing at this address.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that kind of request.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "What was sent is too large.",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The request has a content type that is not read here.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "What was sent cannot be used.",
    }.get(status, "Something went wrong on our side. It has been noted.")
