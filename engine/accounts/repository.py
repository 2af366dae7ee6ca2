from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.models import Account, ApiToken, SignIn
from engine.errors import NotFound
from engine.identity.actor import Actor


def by_name(session: Session, name: str) -> Account | None:
    return session.scalar(select(Account).where(Account.name == name.strip().lower()))


def named(session: Session, name: str) -> Account:
    account = by_name(session, name)
    if account is None:
        raise NotFound("There is no account '{name}'.", name=name)
    return account


def by_sign_in(session: Session, digest: str, *, at: datetime) -> Account | None:
    return session.scalar(
        select(Account)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.digest == digest, SignIn.expires_at > at, Account.is_active)
    )


def by_token(session: Session, digest: str) -> Account | None:
    return session.scalar(
        select(Account)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.digest == digest, ApiToken.revoked_at.is_(None), Account.is_active)
    )


def names(session: Session, accounts: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of accounts by their identities."""
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(set(accounts))))
    return {identity: name for identity, name in rows}  # noqa: C416  a row is not a pair to mypy


def actor(account: Account) -> Actor:
    return Actor(
        account.name,
        account.id,
        frozenset(each.group for each in account.memberships),
        account.is_admin,
        account.display_name,
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
