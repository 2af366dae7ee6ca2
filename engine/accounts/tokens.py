"""
Keys for programs.

A token acts as its account, within the scopes it was made with, until a day that is at most a year away. It is
shown once, and can be revoked.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update

from engine import texts
from engine.accounts import repository
from engine.accounts.digests import digest
from engine.accounts.models import Account, ApiToken
from engine.accounts.record import CHAIN
from engine.audit.chain import written
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotFound
from engine.identity.permissions import SCOPES, Permission, Subject, require, require_sight
from engine.uow import UnitOfWork

LONGEST_LIFE = timedelta(days=365)
LONGEST_NAME = 100
USED_EVERY = timedelta(hours=1)
"""Uses of a token that are closer to one another are not written down."""


@dataclass(frozen=True, slots=True)
class Created:
    token: ApiToken
    secret: str
    """What the program sends; it cannot be shown again."""


def create(
    uow: UnitOfWork,
    account_id: UUID,
    *,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime,
) -> Created:
    """
    Make a token for an account: its own person does, or a command on the server.

    Raises `Invalid` for a scope that no token carries and for an end that is past or more than a year away, and
    `Conflict` for a closed account, also for one that is being closed.
    """
    require(uow.actor, Permission.CREATE_TOKEN, Subject(oneself=uow.actor.id == account_id))
    if not repository.hold(uow.session, account_id).is_active:
        raise Conflict("The account is closed.")
    secret = f"rutin_{secrets.token_urlsafe(32)}"
    row = ApiToken(
        digest=digest(secret),
        account_id=account_id,
        name=texts.kept(
            name, "A key has a name of 1 to {limit} characters.", shortest=1, longest=LONGEST_NAME
        ),
        scopes=_scopes(scopes),
        created_at=uow.now,
        expires_at=_end(uow.now, expires_at),
    )
    uow.session.add(row)
    uow.session.flush()  # the event names the token
    facts = {**_facts(row), "scopes": row.scopes, "until": written(row.expires_at)}
    uow.record(CHAIN, Event(EventType.TOKEN_CREATED, facts, {"name": row.name}))
    return Created(row, secret)


def of(uow: UnitOfWork, account_id: UUID) -> Sequence[ApiToken]:
    """Return the tokens of an account that were not revoked, the newest first."""
    require_sight(uow.actor, Permission.READ_TOKEN, Subject(oneself=uow.actor.id == account_id))
    return uow.session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.created_at.desc(), ApiToken.id.desc())
    ).all()


def own(uow: UnitOfWork, token_id: UUID) -> ApiToken:
    """Return a token of the actor's that is not revoked. Raises `NotFound` for all others alike."""
    row = uow.session.get(ApiToken, token_id)
    is_own = row is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.REVOKE_TOKEN, Subject(oneself=is_own))
    if row is None or not is_own or row.revoked_at is not None:
        raise NotFound
    return row


def revoke(uow: UnitOfWork, token_id: UUID) -> ApiToken:
    """
    End a token for good.

    Raises `NotFound` for what is not there, for what is somebody else's and for what was revoked before, alike.
    """
    row = uow.session.get(ApiToken, token_id, with_for_update=True, populate_existing=True)
    is_own = row is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.REVOKE_TOKEN, Subject(oneself=is_own))
    if row is None:
        raise NotFound
    return end(uow, row)


def end(uow: UnitOfWork, row: ApiToken) -> ApiToken:
    """End a token that is held for this transaction. Raises `NotFound` for one that was revoked before."""
    if row.revoked_at is not None:
        raise NotFound
    row.revoked_at = uow.now
    uow.record(CHAIN, Event(EventType.TOKEN_REVOKED, _facts(row)))
    return row


def end_all(uow: UnitOfWork, account_id: UUID) -> list[str]:
    """End the tokens of an account that is closed, for good; returns which, for the record."""
    rows = uow.session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.revoked_at = uow.now
    return sorted(str(row.id) for row in rows)


OPEN = (
    select(*repository.ACTING, ApiToken.id.label("way_in"), ApiToken.scopes, ApiToken.used_at)
    .join(Account, ApiToken.account_id == Account.id)
    .where(
        ApiToken.digest == bindparam("digest"),
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > bindparam("at"),
        Account.is_active,
    )
)
"""Asks for the token with a `digest` that opens something `at` a time, and for its account."""


def is_worth_noting(used_at: datetime | None, at: datetime) -> bool:
    """Tell whether a token was used so long ago that its use has to be written down."""
    return used_at is None or at - used_at >= USED_EVERY


def used(uow: UnitOfWork, token_id: UUID) -> None:
    uow.session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            or_(ApiToken.used_at.is_(None), ApiToken.used_at < uow.now),
        )
        .values(used_at=uow.now)
    )


def _facts(row: ApiToken) -> dict[str, str]:
    return {"account": str(row.account_id), "token": str(row.id)}


def _scopes(given: Iterable[str]) -> list[str]:
    chosen = set(given)
    for each in sorted(chosen.difference(SCOPES)):
        raise Invalid("A key cannot carry '{scope}'.", scope=ascii(each)[1:81])
    if not chosen:
        raise Invalid("A key has to carry at least one permission.")
    return [each.value for each in SCOPES if each in chosen]


def _end(now: datetime, given: datetime) -> datetime:
    if not now < given <= now + LONGEST_LIFE:
        raise Invalid("A key ends on a day to come, at most a year away.")
    return given
