"""When a unit is closed: one statement, however deep it stands and however often it was moved."""

from sqlalchemy import CTE, ColumnElement, Date, Text, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from engine.calendar.models import Closure
from engine.calendar.working_days import Calendar
from engine.organisation.chart import MOST_LEVELS
from engine.organisation.models import Unit, UnitPlacement
from engine.organisation.periods import EARLIEST, LATEST, Period
from engine.uow import UnitOfWork


class Calendars:
    """The calendars of units as one unit of work sees them, each read when it is asked for first."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._read: dict[str | None, Calendar] = {}

    def of(self, unit: str | None) -> Calendar:
        """Return the calendar of a unit; without one, or of one that is not there, the whole organisation's."""
        if unit not in self._read:
            eves_free = self._uow.installation.settings.eves_free
            self._read[unit] = Calendar(eves_free, closures(self._uow.session, unit))
        return self._read[unit]


def closures(session: Session, unit: str | None) -> tuple[Period, ...]:
    """Return when a unit is closed: by closures of its own, of the units that are above it then, of them all."""
    rows = session.execute(_CLOSED, {"unit": unit})
    found = (row.period.common(Period(first, last)) for row, first, last in rows)
    return tuple(each for each in found if each is not None)


def _above(unit: ColumnElement[str]) -> CTE:
    """Return a unit and those that are ever above it, from when until when: `unit_id`, `first`, `last`."""
    chain = (
        select(
            Unit.id.label("unit_id"),
            literal(EARLIEST, Date).label("first"),
            literal(LATEST, Date).label("last"),
            literal(0).label("level"),
        )
        .where(Unit.key == unit)
        .cte("above", recursive=True)
    )
    place = UnitPlacement
    return chain.union_all(
        select(
            place.parent_id,
            case((place.valid_from > chain.c.first, place.valid_from), else_=chain.c.first),
            case((place.valid_to < chain.c.last, place.valid_to), else_=chain.c.last),
            chain.c.level + 1,
        )
        .join(chain, place.unit_id == chain.c.unit_id)
        .where(
            place.parent_id.is_not(None),
            place.valid_from <= chain.c.last,
            or_(place.valid_to.is_(None), place.valid_to >= chain.c.first),
            chain.c.level < MOST_LEVELS,
        )
    )


# Put together once: to do so takes longer than to execute it.
_ABOVE = _above(bindparam("unit", type_=Text))
_CLOSED = (
    select(
        Closure,
        func.coalesce(_ABOVE.c.first, literal(EARLIEST, Date)),
        func.coalesce(_ABOVE.c.last, literal(LATEST, Date)),
    )
    .outerjoin(_ABOVE, _ABOVE.c.unit_id == Closure.unit_id)
    .where(or_(Closure.unit_id.is_(None), _ABOVE.c.unit_id.is_not(None)))
)
