"""Separation of duties: who has done one thing of a case may not, or must, do another."""

from collections.abc import Sequence
from uuid import UUID

from engine.errors import NotAllowed
from engine.execution import sight
from engine.execution.library import DeployedLibrary
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.instances import repository as instances
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork


def check(
    uow: UnitOfWork,
    task: UserTask,
    instance: ProcessInstance,
    person: Actor,
    proxy: Proxy | None,
) -> None:
    """
    Raise `NotAllowed` where a person may not do a task: for everybody, administrators too.

    A substitute and the person who is represented count as one: neither gets round the rule by the other.
    """
    version = DeployedLibrary(uow).by_identity(task.version_digest)
    work = version.process.elements[task.element_id].work
    if work is None:
        return

    def performers(elements: Sequence[str]) -> set[UUID]:
        return instances.performers(uow.session, instance.id, version.key, elements)

    acting = {person.id, *([proxy.account] if proxy else [])}
    if work.is_by_distinct_people and _has_a_round(uow, task, person, proxy):
        raise NotAllowed("Each of these tasks is for somebody else: nobody does two of them.")
    if work.not_performer_of and acting & performers(work.not_performer_of):
        raise NotAllowed("Whoever has done an earlier step of the case may not do this one.")
    if work.performer_of:
        before = performers(work.performer_of)
        if before and not acting & before:
            raise NotAllowed("Only whoever has done the earlier step may do this one.")


def _has_a_round(uow: UnitOfWork, task: UserTask, person: Actor, proxy: Proxy | None) -> bool:
    """Tell whether one of them has, or has done, another round of the same multi-instance activity."""
    if task.repeated_in is None:
        return False
    accounts = {person.id, *([proxy.account] if proxy else [])} - {None}
    names = {person.name, *([proxy.name] if proxy else [])}
    return any(
        other.id != task.id
        and other.element_id == task.element_id
        and (
            {other.completed_by, other.on_behalf_of} & accounts
            or {other.assignee, other.owner} & names
        )
        for other in tasks.rounds(uow.session, task)
    )


def may_do(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> bool:
    """Tell whether the rules leave a task to the actor."""
    try:
        check(uow, task, instance, uow.actor, sight.represented(uow, task, instance))
    except NotAllowed:
        return False
    return True
