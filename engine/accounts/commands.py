"""Accounts, sign-ins and tokens. Secrets are kept as hashes only."""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from engine.accounts import repository
from engine.accounts.models import Account, ApiToken, Membership, SignIn
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotFound
from engine.uow import UnitOfWork

CHAIN = "identity"
NAME = re.compile(r"[a-z0-9åäöéü](?:[a-z0-9åäöéü._@-]{0,98}[a-z0-9åäöéü])?")
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024
_hasher = PasswordHasher()
# Verified when there is no such account, so that a wrong name takes as long as a wrong password.
_NOBODY = _hasher.hash(secrets.token_hex())


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
        raise Invalid("'{name}' cannot be an account's name.", name=name)
    record.named_chain(uow.session, CHAIN)  # locked: names are given to one at a time
    if repository.by_name(uow.session, name):
        raise Conflict("There is already an account '{name}'.", name=name)
    account = Account(
        name=name,
        display_name=display_name or name,
        password_hash=None if password is None else _hash(password),
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


def authenticated(session: Session, name: str, password: str) -> Account | None:
    """
    Return the account that a name and a password belong to, None when they do not fit.

    Takes some hundredths of a second on purpose: call it outside a transaction that changes things.
    """
    account = repository.by_name(session, name)
    known = account.password_hash if account and account.is_active else None
    try:
        _hasher.verify(known or _NOBODY, password[:LONGEST_PASSWORD])
    except VerificationError:
        return None
    return account if known else None


def sign_in(uow: UnitOfWork, account: Account) -> str:
    """Open a session and return the value of its cookie; it is kept as its hash only."""
    cookie = secrets.token_urlsafe(32)
    uow.session.execute(delete(SignIn).where(SignIn.expires_at <= uow.now))
    uow.session.add(
        SignIn(
            digest=digest(cookie),
            account_id=account.id,
            created_at=uow.now,
            expires_at=uow.now + timedelta(hours=uow.installation.settings.session_hours),
        )
    )
    return cookie


def sign_out(uow: UnitOfWork, cookie: str) -> None:
    uow.session.execute(delete(SignIn).where(SignIn.digest == digest(cookie)))


def create_token(uow: UnitOfWork, name: str) -> str:
    """Return a new token for an account; it cannot be shown again."""
    account = repository.named(uow.session, name)
    token = f"rutin_{secrets.token_urlsafe(32)}"
    row = ApiToken(digest=digest(token), account_id=account.id, created_at=uow.now)
    uow.session.add(row)
    uow.session.flush()  # the event names the token
    uow.record(
        CHAIN,
        Event(EventType.TOKEN_CREATED, {"account": str(account.id), "token": str(row.id)}),
    )
    return token


def revoke_token(uow: UnitOfWork, token: str) -> None:
    row = uow.session.query(ApiToken).filter_by(digest=digest(token)).one_or_none()
    if row is None:
        raise NotFound
    uow.session.execute(update(ApiToken).where(ApiToken.id == row.id).values(revoked_at=uow.now))
    uow.record(
        CHAIN,
        Event(EventType.TOKEN_REVOKED, {"account": str(row.account_id), "token": str(row.id)}),
    )


def digest(secret: str) -> str:
    """Hash a random secret; unlike a password it cannot be guessed, so one round is enough."""
    return sha256(secret.encode()).hexdigest()


def _hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(
            "A password has {shortest} to {longest} characters.",
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
    return _hasher.hash(password)
