"""A person has looked into an incident."""

from uuid import UUID

from bpmn.errors import NoSuchWait
from engine.audit.events import Event, EventType
from engine.errors import Conflict
from engine.execution import runner, sight
from engine.identity.permissions import Permission, require
from engine.incidents import repository as incidents
from engine.incidents.models import Incident
from engine.instances import repository as instances
from engine.instances.models import InstanceState
from engine.uow import UnitOfWork


def retry(uow: UnitOfWork, incident_id: UUID) -> Incident:
    """Execute the failed element again, and let its process run on; a new failure is a new incident."""
    instance = instances.locked(uow.session, incidents.get(uow.session, incident_id).instance_id)
    incident = incidents.get(uow.session, incident_id)
    require(uow.actor, Permission.RETRY_INCIDENT, sight.of_instance(uow, instance))
    if instance.state == InstanceState.SUSPENDED:
        raise Conflict("The case is paused. It has to go on first.")
    if incident.resolved_at is not None:
        raise Conflict("The incident is resolved already.")
    incident.resolved_at = uow.now
    incident.resolved_by = uow.actor.id
    uow.session.flush()  # the instance's state depends on its open incidents
    resolved = Event(EventType.INCIDENT_RESOLVED, {"incident": str(incident.id)})
    with runner.step(uow, instance, resolved) as workflow:
        try:
            workflow.retry(incident.token, now=uow.now)
        except NoSuchWait as error:
            raise Conflict(error.template) from error
    return incident
