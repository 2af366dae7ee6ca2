from typing import Any

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.inbox import search
from engine.inbox.search import Found
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.search import FoundSchema, SearchQuery
from web.transactions import uow

blueprint = Blueprint("search", __name__, url_prefix="/api/v1/search")


@blueprint.route("")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(SearchQuery, location="query", unknown=RAISE)
@blueprint.response(200, FoundSchema)
def find(query: dict[str, Any]) -> Found:
    """Find tasks and cases that you may see by the words of their names and references."""
    return search.find(uow(), query["q"], limit=query["limit"])
