"""The inbox as it is told to its actor: what is late, and for whom they would act."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from engine.accounts import repository as accounts
from engine.inbox import repository
from engine.inbox.asking import SORTS, Asked, Filters, Position, Sort, Tab
from engine.inbox.repository import CaseLine, Count, Item
from engine.tasks import repository as tasks
from engine.tasks.held import Task
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork

MOST_NAMES = 10
"""So many of those that a task waits for are named."""
MOST_EXPORTED = 5_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """For whom a case waits, in one of its open tasks."""

    name: str
    element_id: str
    assignee: str | None
    candidate_groups: Sequence[str]
    candidate_users: Sequence[str]
    since: datetime


@dataclass(frozen=True, slots=True)
class Line:
    case: CaseLine
    task: UserTask | None
    is_overdue: bool
    on_behalf_of: str | None
    """For whom the actor has it or may do it, or did it; None for themselves."""
    waiting_for: Sequence[Waiting]
    more_waiting: int


@dataclass(frozen=True, slots=True)
class Page:
    lines: Sequence[Line]
    next: Position | None


def page(uow: UnitOfWork, asked: Asked) -> Page:
    """Return one page of a tab."""
    items, following = repository.page(uow.session, uow.actor, asked, uow.now)
    represented = _represented(uow, asked.tab, items)
    return Page([_line(uow, each, represented) for each in items], following)


def behind(uow: UnitOfWork, asked: Asked, task: Task) -> Page:
    """Return what comes behind a task in a tab of tasks; the task itself may be gone from it."""
    return page(uow, replace(asked, after=repository.position(asked, task)))


def several(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Line]:
    """Return tasks with their cases, by identity; those that the actor may not see are left out."""
    found = repository.several(uow.session, uow.actor, ids)
    return {each.task.id: _line(uow, each, {}) for each in found if each.task}


def counts(uow: UnitOfWork) -> Mapping[Tab, Count]:
    """Return how much there is in each tab, as far as it is counted."""
    return repository.counts(uow.session, uow.actor, uow.now)


def exported(uow: UnitOfWork, tab: Tab, sort: Sort | None, filters: Filters) -> Page:
    """Return the whole of a tab, as far as it is given out at once."""
    return page(uow, Asked(tab, sort or SORTS[tab][0], filters, None, MOST_EXPORTED))


def _represented(uow: UnitOfWork, tab: Tab, items: Sequence[Item]) -> Mapping[UUID, str]:
    """Return for whom the actor acts in tasks, by task."""
    if tab is Tab.BEHALF:
        found = (
            (each.task.id, tasks.proxy_for(each.task, uow.actor, each.case.process_key))
            for each in items
            if each.task
        )
        return {task: proxy.name for task, proxy in found if proxy}
    kept = {
        each.task.id: each.task.on_behalf_of
        for each in items
        if each.task and each.task.on_behalf_of
    }
    names = accounts.names(uow.session, list(kept.values())) if kept else {}
    return {task: names[account] for task, account in kept.items()}


def _line(uow: UnitOfWork, item: Item, represented: Mapping[UUID, str]) -> Line:
    task = item.task
    return Line(
        item.case,
        task,
        is_overdue=task is not None and _is_overdue(uow, task),
        on_behalf_of=represented.get(task.id) if task else None,
        waiting_for=[_waiting(each) for each in item.waits],
        more_waiting=item.more_waits,
    )


def _is_overdue(uow: UnitOfWork, task: UserTask) -> bool:
    is_open = task.state == UserTaskState.CREATED.value
    return is_open and task.due_at is not None and task.due_at < uow.now


def _waiting(task: UserTask) -> Waiting:
    free = task.assignee is None
    return Waiting(
        task.name,
        task.element_id,
        task.assignee,
        task.candidate_groups[:MOST_NAMES] if free else [],
        task.candidate_users[:MOST_NAMES] if free else [],
        task.created_at,
    )
