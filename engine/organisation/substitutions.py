"""
Who acts for whom, when and in what.

A substitution counts on every day of its period; that a person is away need not be noted for it. One step only is
followed: whoever acts for Anna does not thereby act for those for whom Anna acts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import Conflict, Invalid, NotFound
from engine.identity.permissions import Permission, Subject, require, require_sight
from engine.organisation import periods, repository
from engine.organisation.absences import OWN, person_seen
from engine.organisation.authority import CHAIN, hold, of_a_person
from engine.organisation.models import Substitution
from engine.organisation.periods import Period, today
from engine.texts import kept
from engine.uow import UnitOfWork

MOST_KEYS = 100


class ScopeKind(StrEnum):
    ALL = "all"
    ROLES = "roles"
    PROCESSES = "processes"


@dataclass(frozen=True, slots=True)
class Scope:
    """In what somebody acts for another: in everything, in certain roles, or in certain processes."""

    kind: ScopeKind = ScopeKind.ALL
    keys: tuple[str, ...] = ()


def scope_of(row: Substitution) -> Scope:
    return Scope(ScopeKind(row.scope), tuple(row.keys))


# ------------------------------------------------------------ verbs


def create(
    uow: UnitOfWork, person: str, substitute: str, period: Period, scope: Scope
) -> Substitution:
    """
    Let somebody act for a person: the person, their manager or an administrator says so.

    Raises `Conflict` for oneself, for a closed account, and for what is said already of one of the days.
    """
    account = accounts.named(uow.session, person)
    require(uow.actor, Permission.CHANGE_ABSENCE, of_a_person(uow, account.id))
    hold(uow)
    other = accounts.named(uow.session, substitute)
    if other.id == account.id:
        raise Conflict("Nobody is their own substitute.")
    for each in (account, other):
        if not each.is_active:
            raise Conflict("The account '{name}' is closed.", name=each.name)
    scope = _checked(uow, scope)
    own = select(Substitution).where(
        Substitution.account_id == account.id, Substitution.substitute_id == other.id
    )
    alike = [each for each in uow.session.scalars(own) if scope_of(each) == scope]
    periods.free(period, (each.period for each in alike))
    row = Substitution(
        id=new_id(),
        account_id=account.id,
        substitute_id=other.id,
        scope=scope.kind.value,
        keys=list(scope.keys),
        valid_from=period.first,
        valid_to=period.last,
    )
    uow.session.add(row)
    _record(uow, EventType.SUBSTITUTION_CREATED, row)
    return row


def end(uow: UnitOfWork, substitution_id: UUID, last: date) -> Substitution:
    row = repository.one(uow.session, Substitution, substitution_id)
    subject = of_a_person(uow, row.account_id)
    if row.substitute_id != uow.actor.id:  # who acts for others knows of it
        require_sight(uow.actor, Permission.READ_ABSENCE, subject)
    require(uow.actor, Permission.CHANGE_ABSENCE, subject)
    hold(uow)
    uow.session.refresh(row)  # what it was before the lock does not count
    period = periods.ending(row.period, last, today(uow))
    others = select(Substitution).where(
        Substitution.account_id == row.account_id,
        Substitution.substitute_id == row.substitute_id,
        Substitution.id != row.id,
    )
    alike = [each for each in uow.session.scalars(others) if scope_of(each) == scope_of(row)]
    periods.free(period, (each.period for each in alike))
    row.valid_to = period.last
    _record(uow, EventType.SUBSTITUTION_ENDED, row)
    return row


@dataclass(frozen=True, slots=True)
class Entry:
    """A substitution as a list shows it."""

    id: UUID
    person: str
    substitute: str
    scope: Scope
    valid_from: date
    valid_to: date | None


def get(uow: UnitOfWork, substitution_id: UUID) -> Entry:
    uow.session.flush()  # what was just written is read as well
    found = _entries(uow, _entry().where(Substitution.id == substitution_id))
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
    """Return for a person who may act for them, and for whom they may act."""
    who = person_seen(uow, person)
    either = or_(Substitution.account_id == who, Substitution.substitute_id == who)
    query = repository.stretch(
        _entry().where(either), Substitution, on=on, after=after, limit=limit
    )
    return _entries(uow, query)


def to_come(uow: UnitOfWork, *, limit: int) -> list[Entry]:
    """Return who acts for the actor, and for whom the actor acts, today or later, the first to come first."""
    require(uow.actor, Permission.READ_ABSENCE, OWN)
    either = or_(
        Substitution.account_id == uow.actor.id, Substitution.substitute_id == uow.actor.id
    )
    query = repository.ahead(_entry().where(either), Substitution, today(uow), limit=limit)
    return _entries(uow, query)


def own(uow: UnitOfWork, substitution_id: UUID) -> Entry:
    """Return a substitution for the actor. Raises `NotFound` for others, whether there are such or not."""
    row = uow.session.get(Substitution, substitution_id)
    is_own = row is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.CHANGE_ABSENCE, Subject(oneself=is_own))
    if row is None or not is_own:
        raise NotFound
    return get(uow, substitution_id)


def _entry() -> Select[Substitution, str, str]:
    other = aliased(Account)
    return (
        select(Substitution, Account.name, other.name)
        .join(Account, Account.id == Substitution.account_id)
        .join(other, other.id == Substitution.substitute_id)
    )


def _entries(uow: UnitOfWork, query: Select[Substitution, str, str]) -> list[Entry]:
    return [
        Entry(row.id, person, other, scope_of(row), row.valid_from, row.valid_to)
        for row, person, other in uow.session.execute(query)
    ]


def _checked(uow: UnitOfWork, scope: Scope) -> Scope:
    if (scope.kind is ScopeKind.ALL) == bool(scope.keys) or len(scope.keys) > MOST_KEYS:
        raise Invalid("A scope names 1 to {limit} roles or processes, or is all.", limit=MOST_KEYS)
    if scope.kind is ScopeKind.ROLES:
        for each in scope.keys:
            repository.role(uow.session, each)
    sentence = "A key has 1 to {limit} characters."
    keys = {kept(each, sentence, shortest=1, longest=200) for each in scope.keys}
    return Scope(scope.kind, tuple(sorted(keys)))


def _record(uow: UnitOfWork, event: EventType, row: Substitution) -> None:
    facts = {
        "substitution": str(row.id),
        "account": str(row.account_id),
        "substitute": str(row.substitute_id),
        "scope": row.scope,
    }
    uow.record(CHAIN, Event(event, facts, {"keys": row.keys, **row.period.facts}))
