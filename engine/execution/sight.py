"""What permissions look at, gathered from the rows of an instance and a task."""

from sqlalchemy import ColumnElement, or_, select, true

from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.identity.permissions import (
    Permission,
    Subject,
    allows,
    require_sight,
    sees_every_instance,
)
from engine.instances import repository as instances
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork


def of_instance(uow: UnitOfWork, instance: ProcessInstance) -> Subject:
    """
    Return how the actor stands to an instance.

    Raises `NotFound` when the actor may not see it.
    """
    started = uow.actor.id is not None and instance.started_by == uow.actor.id
    subject = Subject(started_by_actor=started)
    if not allows(uow.actor, Permission.READ_INSTANCE, subject):
        subject = Subject(takes_part=_takes_part(uow, instance))
        require_sight(uow.actor, Permission.READ_INSTANCE, subject)
    return subject


def of_task(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> Subject:
    """
    Return how the actor stands to a task.

    Raises `NotFound` when the actor may see neither the task nor its instance.
    """
    own = tasks.is_candidate(task, uow.actor) or task.assignee == uow.actor.name
    subject = Subject(
        started_by_actor=uow.actor.id is not None and instance.started_by == uow.actor.id,
        candidate=tasks.is_candidate(task, uow.actor),
        assigned=task.assignee == uow.actor.name,
        stands_in=bool(uow.actor.proxies)
        and not own
        and represented(uow, task, instance) is not None,
    )
    if not allows(uow.actor, Permission.READ_TASK, subject):
        try:
            of_instance(uow, instance)
        except NotFound:
            raise NotFound from None
    return subject


def represented(uow: UnitOfWork, task: UserTask, instance: ProcessInstance) -> Proxy | None:
    """Return for whom the actor would do a task, None where it is the actor's own or nobody's whom it acts for."""
    return of_person(task, instance, uow.actor)


def of_person(task: UserTask, instance: ProcessInstance, person: Actor) -> Proxy | None:
    """Return for whom a person would do a task."""
    if task.assignee == person.name and task.on_behalf_of is not None:
        return next((each for each in person.proxies if each.account == task.on_behalf_of), None)
    free = task.assignee is None and tasks.is_candidate(task, person)
    if free or task.assignee == person.name or not person.proxies:
        return None
    return tasks.proxy_for(task, person, instance.definition.key)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The actor may see the instance."""
    if sees_every_instance(actor):
        return true()
    return or_(
        ProcessInstance.started_by == actor.id,
        instances.performed_in(actor),
        tasks.takes_part(actor),
    )


def sees(uow: UnitOfWork, instance: ProcessInstance, person: Actor) -> bool:
    """Tell whether somebody, whoever acts now, may see an instance."""
    query = select(ProcessInstance.id).where(ProcessInstance.id == instance.id, seen_by(person))
    return uow.session.scalar(query) is not None


def _takes_part(uow: UnitOfWork, instance: ProcessInstance) -> bool:
    return instances.has_performed(uow.session, instance.id, uow.actor) or tasks.has_part(
        uow.session, instance.id, uow.actor
    )
