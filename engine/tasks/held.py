"""A task and its instance, held for this transaction and read past the session, in two statements."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from engine.audit import repository as record
from engine.errors import NotFound
from engine.instances import held
from engine.instances.held import HeldInstance
from engine.instances.models import ProcessInstance
from engine.tasks.models import Candidate, CandidateKind, UserTask
from engine.writes import HeldRow


@dataclass(slots=True, eq=False)
class HeldTask(HeldRow):
    kind: ClassVar = UserTask

    id: UUID
    instance_id: UUID
    token: int
    repeated_in: int | None
    version_digest: str
    element_id: str
    name: str
    form_key: str | None
    state: str
    assignee: str | None
    owner: str | None
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int | None
    created_at: datetime
    ended_at: datetime | None
    completed_by: UUID | None
    on_behalf_of: UUID | None
    candidate_groups: list[str] = field(default_factory=list)
    candidate_users: list[str] = field(default_factory=list)
    is_for_nobody: bool = False

    @property
    def is_for_somebody(self) -> bool:
        return bool(self.candidate_groups or self.candidate_users or self.is_for_nobody)


Task = UserTask | HeldTask

_INSTANCE = held.holding(
    ProcessInstance.id
    == select(UserTask.instance_id).where(UserTask.id == bindparam("task")).scalar_subquery()
)
_COLUMNS = tuple(UserTask.__table__.columns)
_TASK = (
    select(
        *_COLUMNS,
        Candidate.kind,
        Candidate.name,
        record.last_sealing(UserTask.instance_id).scalar_subquery(),
    )
    .outerjoin(Candidate, Candidate.task_id == UserTask.id)
    .where(UserTask.id == bindparam("task"))
    .order_by(Candidate.name)
)


def of(connection: Connection, task_id: UUID) -> tuple[HeldTask, HeldInstance]:
    """
    Hold the instance of a task, then look at the task: what was before the lock does not count.

    Raises `NotFound`.
    """
    asked = {"task": task_id}
    found = connection.execute(_INSTANCE, asked).one_or_none()
    rows = connection.execute(_TASK, asked).all() if found else []
    if found is None or not rows:
        raise NotFound
    *columns, _kind, _name, sealing = rows[0]
    values = dict(zip((each.key for each in _COLUMNS), columns, strict=True))
    task = HeldTask(**values)
    for *_, kind, name, _sealing in rows:
        if kind == CandidateKind.GROUP:
            task.candidate_groups.append(name)
        elif kind == CandidateKind.USER:
            task.candidate_users.append(name)
        elif kind == CandidateKind.NOBODY:
            task.is_for_nobody = True
    return task, held.instance(found, record.vouched(sealing))
