"""What only the cases of tasks know: what they are called outside, and their declared variables."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import Session, aliased

from engine.inbox.asking import Comparison, Filters, VariableIs
from engine.inbox.merging import Condition, is_sqlite
from engine.instances.models import CaseVariable, ProcessInstance
from engine.instances.searchable import LONGEST

FEW = 2_000
"""Up to so many cases are found first and their tasks looked at; more are asked for at each task."""
HIGHEST = "\U0010ffff"
"""Sorts behind every text that goes on."""


def few(session: Session, filters: Filters) -> Sequence[UUID] | None:
    """Return the cases that are asked for, where they are few."""
    if not filters.about_cases:
        return None
    found = session.scalars(_matching(session, filters).limit(FEW + 1)).all()
    return found if len(found) <= FEW else None


def _matching(session: Session, filters: Filters) -> Select[UUID]:
    """Ask the index that knows most: of the business key, else of the first variable."""
    if filters.business_key is not None or not filters.variables:
        return select(ProcessInstance.id).where(*of_cases(session, filters))
    first, *others = filters.variables
    rest = replace(filters, variables=tuple(others))
    query = select(CaseVariable.instance_id).where(*_is(CaseVariable, first))
    if not rest.about_cases:
        return query
    return query.join(ProcessInstance, ProcessInstance.id == CaseVariable.instance_id).where(
        *of_cases(session, rest)
    )


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


def _with(instance_id: Any, filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for each in filters.variables:
        variable = aliased(CaseVariable)
        there = variable.instance_id == instance_id
        found.append(exists().where(there, *_is(variable, each)))
    return found


def _is(variable: type[CaseVariable], wanted: VariableIs) -> list[ColumnElement[bool]]:
    """Compare a variable as what is asked for: a text, a number or a day. `1.50` is also the number 1.5."""
    value, named = wanted.value, variable.name == wanted.name
    column: Any = variable.text
    if isinstance(value, date):
        column = variable.day
    elif isinstance(value, Decimal):
        column = variable.number
    if wanted.comparison is Comparison.AT_LEAST:
        return [named, column >= value]
    if wanted.comparison is Comparison.AT_MOST:
        return [named, column <= value]
    number = _number(value)
    same = variable.text == str(value)[:LONGEST]
    return [named, same if number is None else or_(same, variable.number == number)]


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
