"""
When units do not work: noted, and given another last day.

What was due before a closure was noted stays due: it counts where working days are counted from then on.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from engine.audit.events import Event, EventType
from engine.calendar.models import Closure
from engine.db import new_id
from engine.errors import Invalid, NotFound
from engine.organisation import periods, repository
from engine.organisation.authority import CHAIN, begin_change
from engine.organisation.belongings import within
from engine.organisation.models import Unit
from engine.organisation.periods import Period, in_force, today
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_NAME = 200
MOST_YEARS_AHEAD = 10


def create(uow: UnitOfWork, name: str, unit: str | None, period: Period) -> Closure:
    """
    Note that a unit does not work, nor the units below it; without a unit, the whole organisation.

    Raises `Conflict` when a closure of that name is there already on one of the days.
    """
    begin_change(uow)
    name = kept(
        name,
        "A closure has a name of at most {limit} characters.",
        shortest=1,
        longest=LONGEST_NAME,
    )
    _foreseen(uow, period)
    row = None if unit is None else repository.unit(uow.session, unit)
    if row is not None:
        within(row.key, row.period, period)
    closure = Closure(
        id=new_id(),
        unit_id=row.id if row is not None else None,
        name=name,
        valid_from=period.first,
        valid_to=period.last,
    )
    periods.free(period, _alike(uow, closure))
    uow.session.add(closure)
    _record(uow, EventType.CLOSURE_CREATED, closure, {"name": name})
    return closure


def end(uow: UnitOfWork, closure_id: UUID, last: date) -> Closure:
    """Give a closure another last day, earlier or later."""
    begin_change(uow)
    closure = repository.one(uow.session, Closure, closure_id)
    uow.session.refresh(closure)  # what it was before the lock does not count
    period = periods.ending(closure.period, last, today(uow))
    _foreseen(uow, period)
    if closure.unit_id is not None:
        unit = repository.one(uow.session, Unit, closure.unit_id)
        within(unit.key, unit.period, period)
    periods.free(period, _alike(uow, closure))
    closure.valid_to = period.last
    _record(uow, EventType.CLOSURE_ENDED, closure, {})
    return closure


@dataclass(frozen=True, slots=True)
class Entry:
    """A closure as a list shows it."""

    id: UUID
    name: str
    unit: str | None
    valid_from: date
    valid_to: date


def get(uow: UnitOfWork, closure_id: UUID) -> Entry:
    uow.session.flush()  # what was just written is read as well
    found = _entries(uow, _entry().where(Closure.id == closure_id))
    if not found:
        raise NotFound
    return found[0]


def listed(
    uow: UnitOfWork,
    *,
    unit: str | None = None,
    on: date | None = None,
    after: UUID | None = None,
    limit: int,
) -> list[Entry]:
    """Return what was noted, of all days or of one; with a unit, what was noted for it and not for one above."""
    query = _entry()
    if unit is not None:
        query = query.where(Unit.key == unit)
    if on is not None:
        query = query.where(in_force(Closure, on))
    if after is not None:
        query = query.where(Closure.id > after)
    return _entries(uow, query.order_by(Closure.id).limit(limit))


def _foreseen(uow: UnitOfWork, period: Period) -> None:
    """Raises `Invalid` for a closure without an end that can be foreseen: some day work goes on."""
    if period.last is None:
        raise Invalid("A closure has a last day.")
    if period.last.year > today(uow).year + MOST_YEARS_AHEAD:
        raise Invalid("A closure is noted at most {years} years ahead.", years=MOST_YEARS_AHEAD)


def _alike(uow: UnitOfWork, closure: Closure) -> list[Period]:
    rows = uow.session.scalars(
        select(Closure).where(
            Closure.unit_id.is_not_distinct_from(closure.unit_id),
            Closure.name == closure.name,
            Closure.id != closure.id,
        )
    )
    return [each.period for each in rows]


def _entry() -> Select[Closure, str | None]:
    return select(Closure, Unit.key).outerjoin(Unit, Unit.id == Closure.unit_id)


def _entries(uow: UnitOfWork, query: Select[Closure, str | None]) -> list[Entry]:
    return [
        Entry(row.id, row.name, unit, row.valid_from, row.valid_to)
        for row, unit in uow.session.execute(query)
        if row.valid_to is not None
    ]


def _record(uow: UnitOfWork, event: EventType, row: Closure, payload: dict[str, str]) -> None:
    facts = {"closure": str(row.id), "unit": row.unit_id and str(row.unit_id)}
    uow.record(CHAIN, Event(event, facts | row.period.facts, payload))
