"""
Sessions in browsers: opened by a password or by an OpenID provider, seen, confirmed once more, and ended.

A session ends by itself when it has not been used for a while, and at the latest some hours after its beginning.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update

from engine.accounts import repository
from engine.accounts.digests import digest
from engine.accounts.models import Account, Identity, SignIn
from engine.accounts.record import SIGN_INS
from engine.audit.chain import written
from engine.audit.events import Event, EventType
from engine.errors import NotFound, NotSignedIn
from engine.identity.permissions import Permission, Subject, require, require_sight
from engine.settings import Settings
from engine.uow import UnitOfWork

SEEN_EVERY = timedelta(minutes=5)
"""Uses of a session that are closer to one another are not written down."""
AT_ONCE = 500
OWN = Subject(oneself=True)


@dataclass(frozen=True, slots=True)
class Origin:
    """What opened a session at an OpenID provider."""

    identity_id: UUID
    provider_session: str | None


def sign_in(
    uow: UnitOfWork, account: Account, *, agent: str = "", origin: Origin | None = None
) -> str:
    """
    Open a session and return the value of its cookie; it is kept as its hash only.

    Raises `NotSignedIn` when the account was closed, or its password changed, since it was looked at.
    """
    compared = account.password_hash
    held = repository.hold(uow.session, account.id)
    if not held.is_active or held.password_hash != compared:
        raise NotSignedIn
    _clear(uow)
    cookie = secrets.token_urlsafe(32)
    row = SignIn(
        digest=digest(cookie),
        account_id=account.id,
        agent=agent,
        created_at=uow.now,
        seen_at=uow.now,
        expires_at=uow.now + timedelta(hours=uow.installation.settings.session_hours),
        identity_id=origin.identity_id if origin else None,
        provider_session=origin.provider_session if origin else None,
    )
    uow.session.add(row)
    uow.session.flush()  # the event names the session
    facts = {**_facts(row), "until": written(row.expires_at)}
    if origin:
        facts["identity"] = str(origin.identity_id)
    uow.record(SIGN_INS, Event(EventType.SESSION_OPENED, facts, {"agent": agent}))
    return cookie


def sign_out(uow: UnitOfWork) -> SignIn | None:
    """End the session of the actor, and return it, if it is in one that has not ended yet."""
    ended = _ended(uow, SignIn.id == uow.actor.session)
    for row in ended:
        uow.record(SIGN_INS, Event(EventType.SESSION_CLOSED, _facts(row)))
    return ended[0] if ended else None


def end_of_identity(uow: UnitOfWork, identity_id: UUID) -> list[str]:
    """End the sessions that one identity opened, and let go of those that ended; returns which, for the record."""
    rows = _ended(uow, SignIn.identity_id == identity_id)
    uow.session.flush()  # before the rest of them, which had ended by themselves
    uow.session.execute(delete(SignIn).where(SignIn.identity_id == identity_id))
    return sorted(str(row.id) for row in rows)


def end_of_provider(
    uow: UnitOfWork, issuer: str, *, subject: str | None, provider_session: str | None
) -> Sequence[SignIn]:
    """End the sessions that came from a session at the provider, or all that came from a person there."""
    known = select(Identity.id).where(Identity.issuer == issuer)
    if subject is not None:
        known = known.where(Identity.subject == subject)
    theirs = SignIn.identity_id.in_(known)
    if provider_session is None:
        return _revoked(uow, theirs)
    return _revoked(uow, and_(theirs, SignIn.provider_session == provider_session))


def own(uow: UnitOfWork) -> Sequence[SignIn]:
    """Return the open sessions of the actor, the one used last first."""
    require(uow.actor, Permission.READ_SESSION, OWN)
    return uow.session.scalars(
        select(SignIn)
        .where(SignIn.account_id == uow.actor.id, _is_open(uow.installation.settings, uow.now))
        .order_by(SignIn.seen_at.desc(), SignIn.id)
    ).all()


def count_open(uow: UnitOfWork, account_id: UUID) -> int:
    """Return in how many places somebody is signed in."""
    is_open = _is_open(uow.installation.settings, uow.now)
    theirs = select(func.count()).select_from(SignIn).where(SignIn.account_id == account_id)
    return uow.session.scalar(theirs.where(is_open)) or 0


def revoke(uow: UnitOfWork, session_id: UUID) -> SignIn:
    """
    End a session of the actor from another one.

    Raises `NotFound` for what is not there and for what is somebody else's, alike.
    """
    row = uow.session.get(SignIn, session_id)
    is_own = row is not None and row.account_id == uow.actor.id
    require_sight(uow.actor, Permission.REVOKE_SESSION, Subject(oneself=is_own))
    ended = _revoked(uow, SignIn.id == session_id)
    if not ended:
        raise NotFound
    return ended[0]


def revoke_others(uow: UnitOfWork) -> Sequence[SignIn]:
    """End all sessions of the actor but the one that it acts in."""
    require(uow.actor, Permission.REVOKE_SESSION, OWN)
    mine = SignIn.account_id == uow.actor.id
    return _revoked(uow, and_(mine, SignIn.id != uow.actor.session) if uow.actor.session else mine)


def end_all(uow: UnitOfWork, account_id: UUID, *, but: UUID | None = None) -> list[str]:
    """End the sessions of an account: it has another password, or is closed. Returns which, for the record."""
    theirs = SignIn.account_id == account_id
    rows = _ended(uow, and_(theirs, SignIn.id != but) if but else theirs)
    return sorted(str(row.id) for row in rows)


def confirm(uow: UnitOfWork) -> datetime:
    """Note that the actor's session was confirmed: by the password just now, or by signing in afresh elsewhere."""
    require(uow.actor, Permission.CONFIRM_SESSION, Subject(oneself=uow.actor.session is not None))
    uow.session.execute(
        update(SignIn).where(SignIn.id == uow.actor.session).values(confirmed_at=uow.now)
    )
    return uow.now


