"""What accounts may do (groups, administrator's rights, whether they are closed), compared with the record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.models import Account
from engine.audit.checking import Break
from engine.audit.events import EventType
from engine.audit.models import AuditEvent

TOLD = (
    EventType.ACCOUNT_CREATED,
    EventType.ACCOUNT_CHANGED,
    EventType.ACCOUNT_CLOSED,
    EventType.ACCOUNT_REOPENED,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account may do, as far as it is in the record."""

    groups: frozenset[str]
    is_admin: bool
    is_active: bool = True


def compare(session: Session, chain: UUID) -> Iterator[tuple[str, Break]]:
    """Give the accounts that may do something else than was last recorded in their chain, which holds."""
    recorded = _recorded(session, chain)
    for account in session.scalars(select(Account).order_by(Account.id)):
        groups = frozenset(each.group for each in account.memberships)
        shown = Standing(groups, account.is_admin, account.is_active)
        if recorded.pop(str(account.id), None) != shown:
            changed = "The account may do something else than the record says."
            yield str(account.id), Break(chain, None, changed)
    for name in recorded:
        gone = "The account is in the record, but not among the accounts."
        yield name, Break(chain, None, gone)


def _recorded(session: Session, chain: UUID) -> dict[str, Standing]:
    """Return how the record last left each account."""
    found: dict[str, Standing] = {}
    for kind, facts in session.execute(
        select(AuditEvent.type, AuditEvent.facts)
        .where(AuditEvent.chain == chain, AuditEvent.type.in_(TOLD))
        .order_by(AuditEvent.seq)
    ):
        name = str(facts["account"])
        found[name] = _after(found.get(name), EventType(kind), facts)
    return found


def _after(was: Standing | None, kind: EventType, facts: Mapping[str, Any]) -> Standing:
    was = was or Standing(frozenset(), is_admin=False)
    if kind is EventType.ACCOUNT_CREATED:
        return Standing(frozenset(facts["groups"]), facts["admin"])
    if kind is EventType.ACCOUNT_CHANGED:
        groups = was.groups.union(facts["added"]).difference(facts["removed"])
        return Standing(groups, facts.get("admin", was.is_admin), was.is_active)
    return Standing(was.groups, was.is_admin, kind is EventType.ACCOUNT_REOPENED)
