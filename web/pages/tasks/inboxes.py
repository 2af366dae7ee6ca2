"""An inbox as a page: its tabs with their counts, and each row with its case and the reason why it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request, url_for
from flask_babel import gettext
from marshmallow import EXCLUDE, ValidationError
from werkzeug.datastructures import MultiDict

from engine.execution import separation
from engine.inbox import reading, views
from engine.inbox.asking import SORTS, Asked, Sort, Tab
from engine.inbox.reading import Line
from engine.inbox.repository import CaseLine, Count
from engine.inbox.views import Content, View
from engine.instances import repository as instances
from engine.tasks.held import Task
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork
from web.pages import people, urgency
from web.pages.urgency import Urgency
from web.schemas.inbox import FilterQuery, InboxQuery, asked, cursor_of

AT_ONCE = 50
MOST_VIEWS = 50
AHEAD = 20
"""So far is looked for a next task that the rules leave to this person."""
FILTERS = tuple(FilterQuery().fields)
ACTS: Mapping[Tab, tuple[str, ...]] = {
    Tab.OPEN: ("claim", "release", "assign", "complete"),
    Tab.MINE: ("release", "assign", "complete"),
    Tab.GROUPS: ("claim", "assign", "complete"),
    Tab.BEHALF: ("claim", "complete"),
    Tab.STARTED: (),
    Tab.DONE: (),
}


@dataclass(frozen=True, slots=True)
class Row:
    line: Line
    why: str
    is_mine: bool
    is_barred: bool
    """The rules on separation of duties keep the task from this person."""

    @property
    def task(self) -> UserTask | None:
        return self.line.task

    @property
    def case(self) -> CaseLine:
        return self.line.case


@dataclass(frozen=True, slots=True)
class Inbox:
    asked: Asked
    wanted: Mapping[str, Any]
    """What the address asks for, as it is said there, without the place in the list."""
    groups: Sequence[tuple[Urgency | None, Sequence[Row]]]
    """By how soon they are due, where that is the order; else all together."""
    counts: Mapping[Tab, Count]
    tabs: Sequence[Tab]
    views: Sequence[View]
    late: int
    next: str | None

    @property
    def sorts(self) -> tuple[Sort, ...]:
        return SORTS[self.asked.tab]

    @property
    def is_first(self) -> bool:
        return self.asked.after is None

    @property
    def is_narrowed(self) -> bool:
        return any(name in self.wanted for name in FILTERS)

    @property
    def csv(self) -> str:
        return url_for("inbox.as_table", **self.wanted)

    @property
    def here(self) -> str:
        """Return the address of this page of the list."""
        place: dict[str, Any] = {} if self.is_first else {"cursor": cursor_of(self.asked.after)}
        return url_for("tasks.inbox", **place, **self.wanted)

    @property
    def with_all_marked(self) -> str:
        """Return the address of this page with all its tasks marked, for who has no script."""
        return f"{self.here}{'&' if '?' in self.here else '?'}marked=all"

    @property
    def is_to_do(self) -> bool:
        """Tell whether there are tasks here to take and to complete."""
        return bool(self.groups and self.acts)

    @property
    def acts(self) -> tuple[str, ...]:
        """Return what can be done with several tasks at once."""
        return ACTS[self.asked.tab]

    def tab(self, tab: Tab) -> str:
        """Return the address of another tab, with the same filters."""
        kept = {name: value for name, value in self.wanted.items() if name in FILTERS}
        return url_for("tasks.inbox", tab=tab.value, **kept)


def of(unit: UnitOfWork) -> Inbox:
    """Return the inbox that the address asks for; what cannot be asked is left out."""
    query, given = _asked(request.args)
    found = reading.page(unit, query)
    rows = _rows(unit, found.lines)
    counts = reading.counts(unit)
    substitute = bool(unit.actor.proxies)
    return Inbox(
        query,
        given,
        _groups(unit, query, rows),
        counts,
        [tab for tab in Tab if tab is not Tab.BEHALF or substitute or counts[tab].number],
        views.listed(unit, limit=MOST_VIEWS),
        late=sum(row.line.is_overdue for row in rows),
        next=cursor_of(found.next),
    )


def address(view: View) -> str:
    """Return where a saved view is shown."""
    content = view.content
    return url_for(
        "tasks.inbox", tab=content.tab.value, sort=content.sort.value, **content.filters
    )


def content(name: str) -> Content:
    """Return what the address asks for as a view under a name."""
    query, given = _asked(request.args)
    filters = {each: given[each] for each in FILTERS if each in given}
    return Content(name, query.tab, query.sort, filters)


def of_tasks(address: str) -> Asked | None:
    """Return what an address asks for, if it is that of a list of tasks to do."""
    parts = urlsplit(address)
    if parts.path != url_for("tasks.inbox"):
        return None
    query, _ = _asked(MultiDict(parse_qsl(parts.query)))
    return query if ACTS[query.tab] else None


def following(unit: UnitOfWork, query: Asked, task: Task) -> UserTask | None:
    """Return what comes behind a task in a list, and which the rules leave to the actor."""
    found = reading.behind(unit, replace(query, limit=AHEAD), task)
    rows = _rows(unit, found.lines)
    return next((row.task for row in rows if row.task and not row.is_barred), None)


def is_empty(unit: UnitOfWork, query: Asked) -> bool:
    return not reading.page(unit, replace(query, after=None, limit=1)).lines


def _asked(args: MultiDict[str, str]) -> tuple[Asked, dict[str, Any]]:
    """Read the query of an address; a name that cannot be understood counts as not said."""
    given: dict[str, Any] = {name: text for name, text in args.items() if text.strip()}
    if "variable" in given:
        given["variable"] = [text for text in args.getlist("variable") if text.strip()]
    schema = InboxQuery(unknown=EXCLUDE)
    given = {name: value for name, value in given.items() if name in schema.fields}
    for _ in range(len(given) + 1):
        try:
            query = asked({**schema.load(given), "limit": AT_ONCE})
        except ValidationError as error:
            given = {name: value for name, value in given.items() if name not in error.messages}
            continue
        return query, _without(given, "cursor", "limit", "counts")
    return asked({**schema.load({}), "limit": AT_ONCE}), {}


def _without(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


def _rows(unit: UnitOfWork, lines: Sequence[Line]) -> list[Row]:
    free = [each for each in lines if each.task and each.task.assignee is None]
    cases = instances.several(unit.session, (each.case.id for each in free)) if free else {}

    def row(line: Line) -> Row:
        task = line.task
        if task is None:
            return Row(line, _waits(line), is_mine=True, is_barred=False)
        mine = task.assignee == unit.actor.name
        barred = task.assignee is None and not separation.may_do(unit, task, cases[line.case.id])
        return Row(line, _why(line, task, mine=mine), mine, barred)

    return [row(line) for line in lines]


def _groups(
    unit: UnitOfWork, query: Asked, rows: Sequence[Row]
) -> list[tuple[Urgency | None, Sequence[Row]]]:
    if query.sort is not Sort.DUE:
        return [(None, rows)] if rows else []

    def how_soon(row: Row) -> Urgency:
        due = row.task.due_at if row.task else None
        return urgency.of(due, unit.now, unit.installation.settings.zone)

    return [(each, list(group)) for each, group in groupby(rows, how_soon)]


def _why(line: Line, task: UserTask, *, mine: bool) -> str:
    if line.on_behalf_of is not None:
        return str(gettext("On behalf of %(person)s", person=people.person(line.on_behalf_of)))
    if mine:
        return str(gettext("Assigned to you"))
    return str(gettext("For %(whom)s", whom=people.whom(task)))


def _waits(line: Line) -> str:
    """Say whom a case waits for."""
    names = []
    for each in line.waiting_for:
        whom = (
            [each.assignee] if each.assignee else [*each.candidate_users, *each.candidate_groups]
        )
        names += [people.person(name) for name in whom] or [str(gettext("anybody"))]
    if line.more_waiting:
        names.append(str(gettext("%(count)s more", count=line.more_waiting)))
    return str(gettext("Waits for %(whom)s", whom=people.in_a_row(names))) if names else ""
