"""What only the cases of tasks know: what they are called outside, and their declared variables."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from engine.inbox.asking import Filters
from engine.inbox.merging import Condition, is_sqlite
from engine.instances.models import ProcessInstance

FEW = 500
"""Up to so many cases are found first and their tasks looked at; more are asked for at each task."""
HIGHEST = "\U0010ffff"
"""Sorts behind every text that goes on."""


def few(session: Session, filters: Filters) -> Sequence[UUID] | None:
    """Return the cases that are asked for, where they are few."""
    if not filters.about_cases:
        return None
    matching = select(ProcessInstance.id).where(*of_cases(session, filters)).limit(FEW + 1)
    found = session.scalars(matching).all()
    return found if len(found) <= FEW else None


def conditions(session: Session, filters: Filters) -> list[Condition]:
    """Return what the case of an entry must be."""
    if not filters.about_cases:
        return []
    return [
        lambda entry: and_(
            true(),
            *_called(session, entry.business_key, filters),
            *_with(entry.instance_id, filters),
        )
    ]


def of_cases(session: Session, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what a case must be."""
    return [
        *_called(session, ProcessInstance.business_key, filters),
        *_with(ProcessInstance.id, filters),
    ]


def begins_with(session: Session, text: Any, prefix: str) -> list[ColumnElement[bool]]:
    """Compare letter by letter, whatever the language of the database."""
    if is_sqlite(session):
        return [text >= prefix, text < prefix + HIGHEST]
    return [text.bool_op("~>=~")(prefix), text.bool_op("~<~")(prefix + HIGHEST)]


def _called(session: Session, key: Any, filters: Filters) -> list[ColumnElement[bool]]:
    found = [] if filters.business_key is None else [key == filters.business_key]
    if filters.business_key_prefix:
        found += begins_with(session, key, filters.business_key_prefix)
    return found


def _with(_instance_id: Any, _filters: Filters) -> list[ColumnElement[bool]]:
    return []
