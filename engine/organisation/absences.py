"""When people are away. Of why only the kind is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import NotFound
from engine.identity.permissions import Permission, Subject, require, require_sight
from engine.organisation import periods, repository
from engine.organisation.authority import CHAIN, hold, of_a_person
from engine.organisation.models import Absence
from engine.organisation.periods import Period, in_force, today
from engine.uow import UnitOfWork

OWN = Subject(oneself=True)


class Reason(StrEnum):
    VACATION = "vacation"
    LEAVE = "leave"
    OTHER = "other"


def create(uow: UnitOfWork, person: str, reason: Reason, period: Period) -> Absence:
    """Note that a person is away: the person, their manager or an administrator does."""
    account = accounts.named(uow.session, person)
    _begin_change(uow, account.id)
    row = Absence(
        id=new_id(),
        account_id=account.id,
        reason=reason.value,
        valid_from=period.first,
        valid_to=period.last,
    )
    uow.session.add(row)
    _record(uow, EventType.ABSENCE_CREATED, row)
    return row


def end(uow: UnitOfWork, absence_id: UUID, last: date) -> Absence:
    row = repository.one(uow.session, Absence, absence_id)
    require_sight(uow.actor, Permission.READ_ABSENCE, of_a_person(uow, row.account_id))
    _begin_change(uow, row.account_id)
    uow.session.refresh(row)  # what it was before the lock does not count
    row.valid_to = periods.ending(row.period, last, today(uow)).last
    _record(uow, EventType.ABSENCE_ENDED, row)
    return row


def absent(session: Session, among: Collection[UUID], on: date) -> set[UUID]:
    """Return who of several people is away on a day."""
    return set(
        session.scalars(
            select(Absence.account_id).where(Absence.account_id.in_(among), in_force(Absence, on))
        )
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An absence as a list shows it."""

    id: UUID
    person: str
    reason: str
    valid_from: date
    valid_to: date | None


def get(uow: UnitOfWork, absence_id: UUID) -> Entry:
    uow.session.flush()  # what was just written is read as well
    found = _entries(uow, _entry().where(Absence.id == absence_id))
    if not found:
        raise NotFound
    return found[0]


def listed(
    uow: UnitOfWork,
    *,
    person: str | None = None,
    on: date | None = None,
    after: UUID | None = None,
    limit: int,
) -> list[Entry]:
    """Return the absences of a person whose the actor may see; without one, the actor's own."""
    query = _entry().where(Absence.account_id == person_seen(uow, person))
    return _entries(uow, repository.stretch(query, Absence, on=on, after=after, limit=limit))


def to_come(uow: UnitOfWork, *, limit: int) -> list[Entry]:
    """Return when the actor is away, today or later, the first to come first."""
    require(uow.actor, Permission.READ_ABSENCE, OWN)
    mine = _entry().where(Absence.account_id == uow.actor.id)
    return _entries(uow, repository.ahead(mine, Absence, today(uow), limit=limit))


def own(uow: UnitOfWork, absence_id: UUID) -> Entry:
    """Return an absence of the actor. Raises `NotFound` for those of others, whether there are such or not."""
    row = uow.session.get(Absence, absence_id)
    is_own = row is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.CHANGE_ABSENCE, Subject(oneself=is_own))
    if row is None or not is_own:
        raise NotFound
    return get(uow, absence_id)


def _entry() -> Select[Absence, str]:
    return select(Absence, Account.name).join(Account, Account.id == Absence.account_id)


def _entries(uow: UnitOfWork, query: Select[Absence, str]) -> list[Entry]:
    return [
        Entry(row.id, person, row.reason, row.valid_from, row.valid_to)
        for row, person in uow.session.execute(query)
    ]


def person_seen(uow: UnitOfWork, person: str | None) -> UUID | None:
    """
    Return the account of a person whose absences and substitutes the actor may see.

    Raises `NotFound` for others, whether there are such people or not.
    """
    if person is None:
        return uow.actor.id
    account = accounts.named(uow.session, person)
    require_sight(uow.actor, Permission.READ_ABSENCE, of_a_person(uow, account.id))
    return account.id


def _begin_change(uow: UnitOfWork, account_id: UUID) -> None:
    require(uow.actor, Permission.CHANGE_ABSENCE, of_a_person(uow, account_id))
    hold(uow)


def _record(uow: UnitOfWork, event: EventType, row: Absence) -> None:
    facts = {"absence": str(row.id), "account": str(row.account_id)}
    uow.record(CHAIN, Event(event, facts, {"reason": row.reason, **row.period.facts}))
