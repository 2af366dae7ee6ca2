"""
By what somebody can come in, as an administrator sees it: sessions, keys for programs, persons at a provider.

What an administrator ends here is no more than what closing the account and opening it again would end. What a key
is, or where a browser stands, is not told of more than is needed to end it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from engine.accounts import attempts, repository, sessions, tokens
from engine.accounts.models import Account, ApiToken, Identity
from engine.accounts.record import SIGN_INS
from engine.audit.events import Event, EventType
from engine.errors import Conflict, NotFound
from engine.identity.permissions import Permission, require
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class WaysIn:
    has_password: bool
    one_time_until: datetime | None
    """Until when the password that somebody was given opens a session; None for one of their own."""
    locked_until: datetime | None
    """Until when nobody is let in by the name, since too many attempts failed."""
    sessions: int
    tokens: Sequence[ApiToken]
    """Those that were not revoked, the newest first."""
    identities: Sequence[Identity]


def of(uow: UnitOfWork, account: Account) -> WaysIn:
    require(uow.actor, Permission.READ_ACCOUNT)
    return WaysIn(
        account.password_hash is not None,
        account.one_time_until,
        _locked_until(uow, account),
        sessions.count_open(uow, account.id),
        uow.session.scalars(
            select(ApiToken)
            .where(ApiToken.account_id == account.id, ApiToken.revoked_at.is_(None))
            .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
        ).all(),
        uow.session.scalars(
            select(Identity)
            .where(Identity.account_id == account.id)
            .order_by(Identity.issuer, Identity.id)
        ).all(),
    )


def end_sessions(uow: UnitOfWork, account_id: UUID) -> int:
    """
    Sign somebody out wherever they are signed in; returns in how many places that was.

    The actor's own session stays: that one is ended by signing out. Raises `Conflict` where there is none to end.
    """
    require(uow.actor, Permission.CLOSE_ACCOUNT)
    account = repository.hold(uow.session, account_id)
    ended = sessions.end_all(uow, account.id, but=uow.actor.session)
    if not ended:
        raise Conflict("'{name}' is not signed in anywhere.", name=account.name)
    same = {"account": str(account.id)}
    uow.record(
        SIGN_INS, *(Event(EventType.SESSION_REVOKED, same | {"session": each}) for each in ended)
    )
    return len(ended)


def revoke_token(uow: UnitOfWork, account_id: UUID, token_id: UUID) -> ApiToken:
    """End a key of somebody for good. Raises `NotFound` for what is not theirs, or was revoked before."""
    require(uow.actor, Permission.CLOSE_ACCOUNT)
    repository.hold(uow.session, account_id)
    row = uow.session.get(ApiToken, token_id, with_for_update=True, populate_existing=True)
    if row is None or row.account_id != account_id:
        raise NotFound
    return tokens.end(uow, row)


def locked(uow: UnitOfWork) -> dict[UUID, datetime]:
    """Return the accounts that nobody is let in by for a while, and until when."""
    require(uow.actor, Permission.READ_ACCOUNT)
    keys = attempts.locked(uow.session, uow.now)
    if not keys:
        return {}
    found = {}
    for account_id, name in uow.session.execute(
        select(Account.id, Account.name).where(Account.is_active)
    ):
        until = attempts.longest(keys, attempts.name(name), attempts.confirmation(account_id))
        if until is not None:
            found[account_id] = until
    return found


def count_administrators(uow: UnitOfWork) -> int:
    require(uow.actor, Permission.READ_ACCOUNT)
    able = select(func.count()).select_from(Account).where(Account.is_admin, Account.is_active)
    return uow.session.scalar(able) or 0


def _locked_until(uow: UnitOfWork, account: Account) -> datetime | None:
    own = attempts.name(account.name), attempts.confirmation(account.id)
    return attempts.longest(attempts.locked(uow.session, uow.now, among=own), *own)
