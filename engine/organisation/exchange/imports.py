"""When the organisation was taken in from tables, and by whom, for who left the page before it was done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from engine.accounts import repository as accounts
from engine.audit import repository as record
from engine.audit.events import Event, EventType
from engine.audit.models import IMPORTED, AuditChain
from engine.identity.permissions import Permission, require
from engine.organisation.authority import CHAIN, of_the_organisation
from engine.organisation.exchange.book import Book
from engine.uow import UnitOfWork

LATEST = 3


@dataclass(frozen=True, slots=True)
class Import:
    at: str
    """As the record has it."""
    person: str
    """The name of the account, or who else the record names."""
    changes: int


def note(uow: UnitOfWork, book: Book) -> None:
    """Tell in the record that what precedes was one import; one that changes nothing is none."""
    if book.changes:
        by_table = Counter(each.table.value for each in book.changes)
        uow.record(CHAIN, Event(EventType.ORGANISATION_IMPORTED, {"changes": dict(by_table)}))


def latest(uow: UnitOfWork) -> Sequence[Import]:
    """Return the last imports, the last one first. Raises `NotAllowed`, and `RecordUnreadable`."""
    require(uow.actor, Permission.CHANGE_ORGANISATION, of_the_organisation(uow))
    chain = uow.session.scalar(select(AuditChain.id).where(AuditChain.name == CHAIN))
    if chain is None:
        return []
    found = record.latest(uow.session, chain, IMPORTED, limit=LATEST)
    people = [UUID(each.actor.removeprefix("person:")) for each in found if ":" in each.actor]
    names = {f"person:{key}": name for key, name in accounts.names(uow.session, people).items()}
    return [
        Import(
            each.at,
            names.get(each.actor, each.actor),
            sum(each.facts["changes"].values()),
        )
        for each in reversed(found)
    ]
