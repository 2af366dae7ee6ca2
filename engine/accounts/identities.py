"""
Who is whom: a person at an OpenID provider and an account here.

An account is found by issuer and subject, and by nothing else: names and addresses of e-mail are given to others,
and some providers let people choose them. What becomes of somebody who comes for the first time is a setting:

* connected by a name or a verified address, with an account of that name that has no password, no administrator's
  rights and no other identity there. Whoever has a password proves it instead, in a session (`connect`);
* given a new account, where no account has the name;
* else refused, with one and the same sentence whatever the reason: it tells nobody which accounts there are.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.accounts import commands, repository, sessions
from engine.accounts.digests import digest
from engine.accounts.models import Account, Identity, Membership, UsedLogout
from engine.accounts.record import CHAIN
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import Conflict, Invalid, NotAllowed, SignInRefused
from engine.identity.permissions import Permission, Subject, require
from engine.settings import LinkBy
from engine.uow import UnitOfWork

STRANGER = (
    "No account here belongs to the one that you signed in with there. If you have a password here, sign in "
    "with it and connect the two on the page Account; else ask an administrator."
)
CLOSED = "Your account here is closed. Ask an administrator."


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody whom the provider has vouched for, in its words."""

    issuer: str
    subject: str
    name: str | None = None
    """What the person is called there (`preferred_username`)."""
    display_name: str | None = None
    email: str | None = None
    """An address that the provider has verified; None for any other."""
    groups: Collection[str] = field(default_factory=frozenset)
    """The groups here that the settings make of the provider's claims."""
    unit: str | None = None
    provider_session: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    account: Account
    origin: sessions.Origin


def arrive(uow: UnitOfWork, arrival: Arrival) -> Found:
    """
    Return the account of somebody who comes from the provider, in the groups that it tells of.

    Raises `SignInRefused`.
    """
    identity = _known(uow, arrival)
    if identity is None:
        record.named_chain(uow.session, CHAIN)  # locked: nobody is connected twice
        identity = _known(uow, arrival) or _first_time(uow, arrival)
    account = repository.get(uow.session, identity.account_id)
    if not account.is_active:
        raise SignInRefused(CLOSED)
    _regroup(uow, account, arrival.groups)
    return Found(account, sessions.Origin(identity.id, arrival.provider_session))


def connect(uow: UnitOfWork, arrival: Arrival) -> Identity:
    """
    Let the actor sign in as whom the provider knows it from now on.

    The actor has given its password for this just now, or the session of an unlocked screen would be a way in for
    good. Raises `Conflict` where one of the two is somebody else's already.
    """
    require(uow.actor, Permission.CONNECT_IDENTITY)
    account_id = uow.actor.id
    if account_id is None:
        raise NotAllowed
    record.named_chain(uow.session, CHAIN)
    if _known(uow, arrival):
        raise Conflict("Whom you signed in as there belongs to an account here already.")
    if _of(uow, account_id, arrival.issuer):
        raise Conflict("Your account is connected with somebody there already.")
    return _connect(uow, account_id, arrival)


def confirms(uow: UnitOfWork, arrival: Arrival) -> bool:
    """Tell whether it is the actor who has signed in at the provider."""
    identity = _known(uow, arrival)
    return identity is not None and identity.account_id == uow.actor.id


def own(uow: UnitOfWork, issuer: str) -> Identity | None:
    """Return whom the provider knows the actor as."""
    return _of(uow, uow.actor.id, issuer) if uow.actor.id else None


def remove(uow: UnitOfWork, account_id: UUID, issuer: str) -> None:
    """
    Let nobody sign in to an account from the provider any more, and end the sessions that came from there.

    Raises `Conflict` for an account that is not connected.
    """
    mine = Subject(oneself=uow.actor.id == account_id)
    require(uow.actor, Permission.REMOVE_IDENTITY, mine)
    account = repository.hold(uow.session, account_id)
    if account.id == uow.actor.id and account.password_hash is None:
        raise Conflict("Without a password you could not sign in any more.")
    identity = _of(uow, account.id, issuer)
    if identity is None:
        raise Conflict("The account is not connected.")
    ended = sessions.end_of_identity(uow, identity.id)
    uow.session.flush()  # sessions go before what opened them
    uow.session.delete(identity)
    facts = {"account": str(account.id), "identity": str(identity.id), "sessions": ended}
    uow.record(CHAIN, Event(EventType.IDENTITY_REMOVED, facts))


