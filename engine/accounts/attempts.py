"""
How often somebody may be wrong: failed attempts are counted, and too many lock for a while, each time longer.

Counted are three things, apart from one another: the name that was given, so that one account is not guessed at
from many places; the client's address, so that many accounts are not guessed at from one; and, for who is signed
in and gives the password again, the account, so that whoever locks a name from outside locks out nobody inside.
A name that no account has is counted and locked like any other, or the lock would tell which names there are.

An attempt counts as failed from its beginning, and is taken back when it was right: however many come at the same
time, to however many processes, no more passwords are compared than the limit says. What is kept of the failures
is one time, at which they are all forgotten; each moves it on. Rows go when that time has come.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from sqlalchemy import Select, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.accounts.digests import digest
from engine.accounts.models import FailedAttempts
from engine.accounts.record import SIGN_INS
from engine.audit.chain import written
from engine.audit.events import Event, EventType
from engine.errors import TooManyAttempts
from engine.uow import UnitOfWork

MOST = 100_000
"""Rows that are kept; beyond, the ones that would be forgotten first go first."""
HARDLY = 0.05
"""So much of a failure is none: who waits for a row has an earlier time than who had it before."""
AT_ONCE = 500
"""Rows that one attempt clears away."""
MOST_TOLD = 10_000
"""Locks that are told of at once; there are more only while somebody is guessing at everything."""


class Kind(StrEnum):
    """What failures are counted for; rows are locked in the order of these values."""

    ADDRESS = "address"
    CONFIRMATION = "confirmation"
    FEEDBACK = "feedback"
    """What is written from an address by people who have not signed in: each counts, right or wrong."""
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Limit:
    free: int
    """So many failures lock for the first time."""
    forgets: timedelta
    """After so long without a failure one is forgotten."""
    first: timedelta = timedelta(minutes=1)
    """How long the first lock lasts; each further one lasts twice as long."""
    longest: timedelta = timedelta(minutes=15)

    def lock(self, failures: int) -> timedelta | None:
        if failures < self.free:
            return None
        doubled: int = 2 ** (failures - self.free)
        return min(self.longest, self.first * doubled)

    @property
    def counted(self) -> int:
        """Return how far failures are counted: more do not lock for longer."""
        return self.free + math.ceil(math.log2(self.longest / self.first))


LIMITS = {
    Kind.NAME: Limit(free=5, forgets=timedelta(hours=1)),
    Kind.CONFIRMATION: Limit(free=5, forgets=timedelta(hours=1)),
    Kind.FEEDBACK: Limit(free=5, forgets=timedelta(hours=1)),
    # An organisation may stand behind one address, and some of it mistypes every morning.
    Kind.ADDRESS: Limit(free=50, forgets=timedelta(minutes=2)),
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that an attempt set, and that stands unless the attempt was right."""

    kind: Kind
    until: datetime


def name(given: str) -> Key:
    return Key(Kind.NAME, digest(given.strip().lower()))


def confirmation(account_id: UUID) -> Key:
    return Key(Kind.CONFIRMATION, digest(str(account_id)))


def address(given: str) -> Key:
    """Return the key of a client's address; of IPv6 the network of 64 bits that one client has for itself."""
    return Key(Kind.ADDRESS, _client(given))


def feedback(given: str) -> Key:
    """Return the key of a client's address where somebody writes without having signed in."""
    return Key(Kind.FEEDBACK, _client(given))


def _client(given: str) -> str:
    try:
        known = ip_address(given)
    except ValueError:
        return digest(given)
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64)
    return digest(str(known))


def begin(uow: UnitOfWork, *keys: Key) -> Sequence[Lock]:
    """
    Count an attempt before the password is compared; returns the locks that hold if it turns out wrong.

    Raises `TooManyAttempts` when one of the keys is locked; then nothing is counted.
    """
    _clear(uow)
    rows = [_row(uow, key) for key in sorted(keys)]
    waits = [row.locked_until - uow.now for row in rows if row.locked_until]
    longest = max(waits, default=timedelta())
    if longest > timedelta():
        raise TooManyAttempts(longest)
    locks = [_count(row, Kind(row.kind), uow.now) for row in rows]
    return [lock for lock in locks if lock]


