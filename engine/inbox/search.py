"""Search over tasks, cases and what they are called, as far as the actor may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from engine.definitions.models import Definition
from engine.inbox import matching
from engine.inbox.models import SearchLine
from engine.inbox.repository import CASE, CaseLine
from engine.instances.models import ProcessInstance
from engine.tasks import repository as tasks
from engine.tasks.models import UserTask
from engine.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Hit:
    case: CaseLine
    task: UserTask | None
    """None where the case itself was found."""


@dataclass(frozen=True, slots=True)
class Found:
    hits: Sequence[Hit]
    """The newest first."""
    is_complete: bool
    """False where there are more, or may be."""


def find(uow: UnitOfWork, query: str, *, limit: int) -> Found:
    """Return tasks and cases that hold all the words of a text, or words that begin so."""
    wanted = matching.words(query)
    if not wanted:
        return Found([], is_complete=True)
    newest = matching.newest(uow.session, wanted).subquery("newest")
    looked_at = select(func.count()).select_from(newest).scalar_subquery()
    statement = (
        select(UserTask, looked_at, *CASE)
        .select_from(newest)
        .join(SearchLine, SearchLine.number == newest.c.number)
        .join(ProcessInstance, ProcessInstance.id == SearchLine.instance_id)
        .join(Definition, Definition.id == ProcessInstance.definition_id)
        .outerjoin(UserTask, UserTask.id == SearchLine.id)
        .where(tasks.seen_by(uow.actor))
        .order_by(SearchLine.number.desc())
        .limit(limit + 1)
    )
    rows = uow.session.execute(statement).all()
    hits = [Hit(CaseLine(*tuple(row)[2:]), row[0]) for row in rows[:limit]]
    all_looked_at = not rows or rows[0][1] <= matching.LOOKED_AT
    return Found(hits, is_complete=len(rows) <= limit and all_looked_at)
