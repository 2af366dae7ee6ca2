"""
Working days in expressions: `working days after(date, n, unit)` and `working days between(from, to, unit)`.

The unit may be left out. What cannot be counted has no value, as with the days of FEEL itself.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bpmn import feel
from bpmn.feel.errors import NoValue
from bpmn.feel.types import NAMED
from engine.calendar.repository import Calendars
from engine.calendar.working_days import Calendar
from engine.errors import Invalid, NotFound
from engine.organisation import repository
from engine.uow import UnitOfWork

DAYS_FOR_A_STEP = 10
"""How many days are counted for the price of one step of an expression."""


def functions(uow: UnitOfWork, unit: str | None = None) -> Mapping[str, feel.Function]:
    """
    Return the functions by their names, for expressions that are evaluated within a unit of work.

    `unit` is the one whose days count where an expression names none; None, the whole organisation.
    """
    given = _Given(uow, unit)
    after = _function("working days after", ("date", "n"), given.after)
    between = _function("working days between", ("from", "to"), given.between)
    return {each.name: each for each in (after, between)}


def _function(name: str, parameters: tuple[str, str], body: Callable[..., Any]) -> feel.Function:
    """Make a function whose last parameter, the unit, may be left out."""
    asked = {"date": None, "n": NAMED["number"], "from": None, "to": None}
    required = {each: asked[each] for each in parameters}

    def without(first: Any, second: Any, setting: feel.Setting) -> Any:
        return body(first, second, None, setting)

    ways = (
        feel.function(name, required, without),
        feel.function(name, required | {"unit": NAMED["string"]}, body),
    )
    return feel.Function(name, tuple(signature for each in ways for signature in each.signatures))


class _Given:
    def __init__(self, uow: UnitOfWork, unit: str | None) -> None:
        self._uow = uow
        self._unit = unit
        self._calendars = Calendars(uow)

    def after(self, day: Any, count: Any, unit: str | None, setting: feel.Setting) -> date:
        first = _day(day, setting)
        if count is None or count != int(count):
            raise NoValue("The number of working days is no whole number.")
        _pay(setting, int(count))
        try:
            return self._calendar(unit).after(first, int(count))
        except Invalid as error:
            raise NoValue(error.template, **error.values) from error

    def between(self, first: Any, last: Any, unit: str | None, setting: feel.Setting) -> int:
        begun, ended = _day(first, setting), _day(last, setting)
        _pay(setting, (ended - begun).days)
        try:
            return self._calendar(unit).between(begun, ended)
        except Invalid as error:
            raise NoValue(error.template, **error.values) from error

    def _calendar(self, unit: str | None) -> Calendar:
        if unit is None:
            return self._calendars.of(self._unit)
        try:
            repository.unit(self._uow.session, unit)
        except NotFound as error:
            raise NoValue(error.template, **error.values) from error
        return self._calendars.of(unit)


def _day(value: Any, setting: feel.Setting) -> date:
    if isinstance(value, datetime):
        return value.astimezone(setting.zone).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    raise NoValue("Working days are counted from a date.")


def _pay(setting: feel.Setting, days: int) -> None:
    if setting.budget is not None:
        setting.budget.pay(abs(days) // DAYS_FOR_A_STEP)
