from typing import Any
from uuid import UUID

from marshmallow import RAISE

from engine.cases import headers, reading
from engine.cases.headers import CaseHeader
from engine.cases.reading import Case
from engine.definitions import repository as definitions
from engine.execution import instances
from engine.identity.permissions import Permission
from web.api.blueprint import Blueprint
from web.auth.permissions import requires
from web.idempotency import DESCRIBED, idempotent
from web.language import say
from web.schemas.common import HistoryQuery, listing, page
from web.schemas.instances import (
    CancellationSchema,
    ElementSchema,
    EventSchema,
    HeaderChangeSchema,
    HeaderSchema,
    InstanceQuery,
    InstanceSchema,
    InstanceWithVariablesSchema,
    ResumptionSchema,
    StartSchema,
    VerificationSchema,
)
from web.transactions import uow

blueprint = Blueprint("process-instances", __name__, url_prefix="/api/v1/process-instances")


@blueprint.route("", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.START_INSTANCE)
@blueprint.arguments(StartSchema)
@blueprint.response(201, InstanceSchema)
def start(body: dict[str, Any]) -> Case:
    """Start a process: the version in force under a key, or a certain version; also a case secret to yourself."""
    unit = uow()
    if "definition_id" in body:
        definition = definitions.get(unit.session, body["definition_id"])
    else:
        definition = definitions.latest_named(unit.session, body["definition_key"])
    instance = instances.start(
        unit,
        definition,
        business_key=body["business_key"],
        variables=body["variables"],
        unit=body["unit"],
        given=body["header"],
    )
    [case] = reading.of(unit, [instance])
    return case


@blueprint.route("")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(InstanceQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(InstanceSchema))
def listed(query: dict[str, Any]) -> dict[str, Any]:
    """List the instances that you may see, the newest first."""
    found = reading.listed(
        uow(),
        state=query["state"],
        definition_key=query["definition_key"],
        business_key=query["business_key"],
        registration_no=query["registration_no"],
        after=query["cursor"],
        limit=query["limit"] + 1,
    )
    return page(found, query["limit"])


@blueprint.route("/<uuid:instance_id>")
@requires(Permission.READ_INSTANCE)
@blueprint.response(200, InstanceWithVariablesSchema)
def get(instance_id: UUID) -> Case:
    """Get an instance with its variables."""
    return reading.get(uow(), instance_id)


@blueprint.route("/<uuid:instance_id>/header", methods=["PATCH"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.CHANGE_HEADER)
@blueprint.arguments(HeaderChangeSchema)
@blueprint.response(200, HeaderSchema)
def change_header(body: dict[str, Any], instance_id: UUID) -> CaseHeader:
    """Change what is said of an instance beside its process. Only those it names see a secret one."""
    return headers.change(uow(), instance_id, body)


@blueprint.route("/<uuid:instance_id>/cancellation", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.CANCEL_INSTANCE)
@blueprint.arguments(CancellationSchema)
@blueprint.response(200, InstanceSchema)
def cancel(body: dict[str, Any], instance_id: UUID) -> Case:
    """End an instance where it stands, and say why."""
    instances.cancel(uow(), instance_id, reason=body["reason"])
    return reading.get(uow(), instance_id)


@blueprint.route("/<uuid:instance_id>/suspension", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.SUSPEND_INSTANCE)
@blueprint.arguments(CancellationSchema)
@blueprint.response(200, InstanceSchema)
def suspend(body: dict[str, Any], instance_id: UUID) -> Case:
    """Pause an instance, and say why: its tasks are neither taken nor completed, and no step is tried again."""
    instances.suspend(uow(), instance_id, reason=body["reason"])
    return reading.get(uow(), instance_id)


@blueprint.route("/<uuid:instance_id>/resumption", methods=["POST"])
@blueprint.doc(parameters=[DESCRIBED])
@idempotent
@requires(Permission.SUSPEND_INSTANCE)
@blueprint.arguments(ResumptionSchema)
@blueprint.response(200, InstanceSchema)
def resume(body: dict[str, Any], instance_id: UUID) -> Case:
    """Let a paused instance go on."""
    instances.resume(uow(), instance_id, reason=body["reason"])
    return reading.get(uow(), instance_id)


@blueprint.route("/<uuid:instance_id>/elements")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(HistoryQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(ElementSchema))
def elements(query: dict[str, Any], instance_id: UUID) -> dict[str, Any]:
    """List what was done and what is being done, in the order it was begun."""
    found = reading.steps(uow(), instance_id, after=query["cursor"] or 0, limit=query["limit"] + 1)
    return page(found, query["limit"], "token")


@blueprint.route("/<uuid:instance_id>/events")
@requires(Permission.READ_INSTANCE)
@blueprint.arguments(HistoryQuery, location="query", unknown=RAISE)
@blueprint.response(200, listing(EventSchema))
def events(query: dict[str, Any], instance_id: UUID) -> dict[str, Any]:
    """List the record of an instance, with the hashes that chain it."""
    found = reading.events(
        uow(), instance_id, after=query["cursor"] or 0, limit=query["limit"] + 1
    )
    return page(found, query["limit"], "seq")


@blueprint.route("/<uuid:instance_id>/verification")
@requires(Permission.READ_INSTANCE)
@blueprint.response(200, VerificationSchema)
def verification(instance_id: UUID) -> dict[str, Any]:
    """Verify the record of an instance, and that what is shown is what it says."""
    found = reading.verification(uow(), instance_id)
    broken = found.first_break
    return {
        "intact": found.intact,
        "events": found.events,
        "head": found.head,
        "first_break": broken
        and {"seq": broken.seq, "message": say(broken.template, broken.values)},
    }
