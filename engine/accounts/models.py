from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, Identified


class Account(Identified):
    """A person who can sign in."""

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(unique=True)
    """What one signs in with; lower case, never changed or given to somebody else."""
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    """argon2id; without one, no sign-in by password."""
    one_time_until: Mapped[datetime | None]
    """Until when a one-time password opens a session, in which another has to be chosen; else None."""
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    """False for a closed account: nobody comes in by it, holds a role by it or gets a task by it."""
    language: Mapped[str | None]
    """The language that the person has chosen, on whatever device; None where none was chosen."""
    closed_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    """The day on which it was closed, in the organisation's calendar: it held roles until the day before."""
    created_at: Mapped[datetime]
    memberships: Mapped[list["Membership"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


class Membership(Base):
    """An account belongs to a group: a role that tasks are given to."""

    __tablename__ = "membership"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", primary_key=True, index=True)


class Identity(Identified):
    """Whom an OpenID provider knows under a subject that never changes is the person of this account."""

    __tablename__ = "identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("account_id", "issuer"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    """Unique at its issuer and never given to somebody else; a name or an address may be."""
    created_at: Mapped[datetime]


class SignIn(Identified):
    """A session in a browser. The cookie is kept as its hash only."""

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    agent: Mapped[str]
    """The browser and the system in a few words, as it told them; empty where it did not."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When it was used, to some minutes: not every request writes."""
    confirmed_at: Mapped[datetime | None]
    """When its person last gave the password again, or signed in again at the provider."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    identity_id: Mapped[UUID | None] = mapped_column(ForeignKey("identity.id"), index=True)
    """What opened it, where that was an OpenID provider and no password."""
    provider_session: Mapped[str | None] = mapped_column(index=True)
    """The session at the provider (`sid`) that it came from; it ends with that one."""


class ApiToken(Identified):
    """A key for a program, which acts as the account within its scopes. Kept as its hash only."""

    __tablename__ = "api_token"

    digest: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    """What its person calls it: where it is used."""
    scopes: Mapped[list[Any]]
    """The permissions that it carries, of those that its account has."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was last used, to the hour."""
    revoked_at: Mapped[datetime | None]


class FailedAttempts(Base):
    """
    How many attempts to give a password have failed and are not forgotten yet, and what is locked for it.

    One row for each name, client address or account that attempts were made on; it goes when all is forgotten.
    """

    __tablename__ = "failed_attempts"

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    """The hash of what was given: a password that was typed as a name is not kept."""
    forgotten_at: Mapped[datetime] = mapped_column(index=True)
    """When the last of them is forgotten: each failure moves it on by the same time, so that it counts them."""
    locked_until: Mapped[datetime | None]


class UsedLogout(Base):
    """A logout token that a provider has sent: each is taken once, and forgotten when it would be too old."""

    __tablename__ = "used_logout"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """The hash of its issuer and its `jti`."""
    forgotten_at: Mapped[datetime] = mapped_column(index=True)
