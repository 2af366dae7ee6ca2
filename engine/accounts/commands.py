"""Accounts and their passwords. Secrets are kept as hashes only."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from engine.accounts import attempts, passwords, repository, sessions
from engine.accounts.models import Account, Membership
from engine.accounts.passwords import OneTime
from engine.accounts.record import CHAIN, SIGN_INS
from engine.audit import repository as record
from engine.audit.chain import written
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed
from engine.identity.permissions import Permission, require
from engine.settings import LANGUAGES
from engine.uow import UnitOfWork

LONGEST_SHOWN = 100
"""Characters of what cannot be a name, where that is told."""
NAME = re.compile(r"[a-z0-9åäöéü](?:[a-z0-9åäöéü._@-]{0,98}[a-z0-9åäöéü])?")
ONE_TIME = timedelta(days=3)
"""How long a one-time password opens a session."""


def create_account(  # noqa: PLR0913
    uow: UnitOfWork,
    name: str,
    *,
    password: str | None,
    groups: Iterable[str] = (),
    is_admin: bool = False,
    display_name: str | None = None,
) -> Account:
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        shown = name[:LONGEST_SHOWN]
        raise Invalid("'{name}' cannot be an account's name.", name=shown).at("name")
    names = (name, display_name or name)
    password_hash = None if password is None else passwords.kept(password, names=names)
    record.named_chain(uow.session, CHAIN)  # locked: names are given to one at a time
    if repository.by_name(uow.session, name):
        raise Conflict("There is already an account '{name}'.", name=name)
    account = Account(
        name=name,
        display_name=display_name or name,
        password_hash=password_hash,
        is_admin=is_admin,
        created_at=uow.now,
        memberships=[Membership(group=group) for group in dict.fromkeys(groups)],
    )
    uow.session.add(account)
    uow.session.flush()  # the event names the account
    uow.record(
        CHAIN,
        Event(
            EventType.ACCOUNT_CREATED,
            {
                "account": str(account.id),
                "groups": [each.group for each in account.memberships],
                "admin": is_admin,
            },
            {"name": name},
        ),
    )
    return account


def authenticated(session: Session, name: str, password: str, *, at: datetime) -> Account | None:
    """
    Return the account that a name and a password belong to, None when they do not fit.

    Takes some hundredths of a second on purpose, whether there is such an account or not: call it outside a
    transaction that changes things, and between `attempts.begin` and `attempts.passed` or `failed`.
    """
    account = repository.by_name(session, name)
    known = account.password_hash if account and _may_sign_in(account, at) else None
    return account if passwords.fits(password, known) else None


def change_password(uow: UnitOfWork, was: Account, password_hash: str) -> None:
    """
    Give the actor another password, and end its other sessions.

    `was` is the account as it stood when the old password was compared. Raises `Conflict` when it has got yet
    another one since.
    """
    require(uow.actor, Permission.CHANGE_PASSWORD)
    if was.id != uow.actor.id:
        raise NotAllowed
    compared = was.password_hash
    account = repository.hold(uow.session, was.id)
    if account.password_hash != compared:
        raise Conflict("The password was changed in the meantime.")
    account.password_hash = password_hash
    account.one_time_until = None
    ended = sessions.end_all(uow, account.id, but=uow.actor.session)
    facts = {"account": str(account.id), "sessions": ended}
    uow.record(CHAIN, Event(EventType.PASSWORD_CHANGED, facts))


def reset_password(uow: UnitOfWork, account_id: UUID, given: OneTime) -> datetime:
    """
    Give an account a one-time password, and end its sessions; returns until when it opens another one.

    In that session another password has to be chosen before anything else.
    """
    require(uow.actor, Permission.RESET_PASSWORD)
    if account_id == uow.actor.id:
        raise Conflict("Your own password is changed, not reset.")
    account = repository.hold(uow.session, account_id)
    account.password_hash = given.hash
    account.one_time_until = uow.now + ONE_TIME
    attempts.unlock(uow, *_keys(account))
    facts = {
        "account": str(account.id),
        "until": written(account.one_time_until),
        "sessions": sessions.end_all(uow, account.id),
    }
    uow.record(CHAIN, Event(EventType.PASSWORD_RESET, facts))
    return account.one_time_until


def choose_language(uow: UnitOfWork, language: str) -> None:
    """
    Keep in which language the actor reads, on whatever device.

    It decides nothing, so the record does not tell of it. Raises `Invalid` for a language that is not one of ours.
    """
    require(uow.actor, Permission.SIGNED_IN)
    if uow.actor.id is None:
        raise NotAllowed
    if language not in LANGUAGES:
        raise Invalid("Choose one of the options.")
    repository.get(uow.session, uow.actor.id).language = language


def unlock(uow: UnitOfWork, account_id: UUID) -> Account:
    """Let an account be tried again at once. Its client addresses stay locked, if they are."""
    require(uow.actor, Permission.UNLOCK_ACCOUNT)
    account = repository.get(uow.session, account_id)
    attempts.unlock(uow, *_keys(account))
    uow.record(SIGN_INS, Event(EventType.SIGN_IN_UNLOCKED, {"account": str(account.id)}))
    return account


def _keys(account: Account) -> tuple[attempts.Key, ...]:
    return attempts.name(account.name), attempts.confirmation(account.id)


def _may_sign_in(account: Account, at: datetime) -> bool:
    until = account.one_time_until
    return account.is_active and (until is None or until > at)
