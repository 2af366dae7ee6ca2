"""Placing people in the unit that the provider they sign in with names for them."""

from uuid import UUID

from sqlalchemy import select

from engine.errors import Conflict
from engine.organisation import belongings, periods
from engine.organisation.authority import begin_change
from engine.organisation.models import Belonging, Unit
from engine.organisation.periods import Period, today
from engine.texts import can_be_kept
from engine.uow import UnitOfWork


def place(uow: UnitOfWork, account_id: UUID, key: str) -> Belonging | None:
    """
    Place a person in a unit from today on, where there is such a unit and the person is not in it.

    Nobody is taken out of a unit by this: that is a decision of the organisation, and its days are planned there.
    """
    if not can_be_kept(key) or not _is_missing(uow, account_id, key):
        return None
    begin_change(uow)
    unit = uow.session.scalar(select(Unit).where(Unit.key == key))
    day = today(uow)
    if unit is None or not unit.period.covers(day) or not _is_missing(uow, account_id, key):
        return None
    period = Period(day, unit.period.last)
    own = select(Belonging).where(Belonging.account_id == account_id, Belonging.unit_id == unit.id)
    try:
        periods.free(period, (each.period for each in uow.session.scalars(own)))
    except Conflict:
        return None  # planned for later: that stands
    return belongings.add(uow, account_id, unit.id, period)


def _is_missing(uow: UnitOfWork, account_id: UUID, key: str) -> bool:
    """Tell whether there is such a unit, and the person is not in it today."""
    day = today(uow)
    unit = uow.session.scalar(select(Unit).where(Unit.key == key))
    if unit is None:
        return False
    own = select(Belonging).where(Belonging.account_id == account_id, Belonging.unit_id == unit.id)
    return not any(each.period.covers(day) for each in uow.session.scalars(own))
