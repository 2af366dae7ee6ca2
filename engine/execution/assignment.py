"""Verbs that hand a task from one person to another, and plan it. None of them moves the process."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.accounts import repository as accounts
from engine.audit import chain
from engine.audit.events import Event, EventType
from engine.errors import Conflict, Invalid, NotAllowed
from engine.execution import open_tasks, separation, sight
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.identity.permissions import Permission
from engine.instances import secrecy
from engine.instances.held import HeldInstance
from engine.notifications import commands as notifications
from engine.notifications.models import Kind
from engine.organisation import holdings
from engine.tasks import repository as tasks
from engine.tasks.held import HeldTask
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_REASON = 2_000
HIGHEST_PRIORITY = 100
COMES_BACK = {
    EventType.USER_TASK_RESOLVED: Kind.TASK_PREPARED,
    EventType.USER_TASK_RETURNED: Kind.TASK_RETURNED,
}
"""What whoever delegated a task is told when it does."""
_NO_REASON = "Say why, in at most {limit} characters."


def assign(uow: UnitOfWork, task_id: UUID, user: str) -> HeldTask:
    """
    Give a task to somebody; giving it to oneself is claiming it.

    Raises `Conflict` when somebody else has it or the account is closed, `NotAllowed` for who may not have it.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    person = _recipient(uow, user)
    proxy = sight.of_person(task, instance, person)
    theirs = {None, person.name, uow.actor.name}
    if proxy is not None and person.id == uow.actor.id:
        theirs.add(proxy.name)  # a substitute takes over by oneself; nobody else hands it on
    if task.assignee not in theirs and not uow.actor.is_admin:
        raise Conflict("{user} has already taken the task.", user=task.assignee)
    _not_delegated(task)
    _may_see(uow, instance, person)
    separation.check(uow, task, instance, person, proxy)
    if task.assignee == person.name:
        return task
    rescued = task.is_for_nobody and uow.actor.is_admin
    if (
        proxy is None
        and task.is_for_somebody
        and not rescued
        and not tasks.is_candidate(task, person)
    ):
        raise NotAllowed("{user} is not one of those the task is for.", user=person.name)
    uow.record(instance, _give(uow, task, person.name, EventType.USER_TASK_ASSIGNED, proxy))
    notifications.of_task(uow, Kind.TASK_ASSIGNED, person.id, task)
    return task


def release(uow: UnitOfWork, task_id: UUID) -> HeldTask:
    """Give a task back to all its candidates. Raises `Conflict` when there would be none."""
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    if task.assignee is None:
        return task
    _has_it(uow, task)
    _not_delegated(task)
    if not task.is_for_somebody:
        raise Conflict("The task is for this person alone; it cannot be released.")
    uow.record(instance, _give(uow, task, None, EventType.USER_TASK_RELEASED))
    return task


def delegate(uow: UnitOfWork, task_id: UUID, user: str) -> HeldTask:
    """
    Let somebody else prepare a task, who need not be one of its candidates; it comes back to whoever delegates it.

    Raises `Conflict` where it is delegated already, or to oneself, or to a closed account, and `NotAllowed` for an
    administrator whom it is not for: what comes back could be completed.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    person = _recipient(uow, user)
    _not_delegated(task)
    if not _is_theirs(uow, task, instance):
        raise NotAllowed("Only the one who has the task can do that.")
    if person.id == uow.actor.id:
        raise Conflict("A task is delegated to somebody else.")
    _may_see(uow, instance, person)
    separation.check(uow, task, instance, uow.actor, sight.represented(uow, task, instance))
    separation.check(uow, task, instance, person, None)
    uow.update(task, owner=uow.actor.name)
    uow.record(
        instance,
        _give(uow, task, person.name, EventType.USER_TASK_DELEGATED, owner=uow.actor.name),
    )
    notifications.of_task(uow, Kind.TASK_DELEGATED, person.id, task)
    return task


def resolve(uow: UnitOfWork, task_id: UUID) -> HeldTask:
    """
    Give a delegated task back to whoever delegated it, as prepared.

    It goes to all its candidates where that person may not see the secret case any more.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    if task.owner is None:
        raise Conflict("The task is not delegated.")
    _has_it(uow, task)
    _back_to_owner(uow, task, instance, EventType.USER_TASK_RESOLVED)
    return task


