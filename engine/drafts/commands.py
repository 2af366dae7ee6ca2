from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete

from engine.drafts.models import Draft
from engine.uow import UnitOfWork


def forget(uow: UnitOfWork, task_ids: Collection[UUID]) -> None:
    """Remove everybody's drafts of tasks that have ended, in the transaction in which they end."""
    if task_ids:
        uow.session.execute(delete(Draft).where(Draft.task_id.in_(set(task_ids))))
