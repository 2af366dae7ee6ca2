"""Who holds which role where, from when until when, and by which decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.audit.events import Event, EventType
from engine.db import new_id
from engine.errors import NotFound
from engine.organisation import periods, repository
from engine.organisation.authority import CHAIN, begin_change
from engine.organisation.belongings import within
from engine.organisation.models import Appointment, Unit
from engine.organisation.periods import Period, today
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_DECISION = 500


def create(  # noqa: PLR0913
    uow: UnitOfWork,
    role: str,
    person: str,
    unit: str | None,
    *,
    period: Period,
    decision: str | None = None,
) -> Appointment:
    """
    Appoint a person to a role in a unit; without a unit, in the whole organisation.

    Raises `Conflict` when the person holds it there already on one of the days.
    """
    begin_change(uow)
    repository.role(uow.session, role)
    account = accounts.named(uow.session, person)
    row = None if unit is None else repository.unit(uow.session, unit)
    if row is not None:
        within(row.key, row.period, period)
    unit_id = row.id if row is not None else None
    alike = uow.session.scalars(select(Appointment).where(_alike(role, account.id, unit_id)))
    periods.free(period, (each.period for each in alike))
    return add(uow, role, account.id, unit_id, period=period, decision=decision_of(decision))


def end(uow: UnitOfWork, appointment_id: UUID, last: date) -> Appointment:
    begin_change(uow)
    row = repository.one(uow.session, Appointment, appointment_id)
    period = periods.ending(row.period, last, today(uow))
    if row.unit_id is not None:
        unit = repository.one(uow.session, Unit, row.unit_id)
        within(unit.key, unit.period, period)
    alike = select(Appointment).where(
        _alike(row.role_key, row.account_id, row.unit_id), Appointment.id != row.id
    )
    periods.free(period, (each.period for each in uow.session.scalars(alike)))
    give_last_day(uow, row, period)
    return row


def add(  # noqa: PLR0913
    uow: UnitOfWork,
    role: str,
    account_id: UUID,
    unit_id: UUID | None,
    *,
    period: Period,
    decision: str | None,
) -> Appointment:
    """Write what was looked at."""
    row = Appointment(
        id=new_id(),
        role_key=role,
        account_id=account_id,
        unit_id=unit_id,
        valid_from=period.first,
        valid_to=period.last,
        decision=decision,
    )
    uow.session.add(row)
    _record(uow, EventType.APPOINTMENT_CREATED, row)
    return row


def give_last_day(uow: UnitOfWork, row: Appointment, period: Period) -> None:
    row.valid_to = period.last
    _record(uow, EventType.APPOINTMENT_ENDED, row)


def refer(uow: UnitOfWork, row: Appointment, decision: str | None) -> None:
    """Say otherwise where it was decided."""
    row.decision = decision
    _record(uow, EventType.APPOINTMENT_CHANGED, row)


def decision_of(text: str | None) -> str | None:
    """Raises `Invalid` for a text that cannot be kept."""
    sentence = "A reference to a decision has at most {limit} characters."
    return kept(text, sentence, longest=LONGEST_DECISION) or None if text else None


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment as a list shows it."""

    id: UUID
    role: str
    person: str
    unit: str | None
    valid_from: date
    valid_to: date | None
    decision: str | None


def get(uow: UnitOfWork, appointment_id: UUID) -> Entry:
    uow.session.flush()  # what was just written is read as well
    found = _entries(uow, _entry().where(Appointment.id == appointment_id))
    if not found:
        raise NotFound
    return found[0]


def listed(  # noqa: PLR0913
    uow: UnitOfWork,
    *,
    role: str | None = None,
    person: str | None = None,
    unit: str | None = None,
    on: date | None = None,
    after: UUID | None = None,
    limit: int,
) -> list[Entry]:
    """Return appointments of all days, or of one."""
    query = _entry()
    for column, wanted in (
        (Appointment.role_key, role),
        (Account.name, person),
        (Unit.key, unit),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return _entries(uow, repository.stretch(query, Appointment, on=on, after=after, limit=limit))


def _entry() -> Select[Appointment, str, str | None]:
    return (
        select(Appointment, Account.name, Unit.key)
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
    )


def _entries(uow: UnitOfWork, query: Select[Appointment, str, str | None]) -> list[Entry]:
    return [
        Entry(row.id, row.role_key, person, unit, row.valid_from, row.valid_to, row.decision)
        for row, person, unit in uow.session.execute(query)
    ]


def _alike(role: str, account_id: UUID, unit_id: UUID | None) -> ColumnElement[bool]:
    of_person = (Appointment.role_key == role) & (Appointment.account_id == account_id)
    return of_person & Appointment.unit_id.is_not_distinct_from(unit_id)


def _record(uow: UnitOfWork, event: EventType, row: Appointment) -> None:
    facts = {
        "appointment": str(row.id),
        "role": row.role_key,
        "account": str(row.account_id),
        "unit": row.unit_id and str(row.unit_id),
        **row.period.facts,
    }
    payload = {"decision": row.decision} if row.decision else {}
    uow.record(CHAIN, Event(event, facts, payload))
