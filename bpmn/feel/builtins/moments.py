"""Of days and of now (§10.3.4.10)."""

from typing import Any

from bpmn.feel import borders, values
from bpmn.feel.builtins.signatures import builtin
from bpmn.feel.errors import NoValue
from bpmn.feel.functions import Invocable
from bpmn.feel.run import Run
from bpmn.feel.temporal import Date, DateTime

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def now(run: Run) -> Any:
    setting = run.setting
    return borders.inward(setting.now.astimezone(setting.zone), run.budget)


def today(run: Run) -> Any:
    setting = run.setting
    return borders.inward(setting.now.astimezone(setting.zone).date(), run.budget)


def day_of_year(run: Run, value: Any) -> int:  # noqa: ARG001
    return _date(value).day_of_year


def day_of_week(run: Run, value: Any) -> str:  # noqa: ARG001
    return DAYS[_date(value).weekday - 1]


def month_of_year(run: Run, value: Any) -> str:  # noqa: ARG001
    return MONTHS[_date(value).month - 1]


def week_of_year(run: Run, value: Any) -> int:  # noqa: ARG001
    return _date(value).week


def _date(value: Any) -> Date:
    if type(value) is DateTime:
        return value.date
    if type(value) is Date:
        return value
    raise NoValue("A value of type {kind} is not a date.", kind=values.kind(value))


FUNCTIONS: tuple[Invocable, ...] = (
    builtin("now", ("", now)),
    builtin("today", ("", today)),
    builtin("day of year", ("date: some", day_of_year)),
    builtin("day of week", ("date: some", day_of_week)),
    builtin("month of year", ("date: some", month_of_year)),
    builtin("week of year", ("date: some", week_of_year)),
)
