from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from engine.accounts.models import Account
from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.texts import can_be_kept

ACTING = (Account.id, Account.name, Account.is_admin, Account.display_name)
"""What is asked of an account to act by it."""


def by_name(session: Session, name: str) -> Account | None:
    if not can_be_kept(name):
        return None
    return session.scalar(select(Account).where(Account.name == name.strip().lower()))


def named(session: Session, name: str) -> Account:
    account = by_name(session, name)
    if account is None:
        raise NotFound("There is no account '{name}'.", name=name)
    return account


def get(session: Session, account_id: UUID) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def hold(session: Session, account_id: UUID) -> Account:
    """Return an account as it is now, held for this transaction: its password, and the sessions that it opens."""
    account = session.scalar(
        select(Account)
        .where(Account.id == account_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if account is None:
        raise NotFound
    return account


def listed(
    session: Session,
    *,
    name: str | None,
    closed: bool | None = None,
    after: UUID | None,
    limit: int,
) -> Sequence[Account]:
    """Return accounts, the oldest first; with `closed` only those that are, or those that are not."""
    query = select(Account).order_by(Account.id).limit(limit)
    if name is not None:
        query = query.where(Account.name == name.strip().lower())
    if closed is not None:
        query = query.where(Account.is_active.is_(not closed))
    if after is not None:
        query = query.where(Account.id > after)
    return session.scalars(query).all()


def names(session: Session, accounts: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of accounts by their identities. A name never changes, so the session remembers them."""
    known: dict[UUID, str] = session.info.setdefault("names of accounts", {})
    asked = set(accounts) - known.keys()
    if asked:
        rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(asked)))
        known.update((identity, name) for identity, name in rows)
    return {each: known[each] for each in accounts if each in known}


def active_among(
    session: Session, accounts: Collection[UUID], names: Collection[str]
) -> dict[UUID, str]:
    """Return the names of those of some accounts, and of those with some names, that are not closed."""
    among = or_(Account.id.in_(accounts), Account.name.in_(names))
    rows = session.execute(select(Account.id, Account.name).where(Account.is_active, among))
    return {identity: name for identity, name in rows}  # noqa: C416  a row is not a pair to mypy


def actor(account: Account | Row[Any], *, groups: frozenset[str] | None = None) -> Actor:
    """
    Return somebody as an actor without roles, for an account or a row with the columns of `ACTING`.

    Groups that are known already are not read again.
    """
    if groups is None:
        groups = frozenset(each.group for each in account.memberships)
    return Actor(
        account.name,
        account.id,
        groups,
        account.is_admin,
        account.display_name,
        offices=groups,
    )


def display_names(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Return what people are called by the names they sign in with; unknown names are left out."""
    rows = session.execute(
        select(Account.name, Account.display_name).where(Account.name.in_(set(names)))
    )
    return {name: shown for name, shown in rows}  # noqa: C416  a row is not a pair to mypy


def active(session: Session, *, limit: int) -> Sequence[Account]:
    """Return the people who can sign in, by the name that others see."""
    return session.scalars(
        select(Account)
        .where(Account.is_active)
        .order_by(Account.display_name, Account.name)
        .limit(limit)
    ).all()
