from typing import Any

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import holders, repository
from engine.organisation.periods import today
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import PersonQuery, PersonSchema
from web.transactions import uow

blueprint = Blueprint("people", __name__, url_prefix="/api/v1/people")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(PersonQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(PersonSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List people with their units and what they are appointed to on a day."""
    session, on = uow().session, query["on"] or today(uow())
    found = repository.people(
        session, on, unit=query["unit"], after=query["cursor"], limit=query["limit"] + 1
    )
    shown = page(found, query["limit"])
    identities = [each.id for each in shown["items"]]
    units = repository.units_of_several(session, identities, on)
    roles = holders.roles_of(session, identities, on)
    shown["items"] = [
        {
            "id": each.id,
            "name": each.name,
            "display_name": each.display_name,
            "units": units.get(each.id, []),
            "roles": [{"role": role, "unit": unit} for role, unit in roles.get(each.id, [])],
        }
        for each in shown["items"]
    ]
    return shown
