from collections.abc import Sequence
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
