"""What a person is in the organisation on a day: where they work, and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.models import Membership
from engine.organisation import repository
from engine.organisation.models import Appointment, Role, Unit
from engine.organisation.periods import in_force


@dataclass(frozen=True, slots=True)
class Office:
    """A role or a group that somebody has."""

    key: str
    role: Role | None
    """None for a group that is no role."""
    unit: Unit | None = None
    """None for the whole organisation."""


@dataclass(frozen=True, slots=True)
class Standing:
    units: Sequence[Unit]
    """The first is the one worked in longest."""
    offices: Sequence[Office]

    @property
    def roles(self) -> list[Role]:
        """Return the roles of the offices, each once."""
        return list({each.role.key: each.role for each in self.offices if each.role}.values())


def of(session: Session, account_id: UUID, on: date) -> Standing:
    """Return what somebody is on a day, in three statements."""
    appointed = session.execute(
        select(Role, Unit)
        .join(Appointment, Appointment.role_key == Role.key)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id == account_id, in_force(Appointment, on))
        .order_by(Role.key, Unit.key.is_not(None), Unit.key)
    )
    offices = [Office(role.key, role, unit) for role, unit in appointed]
    known = {each.key for each in offices if each.unit is None}
    member = session.execute(
        select(Membership.group, Role)
        .outerjoin(Role, Role.key == Membership.group)
        .where(Membership.account_id == account_id)
        .order_by(Membership.group)
    )
    offices += [Office(group, role) for group, role in member if group not in known]
    return Standing(repository.units_of(session, account_id, on), offices)