def confirmed_within(uow: UnitOfWork, seconds: int) -> bool:
    """
    Tell whether the actor's session was confirmed so many seconds ago at most.

    Signing in is no confirmation; and a token never confirms anything.
    """
    confirmed_at = uow.session.scalar(
        select(SignIn.confirmed_at).where(SignIn.id == uow.actor.session)
    )
    return confirmed_at is not None and uow.now - confirmed_at <= timedelta(seconds=seconds)


OPEN = (
    select(
        *repository.ACTING,
        Account.one_time_until,
        Account.language,
        SignIn.id.label("way_in"),
        SignIn.identity_id,
        SignIn.seen_at,
    )
    .join(Account, SignIn.account_id == Account.id)
    .where(
        SignIn.digest == bindparam("digest"),
        SignIn.expires_at > bindparam("at"),
        SignIn.seen_at > bindparam("idle_since"),
        Account.is_active,
    )
)
"""Asks for the session with a `digest` that is open `at` a time, and for its account."""


def idle_since(settings: Settings, at: datetime) -> datetime:
    """Return since when an open session is not used at the longest."""
    return at - timedelta(minutes=settings.session_idle_minutes)


def is_worth_noting(seen_at: datetime, settings: Settings, at: datetime) -> bool:
    """Tell whether a session was seen so long ago that its use has to be written down."""
    return at - seen_at >= min(SEEN_EVERY, timedelta(minutes=settings.session_idle_minutes) / 4)


def seen(uow: UnitOfWork, session_id: UUID) -> None:
    uow.session.execute(
        update(SignIn)
        .where(SignIn.id == session_id, SignIn.seen_at < uow.now)
        .values(seen_at=uow.now)
    )


def _is_open(settings: Settings, at: datetime) -> ColumnElement[bool]:
    return and_(SignIn.expires_at > at, SignIn.seen_at > idle_since(settings, at))


def _facts(row: SignIn) -> dict[str, str]:
    return {"account": str(row.account_id), "session": str(row.id)}


def _revoked(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[SignIn]:
    rows = _ended(uow, which)
    uow.record(SIGN_INS, *(Event(EventType.SESSION_REVOKED, _facts(row)) for row in rows))
    return rows


def _ended(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[SignIn]:
    """Remove sessions; returns those that somebody else has not removed at the same time."""
    is_open = _is_open(uow.installation.settings, uow.now)
    rows = uow.session.scalars(
        select(SignIn).where(which, is_open).order_by(SignIn.id).with_for_update()
    ).all()
    for row in rows:
        uow.session.delete(row)
    return rows


def _clear(uow: UnitOfWork) -> None:
    """Remove sessions that have ended by themselves; rows that others hold are left to them."""
    is_over = or_(
        SignIn.expires_at <= uow.now,
        SignIn.seen_at <= idle_since(uow.installation.settings, uow.now),
    )
    over = uow.session.scalars(
        select(SignIn.id).where(is_over).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    if over:
        uow.session.execute(delete(SignIn).where(SignIn.id.in_(over)))
