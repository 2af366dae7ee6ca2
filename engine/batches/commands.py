"""
What is asked for many tasks at once and takes longer than somebody waits: how far it has come, what was refused.

Each task is a transaction of its own, so what is done stays done. Where the process ends in the middle, the rest
can be asked for again: the batch knows which tasks had their turn.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from engine.batches.models import Batch
from engine.db import new_id
from engine.errors import Conflict, NotFound
from engine.uow import UnitOfWork

KEPT = timedelta(days=7)
SILENT = timedelta(seconds=30)
"""After so long without a task, nobody works at a batch any more."""


def create(uow: UnitOfWork, act: str, tasks: Sequence[UUID], given: Mapping[str, Any]) -> Batch:
    """Write down what is to be done; the actor's batches of long ago go."""
    owner = _owner(uow)
    uow.session.execute(
        delete(Batch).where(Batch.account_id == owner, Batch.created_at < uow.now - KEPT)
    )
    batch = Batch(
        id=new_id(),
        account_id=owner,
        act=act,
        given=dict(given),
        tasks=[str(each) for each in tasks],
        done=0,
        refused={},
        created_at=uow.now,
        seen_at=uow.now,
    )
    uow.session.add(batch)
    return batch


def get(uow: UnitOfWork, batch_id: UUID) -> Batch:
    """Return a batch of the actor's own. Raises `NotFound`."""
    batch = uow.session.get(Batch, batch_id)
    if batch is None or batch.account_id != uow.actor.id:
        raise NotFound
    return batch


def next_task(uow: UnitOfWork, batch_id: UUID) -> UUID | None:
    """Return whose turn it is; None at the end."""
    batch = get(uow, batch_id)
    return UUID(batch.tasks[batch.done]) if batch.done < len(batch.tasks) else None


def note(uow: UnitOfWork, batch_id: UUID, task_id: UUID, refused: str | None) -> None:
    """Note that a task had its turn, and why nothing was done with it, if so."""
    batch = get(uow, batch_id)
    batch.done += 1
    batch.seen_at = uow.now
    if refused is not None:
        batch.refused = {**batch.refused, str(task_id): refused}


def resume(uow: UnitOfWork, batch_id: UUID) -> Batch:
    """Take a batch up that stands still. Raises `Conflict` for one that somebody works at, or that is done."""
    batch = uow.session.scalars(
        select(Batch).where(Batch.id == get(uow, batch_id).id).with_for_update()
    ).one()
    if not stands_still(uow, batch):
        raise Conflict("It is being done, or done already.")
    batch.seen_at = uow.now
    return batch


def running(uow: UnitOfWork) -> Batch | None:
    """Return the actor's newest batch that is not done."""
    newest = uow.session.scalars(
        select(Batch).where(Batch.account_id == uow.actor.id).order_by(Batch.id.desc()).limit(1)
    ).first()
    return newest if newest is not None and not is_done(newest) else None


def is_done(batch: Batch) -> bool:
    return batch.done >= len(batch.tasks)


def stands_still(uow: UnitOfWork, batch: Batch) -> bool:
    """Tell whether nobody works at a batch that is not done."""
    return not is_done(batch) and batch.seen_at < uow.now - SILENT


def _owner(uow: UnitOfWork) -> UUID:
    if uow.actor.id is None:
        raise NotFound
    return uow.actor.id
