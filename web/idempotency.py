"""
`Idempotency-Key`: a client that does not know whether its request arrived sends it again, and it is done once.

The answer is kept in the transaction of what it tells about. It belongs to the account and the key; the same key
with another request is an error of the client and is told so.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from flask import Response, make_response, request

from engine.execution import sight
from engine.identity.permissions import require_reach
from engine.instances import repository as instances
from engine.replies import commands as replies
from engine.tasks import repository as tasks
from web.auth.requests import ANONYMOUS
from web.transactions import actor, uow

HEADER = "Idempotency-Key"
DESCRIBED = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "The same request sent again with the same key is done once, and answered alike",
    "schema": {"type": "string", "minLength": 1, "maxLength": replies.LONGEST_KEY},
}
View = TypeVar("View", bound=Callable[..., Any])


def idempotent(view: View) -> View:
    """Answer a request that was answered before as it was then. Stands outermost, under the route."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None or actor() is ANONYMOUS:  # who is not signed in is told so by the view
            return view(*args, **kwargs)
        require_reach(actor(), view.permission)  # type: ignore[attr-defined]  # set by `requires`
        asked = _fingerprint()
        earlier = replies.earlier(uow(), key, asked)
        if earlier is not None:
            _require_openness(kwargs)
            return _again(earlier.status, earlier.body)
        response = make_response(view(*args, **kwargs))
        replies.remember(uow(), key, asked, status=response.status_code, body=response.get_json())
        return response

    return once  # type: ignore[return-value]


def _require_openness(names: Mapping[str, Any]) -> None:
    """Raises `NotFound`: what was told of a case is not told again to who may not see it since it is secret."""
    unit = uow()
    instance_id = names.get("instance_id")
    if "task_id" in names:
        instance_id = tasks.get(unit.session, names["task_id"]).instance_id
    if instance_id is not None:
        sight.require_openness(unit, instances.get(unit.session, instance_id))


def _fingerprint() -> str:
    asked = sha256(f"{request.method} {request.full_path}\n".encode())
    asked.update(request.get_data(cache=True))
    return asked.hexdigest()


def _again(status: int, body: dict[str, Any]) -> Response:
    response = make_response(body, status)
    response.headers["Idempotency-Replayed"] = "true"
    return response
