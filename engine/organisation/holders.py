"""
Who holds a role: "who was X in unit Y on day Z" is one statement.

Whoever holds a role nearest to a unit is asked: in the unit itself; then, where the role is searched upward, in
the units above it, the nearest first; the whole organisation is asked last, whatever the role. A closed account
holds nothing from the day on which it was closed, as if it were not appointed; of the days before it is told: what
was, was.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Select,
    Text,
    bindparam,
    exists,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, lazyload

from engine.accounts.models import Account
from engine.organisation import repository
from engine.organisation.chart import MOST_LEVELS
from engine.organisation.models import Appointment, Role, Unit
from engine.organisation.periods import in_force

MANAGER = "unit_manager"
SYSTEM_OWNER = "system_owner"
WHOLE_ORGANISATION = MOST_LEVELS + 1
"""Further up than any unit."""
DAY = bindparam("day", type_=Date)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody holds a role, so many levels above the unit that was asked for."""

    role: str
    level: int
    unit: str | None
    """Where the appointment is; None for the whole organisation."""
    account: Account


def holders(session: Session, role: str, unit: str | None, on: date) -> list[Account]:
    """
    Return who holds a role for a unit on a day, by name; nobody for a unit that is not there on that day.

    Without a unit: who holds it for the whole organisation.
    """
    return _nearest(_told(session, _HOLDERS, unit, on, role=role))


def holders_of_every_role(session: Session, unit: str | None, on: date) -> dict[str, list[Held]]:
    """Return, for every role that somebody holds for a unit on a day, who does and where."""
    told = _told(session, _HOLDERS_OF_EVERY_ROLE, unit, on)
    found: dict[str, list[Held]] = {}
    for key, rows in groupby(told, key=lambda each: each.role):
        _, nearest = next(groupby(rows, key=lambda each: each.level))
        found[key] = list(nearest)
    return found


def roles_of(
    session: Session, accounts: Collection[UUID], on: date
) -> Mapping[UUID, list[tuple[str, str | None]]]:
    """Return what people are appointed to on a day: roles and the units for which, None for all of them."""
    found: dict[UUID, list[tuple[str, str | None]]] = defaultdict(list)
    for account_id, role, unit in session.execute(
        select(Appointment.account_id, Appointment.role_key, Unit.key)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.account_id.in_(accounts), in_force(Appointment, on))
        .order_by(Appointment.role_key, Unit.key.is_not(None), Unit.key)
    ):
        found[account_id].append((role, unit))
    return found


def manager_of(session: Session, account_id: UUID, on: date) -> list[Account]:
    """
    Return who leads the unit that a person works in on a day; of whoever leads it, who leads the next one above.

    More than one where they share the work; nobody for the head of all, and for those who work in no unit. Of
    several units the one worked in longest counts.
    """
    units = repository.units_of(session, account_id, on)
    if not units:
        return []
    rows = _told(session, _LEADERS, units[0].key, on, role=MANAGER)
    for _, level in groupby(rows, key=lambda each: each.level):
        leading = [each.account for each in level]
        if account_id not in {each.id for each in leading}:
            return leading
    return []


def owns_the_system(session: Session, account_id: UUID, on: date) -> bool:
    """Tell whether somebody is appointed system owner of the whole organisation."""
    appointed = exists().where(
        Appointment.account_id == account_id,
        Appointment.role_key == SYSTEM_OWNER,
        Appointment.unit_id.is_(None),
        in_force(Appointment, on),
    )
    return bool(session.scalar(select(appointed)))


def _nearest(rows: Sequence[Held]) -> list[Account]:
    for _, level in groupby(rows, key=lambda each: each.level):
        return [each.account for each in level]
    return []


def _statement(
    asked: ColumnElement[bool], reached: ColumnElement[bool], chain: CTE
) -> Select[str, int, str | None, Account]:
    """Ask who holds a role from a unit upward, by role, the nearest first."""
    found = union_all(
        select(Appointment.role_key, Appointment.account_id, Appointment.unit_id, chain.c.level)
        .join(chain, chain.c.unit_id == Appointment.unit_id)
        # The units once more: SQLite would else read everybody who has the role anywhere.
        .where(Appointment.unit_id.in_(select(chain.c.unit_id)))
        .where(asked, in_force(Appointment, DAY), reached),
        select(
            Appointment.role_key,
            Appointment.account_id,
            Appointment.unit_id,
            literal(WHOLE_ORGANISATION).label("level"),
        ).where(asked, in_force(Appointment, DAY), Appointment.unit_id.is_(None)),
    ).subquery()
    return (
        select(found.c.role_key, found.c.level, Unit.key, Account)
        .join(Account, Account.id == found.c.account_id)
        .outerjoin(Unit, Unit.id == found.c.unit_id)
        .where(or_(Account.is_active, Account.closed_on > DAY))
        .order_by(found.c.role_key, found.c.level, Account.name)
        .options(lazyload(Account.memberships))
    )


# Put together once: to do so takes longer than to execute them.
_UPWARD = repository.chain_upward(bindparam("unit", type_=Text), DAY)
_THIS_ROLE = Appointment.role_key == bindparam("role", type_=Text)
_AS_THE_ROLE_SAYS = or_(
    _UPWARD.c.level == 0,
    select(Role.searched_upward).where(Role.key == Appointment.role_key).scalar_subquery(),
)
_HOLDERS = _statement(_THIS_ROLE, _AS_THE_ROLE_SAYS, _UPWARD)
_HOLDERS_OF_EVERY_ROLE = _statement(true(), _AS_THE_ROLE_SAYS, _UPWARD)
_LEADERS = _statement(_THIS_ROLE, true(), _UPWARD)


def _told(
    session: Session,
    statement: Select[str, int, str | None, Account],
    unit: str | None,
    on: date,
    **asked: str,
) -> list[Held]:
    rows = session.execute(statement, {"unit": unit, "day": on, **asked})
    return [Held(*row) for row in rows]
