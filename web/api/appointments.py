from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.identity.permissions import Permission
from engine.organisation import appointments
from engine.organisation.appointments import Entry
from engine.organisation.periods import given
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.schemas.common import listing, page
from web.schemas.organisation import (
    AppointmentQuery,
    AppointmentSchema,
    EndingSchema,
    NewAppointment,
)
from web.transactions import uow

blueprint = Blueprint("appointments", __name__, url_prefix="/api/v1/appointments")


@blueprint.route("")
@requires(Permission.READ_ORGANISATION)
@blueprint.arguments(AppointmentQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(AppointmentSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List who is appointed to which role where, of all days or of one."""
    found = appointments.listed(
        uow(),
        role=query["role"],
        person=query["person"],
        unit=query["unit"],
        on=query["on"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(NewAppointment)
@blueprint.response(201, AppointmentSchema)
def create(body: dict[str, Any]) -> Entry:
    """Appoint a person to a role, in a unit or in the whole organisation."""
    period = given(body["valid_from"], body["valid_to"])
    row = appointments.create(
        uow(),
        body["role"],
        body["person"],
        body["unit"],
        period=period,
        decision=body["decision"],
    )
    return appointments.get(uow(), row.id)


@blueprint.route("/<uuid:appointment_id>")
@requires(Permission.READ_ORGANISATION)
@blueprint.response(200, AppointmentSchema)
def get(appointment_id: UUID) -> Entry:
    """Get an appointment."""
    return appointments.get(uow(), appointment_id)


@blueprint.route("/<uuid:appointment_id>/ending", methods=["POST"])
@requires(Permission.CHANGE_ORGANISATION)
@blueprint.arguments(EndingSchema)
@blueprint.response(200, AppointmentSchema)
def end(body: dict[str, Any], appointment_id: UUID) -> Entry:
    """Give an appointment its last day; that it was stays known."""
    appointments.end(uow(), appointment_id, body["valid_to"])
    return appointments.get(uow(), appointment_id)
