"""Everybody who has or had an account, as those who look after the organisation search among them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, lazyload

from engine.accounts.models import Account, Membership
from engine.organisation.models import Belonging, Unit
from engine.organisation.periods import in_force
from engine.texts import can_be_kept

LONGEST_TEXT = 100


class Which(StrEnum):
    ACTIVE = "active"
    CLOSED = "closed"
    ALL = "all"
    UNPLACED = "unplaced"
    """Those who can sign in and work in no unit."""


@dataclass(frozen=True, slots=True)
class Counts:
    active: int
    closed: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom somebody looks for."""

    text: str = ""
    """Part of a name: of the one that others see, or of the one to sign in with."""
    unit: str | None = None
    """The key of the unit that they work in."""
    which: Which = Which.ACTIVE
    among: Collection[UUID] | None = None


def people(
    session: Session, asked: Asked, on: date, *, after: UUID | None = None, limit: int
) -> Sequence[Account]:
    """Return people by the name that others see; `after` is the last one of the page before."""
    query = select(Account).where(*_conditions(asked, on)).options(lazyload(Account.memberships))
    if after is not None:
        last = aliased(Account)
        query = query.join(last, last.id == after).where(
            or_(
                Account.display_name > last.display_name,
                and_(Account.display_name == last.display_name, Account.id > last.id),
            )
        )
    return session.scalars(query.order_by(Account.display_name, Account.id).limit(limit)).all()


def count(session: Session, asked: Asked, on: date) -> int:
    found = select(func.count()).select_from(Account).where(*_conditions(asked, on))
    return session.scalar(found) or 0


def counts(session: Session, on: date) -> Counts:
    unplaced = and_(Account.is_active, ~_works_somewhere(on))
    row = session.execute(
        select(
            func.count(case((Account.is_active, 1))),
            func.count(case((~Account.is_active, 1))),
            func.count(case((unplaced, 1))),
        ).select_from(Account)
    ).one()
    return Counts(row[0], row[1], row[2])


def in_group(session: Session, group: str, *, limit: int) -> Sequence[Account]:
    """Return the active accounts that belong to a group, by the name that others see."""
    return session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.group == group, Account.is_active)
        .order_by(Account.display_name, Account.id)
        .options(lazyload(Account.memberships))
        .limit(limit)
    ).all()


def people_by_unit(session: Session, on: date) -> dict[str, int]:
    """Return how many people work in each unit on a day; of units without anybody nothing."""
    rows = session.execute(
        select(Unit.key, func.count())
        .join(Belonging, Belonging.unit_id == Unit.id)
        .join(Account, Account.id == Belonging.account_id)
        .where(in_force(Belonging, on), Account.is_active)
        .group_by(Unit.key)
    )
    return {key: number for key, number in rows}  # noqa: C416  a row is not a pair to mypy


def _conditions(asked: Asked, on: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    text = asked.text.strip()[:LONGEST_TEXT]
    if text and can_be_kept(text):
        conditions.append(_is_called(text))
    if asked.unit is not None:
        there = exists().where(
            Belonging.account_id == Account.id,
            Belonging.unit_id == Unit.id,
            Unit.key == asked.unit,
            in_force(Belonging, on),
        )
        conditions.append(there)
    if asked.among is not None:
        conditions.append(Account.id.in_(asked.among))
    if asked.which is not Which.ALL:
        conditions.append(Account.is_active.is_(asked.which is not Which.CLOSED))
    if asked.which is Which.UNPLACED:
        conditions.append(~_works_somewhere(on))
    return conditions


def _is_called(text: str) -> ColumnElement[bool]:
    """SQLite folds the letters of English only: what was typed is tried as names are written as well."""
    written = dict.fromkeys([text, text.lower(), text.capitalize(), text.title()])
    shown = [Account.display_name.icontains(each, autoescape=True) for each in written]
    return or_(*shown, Account.name.contains(text.lower(), autoescape=True))


def _works_somewhere(on: date) -> ColumnElement[bool]:
    return exists().where(Belonging.account_id == Account.id, in_force(Belonging, on))
