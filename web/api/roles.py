from typing import Any

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import repository, roles
from engine.organisation.models import Role
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import KeyPageQuery, NewRole, RoleChange, RoleSchema
from web.transactions import uow

blueprint = Blueprint("roles", __name__, url_prefix="/api/v1/roles")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(KeyPageQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(RoleSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List the roles that people can be appointed to, by key."""
    found = repository.roles(uow().session, after=query["cursor"], limit=query["limit"] + 1)
    return page(found, query["limit"], "key")


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(NewRole)
@blueprint.response(201, RoleSchema)
def create(body: dict[str, Any]) -> Role:
    """Add a role of your own."""
    return roles.create(uow(), **body)


@blueprint.route("/<string:key>")
@requires(Permission.READ_ORGANISATION)
@blueprint.response(200, RoleSchema)
def get(key: str) -> Role:
    """Get a role."""
    return repository.role(uow().session, key)


@blueprint.route("/<string:key>", methods=["PUT"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(RoleChange)
@blueprint.response(200, RoleSchema)
def change(body: dict[str, Any], key: str) -> Role:
    """Call a role otherwise, and say whether it is searched in the units above."""
    return roles.change(uow(), key, **body)
