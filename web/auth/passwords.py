"""
Comparing a password: slow on purpose, so between the transaction that counts the attempt and the one that acts.

1. Count the attempt; whoever has failed too often stops here.
2. Compare the password, in no transaction that holds up others.
3. Right: take the attempt back, and do what was asked. Wrong: record the lock, if this attempt set one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.accounts import attempts, commands, passwords, repository, sessions
from engine.accounts.attempts import Key, Lock
from engine.accounts.models import Account
from engine.errors import Invalid
from engine.identity.actor import SYSTEM, Actor
from engine.installation import Installation
from engine.uow import begin, look

NOT_RIGHT = "The password is not right."


@dataclass(frozen=True, slots=True)
class Reset:
    """What an administrator hands on; it cannot be shown again."""

    password: str
    expires_at: datetime


def sign_in(
    installation: Installation, name: str, password: str, *, address: str | None, agent: str
) -> str | None:
    """
    Open a session and return the value of its cookie, None when name and password do not fit together.

    Raises `TooManyAttempts`.
    """
    keys = [attempts.name(name), *([attempts.address(address)] if address else [])]
    locks = _counted(installation, keys)
    with look(installation, SYSTEM) as unit:
        account = commands.authenticated(unit.session, name, password, at=unit.now)
        named = repository.by_name(unit.session, name)
    if account is None:
        _failed(installation, locks, account_id=named.id if named else None, address=address)
        return None
    with begin(installation, repository.actor(account)) as unit:
        cookie = sessions.sign_in(unit, account, agent=agent)
        attempts.passed(unit, *keys)
        unit.commit()
    return cookie


def confirm(installation: Installation, actor: Actor, password: str) -> datetime:
    """
    Note in the actor's session that its person is there.

    Raises `TooManyAttempts`, and `Invalid` for a wrong password.
    """
    account = _confirmed(installation, actor, password)
    with begin(installation, actor) as unit:
        attempts.passed(unit, attempts.confirmation(account.id))
        confirmed_at = sessions.confirm(unit)
        unit.commit()
    return confirmed_at


def has_one(installation: Installation, actor: Actor) -> bool:
    """Tell whether the actor can sign in with a password."""
    with look(installation, actor) as unit:
        return repository.named(unit.session, actor.name).password_hash is not None


def change(installation: Installation, actor: Actor, old: str, new: str) -> None:
    """
    Give the actor another password.

    Raises `TooManyAttempts`, and `Invalid` for a wrong old password and for a new one that cannot be one.
    """
    account = _confirmed(installation, actor, old)
    with begin(
        installation, actor
    ) as unit:  # the old one was right, whatever becomes of the new one
        attempts.passed(unit, attempts.confirmation(account.id))
        unit.commit()
    if new == old:
        raise Invalid("The new password is the old one.")
    password_hash = passwords.kept(new, names=(account.name, account.display_name))
    with begin(installation, actor) as unit:
        commands.change_password(unit, account, password_hash)
        unit.commit()


def reset(installation: Installation, actor: Actor, account_id: UUID) -> Reset:
    """Give an account a one-time password, on the word of the actor."""
    given = passwords.one_time()
    with begin(installation, actor) as unit:
        expires_at = commands.reset_password(unit, account_id, given)
        unit.commit()
    return Reset(given.password, expires_at)


def _confirmed(installation: Installation, actor: Actor, password: str) -> Account:
    """Return the actor's account, as it was when its password was compared."""
    with look(installation, actor) as unit:
        account = repository.named(unit.session, actor.name)
    key = attempts.confirmation(account.id)
    locks = _counted(installation, [key])
    if passwords.fits(password, account.password_hash):
        return account
    _failed(installation, locks, account_id=account.id)
    raise Invalid(NOT_RIGHT)


def _counted(installation: Installation, keys: Sequence[Key]) -> Sequence[Lock]:
    with begin(installation, SYSTEM) as unit:
        locks = attempts.begin(unit, *keys)
        unit.commit()
    return locks


def _failed(
    installation: Installation,
    locks: Sequence[Lock],
    *,
    account_id: UUID | None,
    address: str | None = None,
) -> None:
    if not locks:
        return
    with begin(installation, SYSTEM) as unit:
        attempts.failed(unit, locks, account_id=account_id, address=address)
        unit.commit()
