"""
Works out who holds which role on a day, for everybody at once.

It is the same answer as `holders` gives for one role and one unit: the unit itself, then the units above it where
the role is searched upward, the whole organisation last. Membership in a group is holding it for the whole
organisation. A closed account holds nothing, and nobody stands in for it. What is worked out is kept until a
change is recorded, or the day is over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Text, literal, select
from sqlalchemy.orm import Session, aliased

from engine.accounts import repository as accounts
from engine.accounts.models import Account, Membership
from engine.accounts.record import CHAIN as ACCOUNTS
from engine.audit.models import AuditChain
from engine.identity.actor import Actor
from engine.identity.holdings import AUDITOR, Holdings, Proxy, for_unit, role_of
from engine.installation import Installation
from engine.organisation import substitutions
from engine.organisation.authority import CHAIN
from engine.organisation.models import Appointment, Role, Substitution, Unit, UnitPlacement
from engine.organisation.periods import in_force
from engine.organisation.substitutions import ScopeKind
from engine.uow import UnitOfWork

Held = Mapping[str | None, frozenset[UUID]]
"""Who is appointed to a role, by unit; under None for the whole organisation."""


STATES = [
    select(AuditChain.seq).where(AuditChain.name == name).scalar_subquery().label(f"state_{name}")
    for name in (CHAIN, ACCOUNTS)
]
"""Columns for a query: how often what roles are worked out from was changed."""
_IN_WHICH_STATE = select(*STATES)


def held(installation: Installation, session: Session, at: datetime) -> Holdings:
    """Return who holds which role at a time."""
    day = _day(installation, at)
    identity = _identity(session.execute(_IN_WHICH_STATE).one(), day)
    found = installation.holdings.get(identity)
    if found is None:
        found = _worked_out(session, identity, day)
        installation.holdings.put(found)
    return found


def kept(installation: Installation, row: Row[Any], at: datetime) -> Holdings | None:
    """Return the same for a row with the columns of `STATES`; None where it has to be worked out."""
    return installation.holdings.get(_identity(row, _day(installation, at)))


def _day(installation: Installation, at: datetime) -> date:
    return at.astimezone(installation.settings.zone).date()


def _identity(row: Row[Any], day: date) -> str:
    return f"{day.isoformat()} organisation {row.state_organisation} accounts {row.state_accounts}"


def actor(holdings: Holdings, account: Account | Row[Any]) -> Actor:
    """Return somebody with the roles that they hold."""
    return replace(
        accounts.actor(account, groups=holdings.groups_of(account.id)),
        offices=holdings.offices_of(account.id),
        audits=holdings.audits_of(account.id),
        proxies=holdings.proxies_of(account.id),
        holdings=holdings,
    )


def known(uow: UnitOfWork) -> Holdings:
    """Return the roles as the actor's request found them; they are not asked for twice."""
    return uow.actor.holdings or held(uow.installation, uow.session, uow.now)


def _worked_out(session: Session, identity: str, day: date) -> Holdings:
    parents = _parents(session, day)
    upward = {key: up for key, up in session.execute(select(Role.key, Role.searched_upward))}  # noqa: C416
    groups: dict[UUID, set[str]] = defaultdict(set)
    offices: dict[UUID, set[str]] = defaultdict(set)
    appointed = _appointed(session, day)
    for role, by_unit in appointed.items():
        for account in by_unit.get(None, ()):
            offices[account].add(role)
        for account, names in _held(role, by_unit, parents, is_upward=upward.get(role)):
            groups[account].add(names)
    held_by = {account: frozenset(names) for account, names in groups.items()}
    return Holdings(
        identity,
        held_by,
        {account: frozenset(names) for account, names in offices.items()},
        frozenset(name for names in held_by.values() for name in names),
        _audits(appointed.get(AUDITOR, {}), parents),
        frozenset(upward),
        frozenset(parents),
        _proxies(session, day, held_by),
    )


