"""What the reader is told, day by day, with its place, and whether it is read, which only the reader says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engine.cases import reading
from engine.cases.reading import Case
from engine.execution import notifications
from engine.execution.notifications import Told
from engine.identity.permissions import Permission
from engine.inbox import reading as inbox
from engine.inbox.asking import Asked, Filters, Sort, Tab
from engine.inbox.reading import Line
from engine.instances import repository as instances
from engine.organisation import periods
from engine.uow import UnitOfWork
from web.auth.permissions import requires
from web.pages import addresses, moments, notices, people, words
from web.transactions import uow

AT_ONCE = 30
MOST_LATE = 5
"""Late tasks that stand above the list; the others are in the inbox."""

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications")
former = Blueprint("my_mentions", __name__, url_prefix="/mentions")
"""Where mentions had a page of their own."""


@dataclass(frozen=True, slots=True)
class Entry:
    told: Told
    case: Case

    @property
    def is_read(self) -> bool:
        return self.told.read_at is not None

    @property
    def sentence(self) -> str:
        names = {
            "actor": people.person(self.told.actor),
            "task": self.told.task_name or "",
            "case": self.case.business_key or self.case.definition_name,
        }
        return str(words.NOTIFICATIONS[self.told.kind]).format(**names)

    @property
    def place(self) -> str:
        """Return the address of what it is about; of a comment, where it stands."""
        anchor = f"comment-{self.told.comment.id}" if self.told.comment else None
        if self.told.task_id is not None:
            return url_for("tasks.show", task_id=self.told.task_id, _anchor=anchor)
        return url_for("cases.show", case_id=self.told.instance_id, _anchor=anchor)


@dataclass(frozen=True, slots=True)
class Page:
    days: Sequence[tuple[str, Sequence[Entry]]]
    """What each day is called, with what was told on it, the newest first."""
    late: Sequence[Line]
    """The reader's tasks that have become late, the latest first; on the first page."""
    is_more_late: bool
    newest: UUID | None
    """As far as which all are noted as read at once: on the first page, where something is unread."""
    after: UUID | None
    is_first: bool
    only_unread: bool

    @property
    def wanted(self) -> Mapping[str, str]:
        """Return what the addresses of other pages of the list carry along."""
        return {"show": "unread"} if self.only_unread else {}


@blueprint.get("")
@requires(Permission.READ_NOTIFICATION)
def listed() -> str:
    return render_template("notifications/list.html", page=_page(uow()))


@former.get("", endpoint="listed")
@requires(Permission.READ_NOTIFICATION)
def lead_on() -> ResponseReturnValue:
    show = "unread" if request.args.get("show") == "unread" else None
    return redirect(url_for("notifications.listed", show=show), 301)


@blueprint.post("/<uuid:notification_id>/reading")
@requires(Permission.READ_NOTIFICATION)
def read(notification_id: UUID) -> ResponseReturnValue:
    notifications.note(uow(), notification_id, read=True)
    notices.tell(gettext("Noted as read."))
    return _onward()


@blueprint.post("/<uuid:notification_id>/reading/removal")
@requires(Permission.READ_NOTIFICATION)
def unread(notification_id: UUID) -> ResponseReturnValue:
    notifications.note(uow(), notification_id, read=False)
    notices.tell(gettext("Noted as not read."))
    return _onward()


@blueprint.post("/reading")
@requires(Permission.READ_NOTIFICATION)
def read_all() -> ResponseReturnValue:
    """Note all as read that the page has shown or led to; what came meanwhile stays unread."""
    until = addresses.identity(request.form.get("until"))
    if until is not None:
        notifications.note_all(uow(), until=until)
        notices.tell(gettext("All of them are noted as read."))
    return _onward()


def _page(unit: UnitOfWork) -> Page:
    only_unread = request.args.get("show") == "unread"
    after = addresses.identity(request.args.get("after"))
    found = notifications.listed(
        unit, read=False if only_unread else None, after=after, limit=AT_ONCE + 1
    )
    shown = _entries(unit, found[:AT_ONCE])
    late = _late(unit) if after is None else ()
    return Page(
        days=_by_day(unit, shown),
        late=late[:MOST_LATE],
        is_more_late=len(late) > MOST_LATE,
        newest=shown[0].told.id
        if after is None and shown and notifications.unread(unit)
        else None,
        after=found[AT_ONCE - 1].id if len(found) > AT_ONCE else None,
        is_first=after is None,
        only_unread=only_unread,
    )


def _entries(unit: UnitOfWork, found: Sequence[Told]) -> list[Entry]:
    people.learn(each.actor for each in found)
    known = instances.several(unit.session, (each.instance_id for each in found))
    cases = {each.id: each for each in reading.of(unit, [*known.values()])}
    return [Entry(each, cases[each.instance_id]) for each in found]


def _late(unit: UnitOfWork) -> Sequence[Line]:
    asked = Asked(Tab.MINE, Sort.DUE, Filters(overdue=True), None, MOST_LATE + 1)
    return inbox.page(unit, asked).lines


def _by_day(unit: UnitOfWork, entries: Sequence[Entry]) -> list[tuple[str, Sequence[Entry]]]:
    zone, today = unit.installation.settings.zone, periods.today(unit)

    def day(entry: Entry) -> date:
        return entry.told.created_at.astimezone(zone).date()

    return [(_called(each, today), list(group)) for each, group in groupby(entries, day)]


def _called(day: date, today: date) -> str:
    if day == today:
        return str(gettext("Today"))
    if day == today - periods.A_DAY:
        return str(gettext("Yesterday"))
    return moments.day(day)


def _onward() -> ResponseReturnValue:
    there = url_for("notifications.listed")
    return redirect(addresses.local(request.form.get("next"), otherwise=there), 303)
