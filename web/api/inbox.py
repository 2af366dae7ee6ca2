from typing import Any

from flask import Response
from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.inbox import export, reading
from engine.inbox.repository import Count
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.inbox import (
    CountsSchema,
    InboxQuery,
    InboxSchema,
    TabQuery,
    asked,
    cursor_of,
)
from web.transactions import uow

blueprint = Blueprint("inbox", __name__, url_prefix="/api/v1")


@blueprint.route("/inbox")
@requires(Permission.READ_TASK)
@blueprint.arguments(InboxQuery, location="query", unknown=RAISE)
@blueprint.response(200, InboxSchema)
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List what you have to do, what you began or what you did."""
    found = reading.page(uow(), asked(query))
    answer: dict[str, Any] = {"lines": found.lines, "next_cursor": cursor_of(found.next)}
    return answer | {"counts": _counts()} if query["counts"] else answer


@blueprint.route("/inbox/counts")
@requires(Permission.READ_TASK)
@blueprint.response(200, CountsSchema)
def counted() -> dict[str, Any]:
    """Count what is in each tab, as far as a thousand."""
    return _counts()


@blueprint.route("/inbox.csv")
@requires(Permission.READ_TASK)
@blueprint.arguments(TabQuery, location="query", unknown=RAISE)
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def as_table(query: dict[str, Any]) -> Response:
    """Get a tab as CSV for spreadsheets: its first 5,000 rows."""
    found = reading.exported(uow(), query["tab"], query["sort"], query["filters"])
    content = export.to_csv(found.lines, uow().installation.settings.zone)
    name = f'attachment; filename="inbox-{query["tab"]}.csv"'
    headers = {"Content-Disposition": name, "Rutin-Truncated": str(found.next is not None).lower()}
    return Response(content, content_type="text/csv; charset=utf-8", headers=headers)


def _counts() -> dict[str, Count]:
    return {tab.value: count for tab, count in reading.counts(uow()).items()}