def _proxies(
    session: Session, day: date, groups: Mapping[UUID, frozenset[str]]
) -> dict[UUID, tuple[Proxy, ...]]:
    """Return for each substitute whom they may act for, by name; one step only."""
    found: dict[UUID, tuple[Proxy, ...]] = {}
    substitute = aliased(Account)
    for row, name, display_name in session.execute(
        select(Substitution, Account.name, Account.display_name)
        .join(Account, Account.id == Substitution.account_id)
        .join(substitute, substitute.id == Substitution.substitute_id)
        .where(in_force(Substitution, day), Account.is_active, substitute.is_active)
        .order_by(Account.name, Substitution.id)
    ):
        scope, held = substitutions.scope_of(row), groups.get(row.account_id, frozenset())
        by_role = scope.kind is ScopeKind.ROLES
        proxy = Proxy(
            row.account_id,
            name,
            frozenset(each for each in held if role_of(each) in scope.keys) if by_role else held,
            frozenset(scope.keys) if scope.kind is ScopeKind.PROCESSES else None,
            is_personal=not by_role,
            display_name=display_name,
        )
        found[row.substitute_id] = (*found.get(row.substitute_id, ()), proxy)
    return found


def _held(
    role: str, by_unit: Held, parents: Mapping[str, str | None], *, is_upward: bool | None
) -> Iterator[tuple[UUID, str]]:
    """Give who answers for a role in each unit; a group that is no role (`is_upward` is None) knows no units."""
    for account in {each for appointed in by_unit.values() for each in appointed}:
        yield account, role
    if is_upward is None:
        return
    known: dict[str | None, frozenset[UUID]] = {None: by_unit.get(None, frozenset())}
    for unit in _downward(parents):
        above = known[parents[unit]] if is_upward else known[None]
        known[unit] = by_unit.get(unit) or above
        for account in known[unit]:
            yield account, for_unit(role, unit)


def _audits(by_unit: Held, parents: Mapping[str, str | None]) -> dict[UUID, frozenset[str]]:
    """Return for each auditor of a unit that unit and all below it, whoever audits those besides."""
    auditors: dict[str, frozenset[UUID]] = {}
    found: dict[UUID, set[str]] = defaultdict(set)
    for unit in _downward(parents):
        above = parents[unit]
        auditors[unit] = by_unit.get(unit, frozenset()) | auditors.get(above or "", frozenset())
        for account in auditors[unit]:
            found[account].add(unit)
    return {account: frozenset(units) for account, units in found.items()}


def _downward(parents: Mapping[str, str | None]) -> Iterator[str]:
    """Give every unit after the one above it."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for unit, parent in parents.items():
        below[parent].append(unit)
    waiting = list(below[None])
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting += below[unit]


def _parents(session: Session, day: date) -> dict[str, str | None]:
    above = aliased(Unit)
    rows = session.execute(
        select(Unit.key, above.key)
        .join(UnitPlacement, UnitPlacement.unit_id == Unit.id)
        .outerjoin(above, above.id == UnitPlacement.parent_id)
        .where(in_force(Unit, day), in_force(UnitPlacement, day))
    )
    return {unit: parent for unit, parent in rows}  # noqa: C416  a row is not a pair to mypy


def _appointed(session: Session, day: date) -> dict[str, Held]:
    """Return who is appointed to each role and where; a group counts as one for all units."""
    appointed = session.execute(
        select(Appointment.role_key, Unit.key, Appointment.account_id)
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .where(in_force(Appointment, day), Account.is_active)
    )
    members = session.execute(
        select(Membership.group, literal(None, Text), Membership.account_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.is_active)
    )
    found: dict[str, dict[str | None, frozenset[UUID]]] = defaultdict(dict)
    for role, unit, account in chain(appointed, members):
        found[role][unit] = found[role].get(unit, frozenset()) | {account}
    return dict(found)
