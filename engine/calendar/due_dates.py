"""When a task is due that was given a number of working days."""

from datetime import UTC, datetime

from bpmn.moments import WorkingDays
from engine.calendar.repository import Calendars
from engine.organisation.periods import today
from engine.uow import UnitOfWork


class DueDates:
    """Until when the tasks of a case are to be done, which are created now."""

    def __init__(self, uow: UnitOfWork, unit: str | None) -> None:
        self._uow = uow
        self._unit = unit
        self._calendars = Calendars(uow)

    def of(self, due: datetime | WorkingDays | None) -> datetime | None:
        """Return a moment: of working days, when the last of them ends where the organisation is."""
        if not isinstance(due, WorkingDays):
            return due
        settings = self._uow.installation.settings
        day = self._calendars.of(self._unit).after(today(self._uow), due.count)
        return datetime.combine(day, settings.working_day_ends, settings.zone).astimezone(UTC)
