from collections.abc import Iterable
from datetime import date
from typing import Any

from marshmallow import RAISE

from engine.accounts.models import Account
from engine.identity.permissions import Permission
from engine.organisation import holders, repository, units
from engine.organisation.models import Unit
from engine.organisation.periods import given, today
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import cursor, listing
from web.schemas.organisation import (
    EndingSchema,
    HeldSchema,
    MoveSchema,
    NewUnit,
    OnQuery,
    UnitNames,
    UnitQuery,
    UnitSchema,
    UnitWithPlacingsSchema,
)
from web.transactions import uow

blueprint = Blueprint("units", __name__, url_prefix="/api/v1/units")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(UnitQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(UnitSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List the units that there are on a day, by key; with `parent`, those directly below it."""
    found = repository.units(
        uow().session,
        _day(query["on"]),
        below=query["parent"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    shown = [_shown(unit, parent) for unit, parent in found[: query["limit"]]]
    more = len(found) > query["limit"]
    return {"items": shown, "next_cursor": cursor(shown[-1]["key"]) if more else None}


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(NewUnit)
@blueprint.response(201, UnitWithPlacingsSchema)
def create(body: dict[str, Any]) -> dict[str, Any]:
    """Add a unit, below another or at the top."""
    period = given(body.pop("valid_from"), body.pop("valid_to"))
    unit = units.create(uow(), **body, period=period)
    return _whole(unit, unit.valid_from)


@blueprint.route("/<string:key>")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(OnQuery, location="query", unknown=RAISE)
@blueprint.response(200, UnitWithPlacingsSchema)
def get(query: dict[str, Any], key: str) -> dict[str, Any]:
    """Get a unit: where it stands on a day, and where it stood and will stand."""
    return _whole(repository.unit(uow().session, key), _day(query["on"]))


@blueprint.route("/<string:key>", methods=["PUT"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(UnitNames)
@blueprint.response(200, UnitWithPlacingsSchema)
def rename(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Give a unit other names, on all days."""
    return _whole(units.rename(uow(), key, **body), today(uow()))


@blueprint.route("/<string:key>/parent", methods=["PUT"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(MoveSchema)
@blueprint.response(200, UnitWithPlacingsSchema)
def move(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Place a unit below another from a day on, until the next move that is planned; null is the top."""
    return _whole(units.move(uow(), key, body["parent"], body["on"]), body["on"])


@blueprint.route("/<string:key>/ending", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, UnitWithPlacingsSchema)
def end(body: dict[str, Any], key: str) -> dict[str, Any]:
    """Give a unit its last day; the units below it and the people in it go first."""
    return _whole(units.end(uow(), key, body["valid_to"]), body["valid_to"])


@blueprint.route("/<string:key>/roles")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(OnQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(HeldSchema))
def roles(query: dict[str, Any], key: str) -> dict[str, Any]:
    """List who holds which role for a unit on a day, in the unit or above it as the role says."""
    session = uow().session
    repository.unit(session, key)
    found = holders.holders_of_every_role(session, key, _day(query["on"]))
    items = [
        {"role": role, "unit": held[0].unit, "holders": _people(each.account for each in held)}
        for role, held in found.items()
    ]
    return {"items": items, "next_cursor": None}


def _day(on: date | None) -> date:
    return on or today(uow())


def _people(accounts: Iterable[Account]) -> list[dict[str, str]]:
    return [{"name": each.name, "display_name": each.display_name} for each in accounts]


def _shown(unit: Unit, parent: str | None) -> dict[str, Any]:
    return {
        "key": unit.key,
        "name_sv": unit.name_sv,
        "name_en": unit.name_en,
        "kind": unit.kind,
        "parent": parent,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
    }


def _whole(unit: Unit, on: date) -> dict[str, Any]:
    session = uow().session
    session.flush()  # what was just written is read as well
    placings = repository.placings(session, unit.id)
    above = next((each.parent for each in placings if each.period.covers(on)), None)
    ancestors = [each.key for each in repository.ancestors(session, unit.key, on)]
    more = {"ancestors": ancestors, "placings": [p for p in placings if not p.period.is_empty]}
    return _shown(unit, above) | more