def passed(uow: UnitOfWork, *keys: Key) -> None:
    """
    Take back an attempt that was right.

    What was failed before is forgotten with it, but not for an address: who owns one account there would guess at
    the others for ever.
    """
    for key in sorted(keys):
        row = uow.session.scalar(_of(key).with_for_update())
        if row is None:
            continue
        row.forgotten_at -= LIMITS[key.kind].forgets
        row.locked_until = None
        if key.kind is not Kind.ADDRESS or row.forgotten_at <= uow.now:
            uow.session.delete(row)


def failed(
    uow: UnitOfWork,
    locks: Iterable[Lock],
    *,
    account_id: UUID | None = None,
    address: str | None = None,
) -> None:
    """Record the locks that an attempt set, now that it is known to be wrong. Failures by themselves are not."""
    for lock in locks:
        facts = {
            "locked": lock.kind.value,
            "account": str(account_id) if account_id and lock.kind is not Kind.ADDRESS else None,
            "until": written(lock.until),
        }
        payload = {"address": address} if lock.kind is Kind.ADDRESS else {}
        uow.record(SIGN_INS, Event(EventType.SIGN_IN_LOCKED, facts, payload))


def unlock(uow: UnitOfWork, *keys: Key) -> None:
    for key in sorted(keys):
        uow.session.execute(
            delete(FailedAttempts).where(
                FailedAttempts.kind == key.kind, FailedAttempts.key == key.key
            )
        )


def locked(
    session: Session, at: datetime, *, among: Collection[Key] | None = None
) -> dict[Key, datetime]:
    """Return what is locked at a time, and until when: of everything, or among some keys."""
    query = select(FailedAttempts).where(FailedAttempts.locked_until > at)
    if among is not None:
        pair = tuple_(FailedAttempts.kind, FailedAttempts.key)
        query = query.where(pair.in_([(each.kind.value, each.key) for each in among]))
    return {
        Key(Kind(row.kind), row.key): row.locked_until
        for row in session.scalars(query.limit(MOST_TOLD))
        if row.locked_until
    }


def longest(locked: Mapping[Key, datetime], *keys: Key) -> datetime | None:
    """Return until when the last of some keys is locked; None where none is."""
    return max((locked[key] for key in keys if key in locked), default=None)


def _of(key: Key) -> Select[FailedAttempts]:
    return (
        select(FailedAttempts)
        .where(FailedAttempts.kind == key.kind.value, FailedAttempts.key == key.key)
        .execution_options(populate_existing=True)
    )


def _row(uow: UnitOfWork, key: Key) -> FailedAttempts:
    """Return the row of a key, held for this transaction, also when two make it at the same time."""
    insert = sqlite.insert if uow.installation.database.is_sqlite else postgresql.insert
    given = {"kind": key.kind.value, "key": key.key, "forgotten_at": uow.now}
    uow.session.execute(
        insert(FailedAttempts)
        .values(given)
        # An update of nothing holds a row that is there already; doing nothing would not.
        .on_conflict_do_update(index_elements=["kind", "key"], set_={"key": key.key})
    )
    return uow.session.scalars(_of(key)).one()


def _count(row: FailedAttempts, kind: Kind, now: datetime) -> Lock | None:
    limit = LIMITS[kind]
    row.forgotten_at = min(
        max(row.forgotten_at, now) + limit.forgets, now + limit.forgets * limit.counted
    )
    failures = math.ceil((row.forgotten_at - now) / limit.forgets - HARDLY)
    lock = limit.lock(failures)
    row.locked_until = now + lock if lock else None
    return Lock(kind, now + lock) if lock else None


def _clear(uow: UnitOfWork) -> None:
    """Remove what is forgotten, and what there is too much of; rows that others hold are left to them."""
    # Locks are shorter than what they are for is remembered, so that none is cleared away.
    columns = select(FailedAttempts.kind, FailedAttempts.key)
    old = columns.where(FailedAttempts.forgotten_at <= uow.now)
    _remove(uow, old.limit(AT_ONCE))
    count = uow.session.scalar(select(func.count()).select_from(FailedAttempts)) or 0
    if count > MOST:
        first = columns.order_by(FailedAttempts.forgotten_at)
        _remove(uow, first.limit(min(AT_ONCE, count - MOST)))


def _remove(uow: UnitOfWork, chosen: Select[str, str]) -> None:
    found = [tuple(row) for row in uow.session.execute(chosen.with_for_update(skip_locked=True))]
    if found:
        uow.session.execute(
            delete(FailedAttempts).where(
                tuple_(FailedAttempts.kind, FailedAttempts.key).in_(found)
            )
        )
