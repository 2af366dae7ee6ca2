from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
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
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    memberships: Mapped[list["Membership"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin"
    )


class Membership(Base):
    """An account belongs to a group: a role that tasks are given to."""

    __tablename__ = "membership"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", primary_key=True, index=True)


class SignIn(Base):
    """A session in a browser. The cookie is kept as its hash only."""

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiToken(Identified):
    """A key for a program, which acts as the account. Kept as its hash only."""

    __tablename__ = "api_token"

    digest: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
