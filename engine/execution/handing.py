"""
What somebody may do with a task before they try, and to whom it can be given.

A page offers what the verbs would accept; the verbs decide again, because somebody else may have been faster.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bpmn.description import Work
from engine.accounts import repository as accounts
from engine.errors import NotAllowed
from engine.execution import separation, sight
from engine.execution.candidates import Candidates, Named
from engine.execution.library import DeployedLibrary
from engine.execution.separation import Place
from engine.identity.permissions import Permission, allows
from engine.instances import secrecy
from engine.instances.models import Confidentiality, InstanceState, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask, UserTaskState
from engine.uow import UnitOfWork

MOST = 200
"""People to choose from; where there are more, a name is written."""


@dataclass(frozen=True, slots=True)
class May:
    """What the actor may do with a task."""

    complete: bool = False
    claim: bool = False
    """To take it for oneself, also from somebody for whom the actor acts."""
    release: bool = False
    assign: bool = False
    """To give it to somebody else."""
    delegate: bool = False
    resolve: bool = False
    return_back: bool = False
    follow_up: bool = False
    plan: bool = False
    hindrance: NotAllowed | None = None
    """The rule on separation of duties that is all that keeps the actor from it."""

    @property
    def is_barred(self) -> bool:
        return self.hindrance is not None

    @property
    def hand_on(self) -> bool:
        return self.assign or self.delegate or self.return_back


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Recipients:
    people: Sequence[Recipient]
    """By the name that others see."""
    are_all: bool = True


def may(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> May:
    """Return what the verbs would let the actor do now. Raises `NotFound` for what the actor may not see."""
    subject = sight.of_task(uow, task, instance)
    if task.state != UserTaskState.CREATED:
        return May()
    plan = allows(uow.actor, Permission.PLAN_TASK, subject)
    is_paused = instance.state == InstanceState.SUSPENDED
    if is_paused or not allows(uow.actor, Permission.ASSIGN_TASK, subject):
        return May(plan=plan)
    mine, admin = task.assignee == uow.actor.name, uow.actor.is_admin
    proxy = sight.represented(uow, task, instance)
    candidate = tasks.is_candidate(task, uow.actor)
    delegated = task.owner is not None
    has_it = mine or admin
    theirs = mine or (task.assignee is None and (candidate or proxy is not None))
    takes_over = proxy is not None and task.assignee == proxy.name
    left = separation.hindrance(uow, task, instance)
    does = (theirs or takes_over) and allows(uow.actor, Permission.COMPLETE_TASK, subject)
    eligible = proxy is not None or candidate or not task.is_for_somebody
    rescued = admin and task.is_for_nobody
    free = task.assignee is None or takes_over or admin
    return May(
        complete=does and not delegated and left is None and not _is_out_of_office(task, proxy),
        claim=free and not (mine or delegated) and left is None and (eligible or rescued),
        release=has_it
        and not delegated
        and task.assignee is not None
        and bool(task.is_for_somebody),
        assign=not delegated and (task.assignee is None or has_it),
        delegate=theirs and not delegated and left is None,
        resolve=has_it and delegated,
        return_back=has_it
        and task.assignee is not None
        and (delegated or bool(task.is_for_somebody)),
        follow_up=has_it,
        plan=plan,
        hindrance=left if does else None,
    )


def _is_out_of_office(task: UserTask, proxy: object) -> bool:
    """Tell whether a substitute took the task, and no longer acts for that person."""
    return task.on_behalf_of is not None and proxy is None


def recipients(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> Recipients:
    """Return to whom else a task can be given: those it is for, if neither rules nor secrecy keep them from it."""
    work, place = _work(uow, task)
    rescued = task.is_for_nobody and uow.actor.is_admin
    if not task.is_for_somebody or rescued:
        return _anybody(uow, task, instance, work, place)
    named = Named(task.candidate_users, task.candidate_groups, task.is_for_nobody)
    return _shown(uow, task, Candidates(uow, instance).may(work, place, named))


def preparers(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> Recipients:
    """Return who could prepare a task: anybody whom neither rules nor secrecy keep from it."""
    return _anybody(uow, task, instance, *_work(uow, task))


def _work(uow: UnitOfWork, task: UserTask) -> tuple[Work, Place]:
    version = DeployedLibrary(uow).by_identity(task.version_digest)
    place = Place(task.version_digest, task.element_id, task.repeated_in, task.id)
    return version.process.elements[task.element_id].work or Work(), place


def _anybody(
    uow: UnitOfWork, task: UserTask, instance: ProcessInstance, work: Work, place: Place
) -> Recipients:
    if instance.confidentiality == Confidentiality.SECRET.value:
        readers = secrecy.readers(uow.session, instance.id)
        people = accounts.active_among(uow.session, readers, [])
        return _shown(uow, task, separation.leaves(uow, instance, work, place, people))
    found = accounts.active(uow.session, limit=MOST + 1)
    left = {each.id: each.name for each in found[:MOST]}
    left = separation.leaves(uow, instance, work, place, left)
    return Recipients(
        tuple(
            Recipient(each.name, each.display_name)
            for each in found
            if each.id in left and each.name not in {task.assignee, uow.actor.name}
        ),
        are_all=len(found) <= MOST,
    )


def _shown(uow: UnitOfWork, task: UserTask, people: Mapping[UUID, str]) -> Recipients:
    names = set(people.values()) - {task.assignee, uow.actor.name}
    shown = accounts.display_names(uow.session, names)
    found = [Recipient(name, shown.get(name, name)) for name in names]
    found.sort(key=lambda each: (each.display_name.casefold(), each.name))
    return Recipients(tuple(found[:MOST]), are_all=len(found) <= MOST)
