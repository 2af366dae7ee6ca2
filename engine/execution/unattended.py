"""
Open tasks that nobody can take: the alert to those who look after the management system.

Some are found by how the organisation is today (their roles are held by nobody, whoever has them has left); for
others it was found when they were opened, because the rules on separation of duties left nobody, or when their
case became secret to others than those who may take them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from sqlalchemy import ColumnElement, and_, exists, or_, select, union
from sqlalchemy.orm import Session, aliased

from bpmn.description import Work
from engine.accounts import repository as accounts
from engine.accounts.models import Account
from engine.definitions.models import Definition
from engine.execution.candidates import Candidates, Named, only
from engine.execution.library import DeployedLibrary
from engine.execution.separation import Place
from engine.identity.permissions import Permission, require
from engine.inbox.lists import ANYBODY
from engine.inbox.models import InboxEntry
from engine.instances import secrecy
from engine.instances.models import CaseReader, ProcessInstance
from engine.organisation import holdings
from engine.tasks import repository as tasks
from engine.tasks.models import UnattendedTask, UserTask, UserTaskState
from engine.uow import UnitOfWork

MOST = 200


class Why(StrEnum):
    NO_HOLDER = "no_holder"
    """Nobody has the role, or is there under the name."""
    RULES = "rules"
    """The rules on separation of duties, or the secrecy of the case, left nobody, or have it with a stranger."""


@dataclass(frozen=True, slots=True)
class Unattended:
    task: UserTask
    since: datetime
    why: Why
    process_name: str | None
    """None for a secret case, of which no more is told than that somebody has to see to it."""
    business_key: str | None
    unit: str | None

    @property
    def is_told(self) -> bool:
        return self.process_name is not None


def listed(uow: UnitOfWork) -> list[Unattended]:
    """Return the tasks, the oldest first, at most `MOST`. Raises `NotAllowed`."""
    require(uow.actor, Permission.READ_UNATTENDED)
    session, empty = uow.session, _empty_places(uow)
    entry, other = aliased(InboxEntry), aliased(InboxEntry)
    elsewhere = exists().where(other.task_id == entry.task_id, other.place.not_in(empty))
    without_holder = select(entry.task_id).where(entry.place.in_(empty), ~elsewhere)
    secret = select(InboxEntry.task_id).where(InboxEntry.is_secret)
    # among what is open, and few: tasks that have ended are not gone through
    found = union(without_holder, secret, select(UnattendedTask.task_id)).subquery()
    ruled_out = exists().where(UnattendedTask.task_id == UserTask.id)
    no_holder = UserTask.id.in_(without_holder).label("no_holder")
    is_hidden = _is_hidden().label("is_hidden")
    rows = session.execute(
        select(
            UserTask,
            ProcessInstance,
            no_holder,
            is_hidden,
            Definition.name,
            ProcessInstance.business_key,
            ProcessInstance.unit,
            secrecy.open_to(uow.actor),
        )
        .join(found, found.c.task_id == UserTask.id)
        .join(ProcessInstance, ProcessInstance.id == UserTask.instance_id)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .where(
            UserTask.state == UserTaskState.CREATED.value,
            or_(no_holder, is_hidden, ruled_out),
        )
        .order_by(UserTask.id)
    )
    told = (
        Unattended(
            task,
            task.created_at,
            Why.NO_HOLDER if is_empty else Why.RULES,
            *((name, key, unit) if is_open else (None, None, None)),
        )
        for task, instance, is_empty, hidden, name, key, unit, is_open in rows
        if is_empty or hidden or not _is_anybody_left(uow, task, instance)
    )
    return list(islice(told, MOST))


def note(uow: UnitOfWork, instance: ProcessInstance) -> None:
    """Note which open tasks of a case its new secrecy leaves to nobody."""
    for task in tasks.open_of(uow.session, instance.id):
        if task.assignee is not None or _is_anybody_left(uow, task, instance):
            continue
        if uow.session.get(UnattendedTask, task.id) is None:
            uow.session.add(UnattendedTask(task_id=task.id, raised_at=uow.now))


def _is_hidden() -> ColumnElement[bool]:
    """Somebody has the task who may not see its secret case."""
    reader = exists().where(
        CaseReader.instance_id == ProcessInstance.id,
        CaseReader.account_id == Account.id,
        Account.name == UserTask.assignee,
    )
    return and_(secrecy.IS_SECRET, UserTask.assignee.is_not(None), ~reader)


def _is_anybody_left(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> bool:
    """Ask the rules again: somebody may have been appointed since."""
    version = DeployedLibrary(uow).by_identity(task.version_digest)
    work = version.process.elements[task.element_id].work or Work()
    place = Place(task.version_digest, task.element_id, task.repeated_in, task.id)
    named = Named(task.candidate_users, task.candidate_groups, task.is_for_nobody)
    if task.assignee is not None:
        named = only(task.assignee)
    return Candidates(uow, instance).is_anybody_left(work, place, named)


def _empty_places(uow: UnitOfWork) -> Collection[str]:
    """Return the lists of the inbox under which something waits and nobody looks."""
    places = uow.session.scalars(select(InboxEntry.place).distinct()).all()
    people = _there(uow.session, places)
    held = holdings.known(uow).held
    return [
        place for place in places if place != ANYBODY and not _is_looked_at(place, people, held)
    ]


def _is_looked_at(place: str, people: set[str], held: frozenset[str]) -> bool:
    kind, _, name = place.partition(":")
    return name in held if kind == "group" else name in people


def _there(session: Session, places: Sequence[str]) -> set[str]:
    """Return the names of people among the places who have an account that is not closed."""
    names = {name for kind, _, name in (each.partition(":") for each in places) if kind != "group"}
    return set(accounts.active_among(session, [], names).values())
