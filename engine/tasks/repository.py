from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from engine.definitions.models import Definition
from engine.errors import NotFound
from engine.identity.actor import Actor
from engine.identity.holdings import Proxy
from engine.identity.permissions import sees_every_instance
from engine.instances import repository as instances
from engine.instances import secrecy
from engine.instances.models import ProcessInstance
from engine.tasks.held import Task
from engine.tasks.models import Candidate, CandidateKind, UserTask, UserTaskState


def get(session: Session, task_id: UUID) -> UserTask:
    task = session.scalars(_TASK, {"task": task_id}).unique().one_or_none()
    if task is None:
        raise NotFound
    return task


_TASK = (
    select(UserTask)
    .options(joinedload(UserTask.candidates))
    .where(UserTask.id == bindparam("task"))
    .execution_options(populate_existing=True)
)


def open_of(session: Session, instance_id: UUID) -> Sequence[UserTask]:
    return session.scalars(
        select(UserTask)
        .where(
            UserTask.instance_id == instance_id,
            UserTask.state == UserTaskState.CREATED.value,
        )
        .order_by(UserTask.token)
    ).all()


def rounds(
    session: Session, instance_id: UUID, repeated_in: int, element_id: str
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the tasks of an element in all rounds around it: each, and who has or has done it."""
    return session.execute(
        select(
            UserTask.id,
            UserTask.assignee,
            UserTask.owner,
            UserTask.completed_by,
            UserTask.on_behalf_of,
        ).where(
            UserTask.instance_id == instance_id,
            UserTask.repeated_in == repeated_in,
            UserTask.element_id == element_id,
            UserTask.state != UserTaskState.CANCELLED.value,
        )
    ).all()


def count_open_with(session: Session, name: str) -> int:
    """Return how many open tasks are assigned to somebody, or delegated by them and to come back."""
    theirs = or_(UserTask.assignee == name, UserTask.owner == name)
    is_open = UserTask.state == UserTaskState.CREATED.value
    return session.scalar(select(func.count()).select_from(UserTask).where(is_open, theirs)) or 0


def all_of(session: Session, instance_id: UUID) -> Sequence[UserTask]:
    return session.scalars(
        select(UserTask).where(UserTask.instance_id == instance_id).order_by(UserTask.token)
    ).all()


def is_candidate(task: Task, actor: Actor) -> bool:
    """Tell whether the actor is among those the task is for; a task for nobody in particular is for all."""
    if not task.is_for_somebody:
        return task.assignee is None
    return actor.name in task.candidate_users or not actor.groups.isdisjoint(task.candidate_groups)


def proxy_for(task: Task, actor: Actor, process: str) -> Proxy | None:
    """Return for whom the actor may do a task of a routine, which is not the actor's own."""
    for proxy in actor.proxies:
        if not proxy.covers(process) or task.assignee not in {None, actor.name, proxy.name}:
            continue
        asked = not proxy.groups.isdisjoint(task.candidate_groups)
        named = proxy.name in {task.assignee, *task.candidate_users}
        if asked or (named and proxy.is_personal):
            return proxy
    return None


def for_the_actor(actor: Actor, task: type[UserTask] = UserTask) -> ColumnElement[bool]:
    """The task is assigned to the actor, or to somebody for whom the actor acts, or one of them is a candidate."""
    own = or_(task.assignee == actor.name, _asks(task, actor.name, actor.groups))
    without = and_(task.assignee.is_(None), ~exists().where(Candidate.task_id == task.id))
    return or_(own, without, *(for_somebody_else(each, task) for each in actor.proxies))


def for_somebody_else(proxy: Proxy, task: type[UserTask] = UserTask) -> ColumnElement[bool]:
    """The task is one that a substitute may do."""
    theirs = _asks(task, proxy.name if proxy.is_personal else None, proxy.groups)
    if proxy.is_personal:
        theirs = or_(task.assignee == proxy.name, theirs)
    if proxy.processes is None:
        return theirs
    routine = (
        exists()
        .where(ProcessInstance.id == task.instance_id, Definition.key.in_(proxy.processes))
        .where(Definition.id == ProcessInstance.definition_id)
    )
    return and_(theirs, routine)


def _asks(task: type[UserTask], name: str | None, groups: frozenset[str]) -> ColumnElement[bool]:
    """The task has a candidate of this name, or one of these groups."""
    group = and_(Candidate.kind == CandidateKind.GROUP, Candidate.name.in_(groups))
    user = and_(Candidate.kind == CandidateKind.USER, Candidate.name == name)
    return exists().where(
        Candidate.task_id == task.id, group if name is None else or_(user, group)
    )


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The actor may see the instance."""
    if secrecy.is_the_system(actor):
        return true()
    named = secrecy.is_named(ProcessInstance.id, actor.id)
    return or_(and_(~secrecy.IS_SECRET, _concerns(actor)), and_(secrecy.IS_SECRET, named))


def _concerns(actor: Actor) -> ColumnElement[bool]:
    """The actor sees every instance, audits its unit, began it, or has or had a part in it."""
    if sees_every_instance(actor):
        return true()
    task = aliased(UserTask)  # also in a query about one task of the instance
    return or_(
        ProcessInstance.unit.in_(actor.audits),
        ProcessInstance.started_by == actor.id,
        instances.performed_in(actor),
        exists().where(task.instance_id == ProcessInstance.id, for_the_actor(actor, task)),
    )


def has_part(session: Session, instance_id: UUID, actor: Actor) -> bool:
    return bool(
        session.scalar(
            select(exists().where(UserTask.instance_id == instance_id, for_the_actor(actor)))
        )
    )


def listed(  # noqa: PLR0913
    session: Session,
    actor: Actor,
    *,
    instance_id: UUID | None = None,
    assignee: str | None = None,
    candidate_group: str | None = None,
    state: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Sequence[UserTask]:
    """Return the tasks that the actor may see, the oldest first."""
    query = select(UserTask).where(
        exists().where(ProcessInstance.id == UserTask.instance_id, seen_by(actor))
    )
    if instance_id is not None:
        query = query.where(UserTask.instance_id == instance_id)
    if assignee is not None:
        query = query.where(UserTask.assignee == assignee)
    if candidate_group is not None:
        query = query.where(
            exists().where(
                Candidate.task_id == UserTask.id,
                Candidate.kind == CandidateKind.GROUP,
                Candidate.name == candidate_group,
            )
        )
    if state is not None:
        query = query.where(UserTask.state == state)
    if after is not None:
        query = query.where(UserTask.id > after)
    return session.scalars(query.order_by(UserTask.id).limit(limit)).all()


def open_of_several(session: Session, instances: Iterable[UUID]) -> dict[UUID, list[UserTask]]:
    """Return the open tasks of instances by instance, for lists that say whom each waits for."""
    found: dict[UUID, list[UserTask]] = {}
    for task in session.scalars(
        select(UserTask)
        .where(
            UserTask.instance_id.in_(set(instances)),
            UserTask.state == UserTaskState.CREATED.value,
        )
        .order_by(UserTask.token)
    ):
        found.setdefault(task.instance_id, []).append(task)
    return found
