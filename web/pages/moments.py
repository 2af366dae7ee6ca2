"""Days and times as people read them, in the organisation's zone and the reader's language."""

from datetime import UTC, date, datetime, timedelta

from flask_babel import format_date, format_datetime, get_locale, get_timezone, gettext, ngettext
from markupsafe import Markup

MOMENT = {"sv": "d MMMM y 'kl.' HH:mm", "en": "d MMMM y, HH:mm"}
CLOCK = "HH:mm"
DAY = "EEEE d MMMM"
DAY_OF_YEAR = "d MMMM y"
AN_HOUR = 60
"""In minutes."""
A_DAY = 24
"""In hours."""
TWO_DAYS = 2 * A_DAY


def moment(value: datetime) -> str:
    return str(format_datetime(value, MOMENT[get_locale().language]))


def clock(value: datetime) -> str:
    """Write what the clock shows, of a day that is known."""
    return str(format_datetime(value, CLOCK))


def day(value: date) -> str:
    """Write a date; of a point in time the day on which it falls here."""
    if isinstance(value, datetime):
        return str(format_datetime(value, DAY_OF_YEAR))
    return str(format_date(value, DAY_OF_YEAR))


def read(text: str) -> datetime:
    """Read a point in time as the record writes it."""
    return datetime.fromisoformat(text)


def stamp(value: datetime, shown: str | None = None) -> Markup:
    """Write a point in time for people and for programs."""
    exact = value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}">{}</time>').format(exact, shown or moment(value))


def deadline(due_at: datetime, now: datetime) -> Markup:
    """Write the last day for a task; with the year when it is another one."""
    near = due_at.astimezone(get_timezone()).year == now.astimezone(get_timezone()).year
    return stamp(due_at, str(format_datetime(due_at, DAY if near else DAY_OF_YEAR)))


def days_between(now: datetime, due_at: datetime) -> int:
    """Count midnights, as people do."""
    zone = get_timezone()
    return (due_at.astimezone(zone).date() - now.astimezone(zone).date()).days


def left(due_at: datetime, now: datetime) -> str:
    """Say how long there is left."""
    days = days_between(now, due_at)
    if days < 0:
        return str(ngettext("%(num)s day late", "%(num)s days late", -days))
    if due_at < now:
        return str(gettext("late since %(time)s", time=clock(due_at)))
    if days == 0:
        return str(gettext("today"))
    if days == 1:
        return str(gettext("tomorrow"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def length(time: timedelta) -> str:
    """Say about how long something took."""
    minutes = max(1, round(time.total_seconds() / 60))
    if minutes < AN_HOUR:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    hours = round(minutes / AN_HOUR)
    if hours < TWO_DAYS:
        return str(ngettext("%(num)s hour", "%(num)s hours", hours))
    days = round(hours / A_DAY)
    return str(ngettext("%(num)s day", "%(num)s days", days))
