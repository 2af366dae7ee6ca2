"""Separation of duties: who has done one thing of a case may not, or must, do another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bpmn.description import Work
from engine.errors import NotAllowed
from engine.execution import sight
from engine.execution.library import DeployedLibrary
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.instances import repository as instances
from engine.instances.held import Instance
from engine.tasks import repository as tasks
from engine.tasks.held import Task
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands in its case."""

    version: str
    """The version that its element stands in."""
    element_id: str
    repeated_in: int | None
    task_id: UUID | None = None
    """None before it is opened."""


def check(
    uow: UnitOfWork,
    task: Task,
    instance: Instance,
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


def leaves(
    uow: UnitOfWork,
    instance: Instance,
    work: Work,
    place: Place,
    people: Mapping[UUID, str],
) -> dict[UUID, str]:
    """Return to whom of several people the rules leave a task, each for oneself."""
    left = dict(people)
    if work.not_performer_of or work.performer_of:
        process = DeployedLibrary(uow).by_identity(place.version).key
        done, before = (
            instances.performers(uow.session, instance.id, process, elements)
            if elements
            else set()
            for elements in (work.not_performer_of, work.performer_of)
        )
        left = {
            each: name
            for each, name in left.items()
            if each not in done and (not before or each in before)
        }
    if work.is_by_distinct_people and place.repeated_in is not None:
        rounds = tasks.rounds(uow.session, instance.id, place.repeated_in, place.element_id)
        busy = {each for other in rounds if other.id != place.task_id for each in other[1:]}
        left = {each: name for each, name in left.items() if not {each, name} & busy}
    return left


def _has_a_round(uow: UnitOfWork, task: Task, person: Actor, proxy: Proxy | None) -> bool:
    """Tell whether one of them has, or has done, another round of the same multi-instance activity."""
    if task.repeated_in is None:
        return False
    acting = {person.id, person.name, *([proxy.account, proxy.name] if proxy else [])} - {None}
    rounds = tasks.rounds(uow.session, task.instance_id, task.repeated_in, task.element_id)
    return any(other.id != task.id and acting & set(other[1:]) for other in rounds)


def hindrance(uow: UnitOfWork, task: Task, instance: Instance) -> NotAllowed | None:
    """Return the rule that keeps the actor from a task, None where none does."""
    try:
        check(uow, task, instance, uow.actor, sight.represented(uow, task, instance))
    except NotAllowed as error:
        return error
    return None


def may_do(uow: UnitOfWork, task: Task, instance: Instance) -> bool:
    """Tell whether the rules leave a task to the actor."""
    return hindrance(uow, task, instance) is None
