"""What permissions look at, gathered from the rows of an instance and a task."""

from dataclasses import replace

from sqlalchemy import select

from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.identity.permissions import (
    Permission,
    Subject,
    allows,
    require_sight,
)
from engine.instances import repository as instances
from engine.instances import secrecy
from engine.instances.held import Instance
from engine.instances.models import Confidentiality, ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.held import Task
from engine.uow import UnitOfWork


def of_instance(uow: UnitOfWork, instance: Instance) -> Subject:
    """
    Return how the actor stands to an instance.

    Raises `NotFound` when the actor may not see it.
    """
    require_openness(uow, instance)
    subject = _of_the_case(uow, instance)
    if subject.audited or not allows(uow.actor, Permission.READ_INSTANCE, subject):
        subject = replace(subject, takes_part=takes_part(uow, instance))
        require_sight(uow.actor, Permission.READ_INSTANCE, subject)
    return subject


def of_task(uow: UnitOfWork, task: Task, instance: Instance) -> Subject:
    """
    Return how the actor stands to a task.

    Raises `NotFound` when the actor may see neither the task nor its instance.
    """
    require_openness(uow, instance)
    own = tasks.is_candidate(task, uow.actor) or task.assignee == uow.actor.name
    subject = replace(
        _of_the_case(uow, instance),
        candidate=tasks.is_candidate(task, uow.actor),
        assigned=task.assignee == uow.actor.name,
        stands_in=bool(uow.actor.proxies)
        and not own
        and represented(uow, task, instance) is not None,
    )
    if subject.only_audited:
        subject = replace(subject, takes_part=takes_part(uow, instance))
    if not allows(uow.actor, Permission.READ_TASK, subject):
        try:
            of_instance(uow, instance)
        except NotFound:
            raise NotFound from None
    return subject


def represented(uow: UnitOfWork, task: Task, instance: Instance) -> Proxy | None:
    """Return for whom the actor would do a task, None where it is the actor's own or nobody's whom it acts for."""
    return of_person(task, instance, uow.actor)


def of_person(task: Task, instance: Instance, person: Actor) -> Proxy | None:
    """Return for whom a person would do a task."""
    if task.assignee == person.name and task.on_behalf_of is not None:
        return next((each for each in person.proxies if each.account == task.on_behalf_of), None)
    free = task.assignee is None and tasks.is_candidate(task, person)
    if free or task.assignee == person.name or not person.proxies:
        return None
    return tasks.proxy_for(task, person, instance.definition.key)


def sees(uow: UnitOfWork, instance: Instance, person: Actor) -> bool:
    """Tell whether somebody, whoever acts now, may see an instance."""
    seen = tasks.seen_by(person)
    query = select(ProcessInstance.id).where(ProcessInstance.id == instance.id, seen)
    return uow.session.scalar(query) is not None


def require_openness(uow: UnitOfWork, instance: Instance) -> None:
    """Raises `NotFound` where the case is secret and the actor not named for it."""
    if not secrecy.is_open_to(uow, instance, uow.actor):
        raise NotFound


def _of_the_case(uow: UnitOfWork, instance: Instance) -> Subject:
    return Subject(
        started_by_actor=uow.actor.id is not None and instance.started_by == uow.actor.id,
        named=instance.confidentiality == Confidentiality.SECRET.value,  # or it would not be seen
        audited=instance.unit is not None and instance.unit in uow.actor.audits,
    )


def takes_part(uow: UnitOfWork, instance: Instance) -> bool:
    return instances.has_performed(uow.session, instance.id, uow.actor) or tasks.has_part(
        uow.session, instance.id, uow.actor
    )