def return_back(uow: UnitOfWork, task_id: UUID, reason: str) -> HeldTask:
    """
    Say why one does not do a task: it goes to whoever delegated it, else to all its candidates.

    Raises `Conflict` where there would be nobody.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    reason = kept(reason, _NO_REASON, shortest=1, longest=LONGEST_REASON)
    if task.assignee is None:
        raise Conflict("Nobody has the task.")
    _has_it(uow, task)
    if task.owner is not None:
        _back_to_owner(uow, task, instance, EventType.USER_TASK_RETURNED, reason=reason)
        return task
    if not task.is_for_somebody:
        raise Conflict("The task is for this person alone; it cannot be released.")
    uow.record(instance, _give(uow, task, None, EventType.USER_TASK_RETURNED, reason=reason))
    return task


def plan(uow: UnitOfWork, task_id: UUID, **changes: datetime | int | None) -> HeldTask:
    """
    Change when a task is due and how urgent it is (`due_at`, `priority`).

    Raises `NotAllowed` for those who do not look after processes.
    """
    task, instance = open_tasks.held(uow, task_id, Permission.PLAN_TASK)
    priority = changes.get("priority")
    if isinstance(priority, int) and not 0 <= priority <= HIGHEST_PRIORITY:
        raise Invalid("A priority is from 0 to {highest}.", highest=HIGHEST_PRIORITY)
    _change(uow, task, instance, changes)
    return task


def follow_up(uow: UnitOfWork, task_id: UUID, at: datetime | None) -> HeldTask:
    """Note when whoever has a task wants to look at it again."""
    task, instance = open_tasks.held(uow, task_id, Permission.ASSIGN_TASK)
    _has_it(uow, task)
    _change(uow, task, instance, {"follow_up_at": at})
    return task


def _change(
    uow: UnitOfWork, task: HeldTask, instance: HeldInstance, changes: Mapping[str, Any]
) -> None:
    changed = {name: value for name, value in changes.items() if getattr(task, name) != value}
    if not changed:
        return
    uow.update(task, **changed)
    told = {
        name: chain.written(value) if isinstance(value, datetime) else value
        for name, value in changed.items()
    }
    planned = Event(EventType.USER_TASK_PLANNED, {**open_tasks.facts(task), **told})
    uow.record(instance, planned)


def _recipient(uow: UnitOfWork, user: str) -> Actor:
    """Return who is to get a task. Raises `Conflict` for a closed account."""
    account = accounts.named(uow.session, user)
    if not account.is_active:
        raise Conflict("The account '{name}' is closed.", name=account.name)
    return holdings.actor(holdings.known(uow), account)


def _person(uow: UnitOfWork, user: str) -> Actor:
    """Return somebody with the roles of today."""
    account = accounts.named(uow.session, user)
    return holdings.actor(holdings.known(uow), account)


def _may_see(uow: UnitOfWork, instance: HeldInstance, person: Actor) -> None:
    if not secrecy.is_open_to(uow, instance, person):
        raise NotAllowed("{user} is not one of those who see the secret case.", user=person.name)


def _has_it(uow: UnitOfWork, task: HeldTask) -> None:
    if task.assignee != uow.actor.name and not uow.actor.is_admin:
        raise NotAllowed("Only the one who has the task can do that.")


def _is_theirs(uow: UnitOfWork, task: HeldTask, instance: HeldInstance) -> bool:
    """Tell whether the actor has a task, or could take it."""
    if task.assignee is not None:
        return task.assignee == uow.actor.name
    could = tasks.is_candidate(task, uow.actor)
    return could or sight.represented(uow, task, instance) is not None


def _not_delegated(task: HeldTask) -> None:
    if task.owner is not None:
        raise Conflict("The task is delegated; it goes back to {user} first.", user=task.owner)


def _back_to_owner(
    uow: UnitOfWork,
    task: HeldTask,
    instance: HeldInstance,
    event: EventType,
    **written: str,
) -> None:
    owner = _person(uow, str(task.owner))
    uow.update(task, owner=None)
    if not secrecy.is_open_to(uow, instance, owner):
        if not task.is_for_somebody:
            raise Conflict("The task is for this person alone; it cannot be released.")
        uow.record(instance, _give(uow, task, None, event, None, **written))
        return
    uow.update(task, assignee=None)  # so that it is seen for whom the owner has it
    proxy = sight.of_person(task, instance, owner)
    uow.record(instance, _give(uow, task, owner.name, event, proxy, **written))
    notifications.of_task(uow, COMES_BACK[event], owner.id, task)


def _give(
    uow: UnitOfWork,
    task: HeldTask,
    person: str | None,
    event: EventType,
    proxy: Proxy | None = None,
    **written: str,
) -> Event:
    """Return the event of a task that goes from hand to hand."""
    uow.update(task, assignee=person, on_behalf_of=proxy.account if proxy else None)
    payload = {"assignee": person, **written} if person or written else {}
    return Event(event, open_tasks.facts(task, proxy), payload)
