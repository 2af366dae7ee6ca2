"""Who works in which unit, from when until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import Conflict, NotFound
from engine.organisation import periods, repository
from engine.organisation.authority import CHAIN, begin_change
from engine.organisation.models import Belonging, Unit
from engine.organisation.periods import Period, today
from engine.uow import UnitOfWork


def create(uow: UnitOfWork, person: str, unit: str, period: Period) -> Belonging:
    begin_change(uow)
    account = accounts.named(uow.session, person)
    row = repository.unit(uow.session, unit)
    within(row.key, row.period, period)
    own = select(Belonging).where(Belonging.account_id == account.id, Belonging.unit_id == row.id)
    periods.free(period, (each.period for each in uow.session.scalars(own)))
    return add(uow, account.id, row.id, period)


def end(uow: UnitOfWork, belonging_id: UUID, last: date) -> Belonging:
    begin_change(uow)
    belonging = repository.one(uow.session, Belonging, belonging_id)
    period = periods.ending(belonging.period, last, today(uow))
    unit = repository.one(uow.session, Unit, belonging.unit_id)
    within(unit.key, unit.period, period)
    own = select(Belonging).where(
        Belonging.account_id == belonging.account_id,
        Belonging.unit_id == belonging.unit_id,
        Belonging.id != belonging.id,
    )
    periods.free(period, (each.period for each in uow.session.scalars(own)))
    give_last_day(uow, belonging, period)
    return belonging


def within(unit: str, there: Period, period: Period) -> None:
    """Raises `Conflict` for days on which there is no such unit."""
    if there.contains(period):
        return
    if period.first < there.first:
        raise Conflict("'{unit}' is not there before {first}.", unit=unit, first=there.first)
    raise Conflict("'{unit}' is not there after {last}.", unit=unit, last=there.last)


def add(uow: UnitOfWork, account_id: UUID, unit_id: UUID, period: Period) -> Belonging:
    """Write what was looked at."""
    belonging = Belonging(
        id=new_id(),
        account_id=account_id,
        unit_id=unit_id,
        valid_from=period.first,
        valid_to=period.last,
    )
    uow.session.add(belonging)
    uow.record(CHAIN, Event(EventType.BELONGING_CREATED, _facts(belonging)))
    return belonging


def give_last_day(uow: UnitOfWork, belonging: Belonging, period: Period) -> None:
    belonging.valid_to = period.last
    uow.record(CHAIN, Event(EventType.BELONGING_ENDED, _facts(belonging)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A belonging as a list shows it."""

    id: UUID
    person: str
    unit: str
    valid_from: date
    valid_to: date | None


def get(uow: UnitOfWork, belonging_id: UUID) -> Entry:
    uow.session.flush()  # what was just written is read as well
    found = _entries(uow, _entry().where(Belonging.id == belonging_id))
    if not found:
        raise NotFound
    return found[0]


def listed(  # noqa: PLR0913
    uow: UnitOfWork,
    *,
    person: str | None = None,
    unit: str | None = None,
    on: date | None = None,
    after: UUID | None = None,
    limit: int,
) -> list[Entry]:
    """Return belongings of all days, or of one."""
    query = _entry()
    if person is not None:
        query = query.where(Account.name == person)
    if unit is not None:
        query = query.where(Unit.key == unit)
    return _entries(uow, repository.stretch(query, Belonging, on=on, after=after, limit=limit))


def _entry() -> Select[Belonging, str, str]:
    return (
        select(Belonging, Account.name, Unit.key)
        .join(Account, Account.id == Belonging.account_id)
        .join(Unit, Unit.id == Belonging.unit_id)
    )


def _entries(uow: UnitOfWork, query: Select[Belonging, str, str]) -> list[Entry]:
    return [
        Entry(row.id, person, unit, row.valid_from, row.valid_to)
        for row, person, unit in uow.session.execute(query)
    ]


def _facts(belonging: Belonging) -> dict[str, str | None]:
    return {
        "belonging": str(belonging.id),
        "account": str(belonging.account_id),
        "unit": str(belonging.unit_id),
        **belonging.period.facts,
    }
