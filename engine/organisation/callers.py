"""
Who sends a request: the account behind a token or a session, with the roles of the day.

One statement outside of any transaction tells both, and in which state the organisation is; the roles of a state
are kept ready.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select

from engine.accounts import sessions, tokens
from engine.accounts.digests import digest
from engine.identity.actor import Actor
from engine.installation import Installation
from engine.organisation import holdings


@dataclass(frozen=True, slots=True)
class Caller:
    actor: Actor
    way_in: UUID
    """The token, or the session."""
    is_worth_noting: bool
    """It was used so long ago that its use has to be written down."""


_BY_TOKEN = tokens.OPEN.add_columns(*holdings.STATES)
_BY_COOKIE = sessions.OPEN.add_columns(*holdings.STATES)


def by_token(installation: Installation, secret: str, at: datetime) -> Caller | None:
    """Return who sends a token; None for one that opens nothing."""
    row = _found(installation, _BY_TOKEN, {"digest": digest(secret), "at": at})
    if row is None:
        return None
    actor = replace(_actor(installation, row, at), scopes=frozenset(row.scopes))
    return Caller(actor, row.way_in, tokens.is_worth_noting(row.used_at, at))


def by_cookie(installation: Installation, cookie: str, at: datetime) -> Caller | None:
    """Return who sends the cookie of a session; None where it is not open."""
    settings = installation.settings
    idle_since = sessions.idle_since(settings, at)
    asked = {"digest": digest(cookie), "at": at, "idle_since": idle_since}
    row = _found(installation, _BY_COOKIE, asked)
    if row is None:
        return None
    actor = replace(
        _actor(installation, row, at),
        session=row.way_in,
        must_change_password=row.identity_id is None and row.one_time_until is not None,
        language=row.language,
    )
    return Caller(actor, row.way_in, sessions.is_worth_noting(row.seen_at, settings, at))


def _found(
    installation: Installation, query: Select[Any], values: Mapping[str, Any]
) -> Row[Any] | None:
    with installation.database.glancing() as connection:
        return connection.execute(query, values).one_or_none()


def _actor(installation: Installation, row: Row[Any], at: datetime) -> Actor:
    roles = holdings.kept(installation, row, at)
    if roles is None:
        with installation.database.reading() as session:
            roles = holdings.held(installation, session, at)
    return holdings.actor(roles, row)
