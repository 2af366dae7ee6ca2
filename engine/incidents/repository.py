from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.incidents.models import Incident


def get(session: Session, incident_id: UUID) -> Incident:
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise NotFound
    return incident


def open_of(session: Session, instance_id: UUID) -> Sequence[Incident]:
    return session.scalars(
        select(Incident)
        .where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
        .order_by(Incident.id)
    ).all()


def all_of(session: Session, instance_id: UUID) -> Sequence[Incident]:
    return session.scalars(
        select(Incident).where(Incident.instance_id == instance_id).order_by(Incident.id)
    ).all()


def first_of_several(session: Session, instances: Collection[UUID]) -> dict[UUID, Incident]:
    """Return the oldest open incident of instances by instance, for lists that say what is wrong."""
    found: dict[UUID, Incident] = {}
    for each in session.scalars(
        select(Incident)
        .where(Incident.instance_id.in_(instances), Incident.resolved_at.is_(None))
        .order_by(Incident.id)
    ):
        found.setdefault(each.instance_id, each)
    return found