def take_logout(uow: UnitOfWork, issuer: str, jti: str, *, until: datetime) -> None:
    """
    Note that a logout token was taken; it could not be taken after `until` anyhow.

    Raises `Conflict` for one that was taken before, also at the same moment in another process.
    """
    uow.session.execute(delete(UsedLogout).where(UsedLogout.forgotten_at <= uow.now))
    insert = sqlite.insert if uow.installation.database.is_sqlite else postgresql.insert
    taken = uow.session.execute(
        insert(UsedLogout)
        .values(digest=digest(f"{issuer}\0{jti}"), forgotten_at=until)
        .on_conflict_do_nothing()
        .returning(UsedLogout.digest)
    ).one_or_none()
    if taken is None:
        raise Conflict("The logout token was taken before.")


def _known(uow: UnitOfWork, arrival: Arrival) -> Identity | None:
    return uow.session.scalar(
        select(Identity).where(
            Identity.issuer == arrival.issuer, Identity.subject == arrival.subject
        )
    )


def _of(uow: UnitOfWork, account_id: UUID, issuer: str) -> Identity | None:
    return uow.session.scalar(
        select(Identity).where(Identity.account_id == account_id, Identity.issuer == issuer)
    )


def _first_time(uow: UnitOfWork, arrival: Arrival) -> Identity:
    settings = uow.installation.settings
    account = _by_rule(uow, arrival, settings.openid_link)
    if account is None:
        if not settings.openid_create:
            raise SignInRefused(STRANGER)
        account = _created(uow, arrival)
    return _connect(uow, account.id, arrival)


def _by_rule(uow: UnitOfWork, arrival: Arrival, rule: LinkBy) -> Account | None:
    """Return the account that may be connected without anybody's password."""
    name = {LinkBy.EMAIL: arrival.email, LinkBy.NAME: arrival.name}.get(rule)
    account = repository.by_name(uow.session, name) if name else None
    if account is None or not account.is_active:
        return None
    guarded = account.is_admin or account.password_hash is not None
    taken = _of(uow, account.id, arrival.issuer)
    return None if guarded or taken else account


def _created(uow: UnitOfWork, arrival: Arrival) -> Account:
    name = arrival.name or arrival.email
    if name is None or repository.by_name(uow.session, name):
        raise SignInRefused(STRANGER)
    try:
        return commands.create_account(uow, name, password=None, display_name=arrival.display_name)
    except Invalid as error:
        raise SignInRefused(STRANGER) from error


def _connect(uow: UnitOfWork, account_id: UUID, arrival: Arrival) -> Identity:
    identity = Identity(
        id=new_id(),
        account_id=account_id,
        issuer=arrival.issuer,
        subject=arrival.subject,
        created_at=uow.now,
    )
    uow.session.add(identity)
    uow.session.flush()  # sessions name it
    facts = {"account": str(account_id), "identity": str(identity.id), "issuer": arrival.issuer}
    uow.record(CHAIN, Event(EventType.IDENTITY_CONNECTED, facts, {"subject": arrival.subject}))
    return identity


def _regroup(uow: UnitOfWork, account: Account, told: Collection[str]) -> None:
    """Let an account be in those groups that the provider tells of, of those that it decides about."""
    decided = uow.installation.settings.openid_groups.decided
    if not _changes(account, decided, told):
        return
    account = repository.hold(uow.session, account.id)
    uow.session.refresh(account, ["memberships"])  # what it was before the lock does not count
    added, removed = _changes(account, decided, told) or ([], [])
    account.memberships = [each for each in account.memberships if each.group not in removed] + [
        Membership(group=group) for group in added
    ]
    facts = {"account": str(account.id), "added": added, "removed": removed}
    uow.record(CHAIN, Event(EventType.ACCOUNT_CHANGED, facts))


def _changes(
    account: Account, decided: Collection[str], told: Collection[str]
) -> tuple[list[str], list[str]] | None:
    now = {each.group for each in account.memberships}
    added = sorted(set(told).intersection(decided) - now)
    removed = sorted(now.intersection(decided) - set(told))
    return (added, removed) if added or removed else None
