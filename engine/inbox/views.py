"""
Saved views: a tab with its filters and its order, under a name.

A view belongs to whoever made it. Those who answer for the routines may share theirs with a group or with
everybody; it shows each the tasks that are theirs. It holds what was asked, and no tasks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import IntegrityError

from engine.db import new_id
from engine.errors import Conflict, Invalid, NotFound
from engine.identity.permissions import Permission, Subject, require
from engine.inbox import merging
from engine.inbox.asking import SORTS, Sort, Tab
from engine.inbox.models import SavedView
from engine.texts import kept
from engine.uow import UnitOfWork

LONGEST_NAME = 100
MOST = 100
"""So many views has one person."""
_NAME = "A view has a name of at most {limit} characters."


@dataclass(frozen=True, slots=True)
class Content:
    name: str
    tab: Tab
    sort: Sort
    filters: Mapping[str, Any]
    """As the API takes them."""
    for_everybody: bool = False
    group: str | None = None
    """The group that it is shared with."""


@dataclass(frozen=True, slots=True)
class View:
    id: UUID
    content: Content
    is_mine: bool


def listed(uow: UnitOfWork, *, after: UUID | None = None, limit: int) -> Sequence[View]:
    """Return the actor's views and those that are shared with the actor, the oldest first."""
    query = select(SavedView).where(_seen(uow)).order_by(SavedView.id).limit(limit)
    if after is not None:
        query = query.where(SavedView.id > after)
    return [_told(uow, each) for each in uow.session.scalars(query)]


def get(uow: UnitOfWork, view_id: UUID) -> View:
    """Raises `NotFound`, also for a view that the actor does not see."""
    return _told(uow, _row(uow, view_id))


def create(uow: UnitOfWork, content: Content) -> View:
    """Raises `Conflict` where the actor has a view of that name, or too many."""
    require(uow.actor, Permission.CHANGE_VIEW, Subject(oneself=uow.actor.id is not None))
    _check(uow, content)
    count = select(func.count()).where(SavedView.owner == uow.actor.id)
    if (uow.session.scalar(count) or 0) >= MOST:
        raise Conflict("You have {limit} saved views already.", limit=MOST)
    row = SavedView(id=new_id(), owner=uow.actor.id, created_at=uow.now)
    return _written(uow, row, content)


def change(uow: UnitOfWork, view_id: UUID, content: Content) -> View:
    row = _changeable(uow, view_id)
    _check(uow, content)
    return _written(uow, row, content)


def remove(uow: UnitOfWork, view_id: UUID) -> None:
    uow.session.delete(_changeable(uow, view_id))


def _written(uow: UnitOfWork, row: SavedView, content: Content) -> View:
    row.name = kept(content.name, _NAME, longest=LONGEST_NAME)
    row.tab, row.sort = content.tab.value, content.sort.value
    row.filters = dict(content.filters)
    row.for_everybody, row.shared_with = content.for_everybody, content.group
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError as error:
        raise Conflict("There is a view of that name already.") from error
    return _told(uow, row)


def _check(uow: UnitOfWork, content: Content) -> None:
    if not content.name.strip():
        raise Invalid(_NAME, limit=LONGEST_NAME)
    if content.sort not in SORTS[content.tab]:
        raise Invalid("This tab cannot be sorted so.")
    if content.for_everybody or content.group is not None:
        require(uow.actor, Permission.SHARE_VIEW)


def _seen(uow: UnitOfWork) -> ColumnElement[bool]:
    with_a_group = merging.within(uow.session, SavedView.shared_with, uow.actor.groups)
    shared = or_(SavedView.for_everybody, with_a_group)
    return shared if uow.actor.id is None else or_(SavedView.owner == uow.actor.id, shared)


def _row(uow: UnitOfWork, view_id: UUID) -> SavedView:
    row = uow.session.scalar(select(SavedView).where(SavedView.id == view_id, _seen(uow)))
    if row is None:
        raise NotFound
    return row


def _changeable(uow: UnitOfWork, view_id: UUID) -> SavedView:
    row = _row(uow, view_id)
    mine = uow.actor.id is not None and row.owner == uow.actor.id
    require(uow.actor, Permission.CHANGE_VIEW, Subject(oneself=mine))
    return row


def _told(uow: UnitOfWork, row: SavedView) -> View:
    content = Content(
        row.name, Tab(row.tab), Sort(row.sort), row.filters, row.for_everybody, row.shared_with
    )
    return View(row.id, content, row.owner == uow.actor.id)
