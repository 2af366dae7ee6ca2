"""What permissions look at, gathered from the rows of an instance and a task."""

from engine.errors import NotFound
from engine.identity.permissions import Permission, Subject, allows, require_sight
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
    subject = Subject(
        started_by_actor=uow.actor.id is not None and instance.started_by == uow.actor.id,
        candidate=tasks.is_candidate(task, uow.actor),
        assigned=task.assignee == uow.actor.name,
    )
    if not allows(uow.actor, Permission.READ_TASK, subject):
        try:
            of_instance(uow, instance)
        except NotFound:
            raise NotFound from None
    return subject


def _takes_part(uow: UnitOfWork, instance: ProcessInstance) -> bool:
    return instances.has_performed(uow.session, instance.id, uow.actor) or tasks.has_part(
        uow.session, instance.id, uow.actor
    )
