"""The tree and the people in it, on one day: each question is one statement, whatever the depth."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar, TypeVarTuple
from uuid import UUID

from sqlalchemy import CTE, BindParameter, Select, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased, lazyload

from engine.accounts.models import Account
from engine.errors import NotFound
from engine.organisation.chart import MOST_LEVELS, Chart, Placed, Placing
from engine.organisation.models import (
    Absence,
    Appointment,
    Belonging,
    Role,
    Substitution,
    Unit,
    UnitPlacement,
)
from engine.organisation.periods import in_force, to_come
from engine.texts import can_be_kept

Row = TypeVar("Row")
Columns = TypeVarTuple("Columns")
DatedRow = Belonging | Appointment | Absence | Substitution
AT_ONCE = 500
"""Keys in one statement."""


def unit(session: Session, key: str) -> Unit:
    found = session.scalar(select(Unit).where(Unit.key == key)) if can_be_kept(key) else None
    if found is None:
        raise NotFound("There is no unit '{unit}'.", unit=key)
    return found


def role(session: Session, key: str) -> Role:
    found = session.get(Role, key) if can_be_kept(key) else None
    if found is None:
        raise NotFound("There is no role '{role}'.", role=key)
    return found


def names(session: Session, kind: type[Role] | type[Unit], key: str) -> tuple[str, str] | None:
    """Return what a role or a unit is called, in Swedish and in English; None where there is none."""
    row = session.execute(select(kind.name_sv, kind.name_en).where(kind.key == key)).first()
    return None if row is None else (row[0], row[1])


def names_of(
    session: Session, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what roles and units are called, by table and key; what there is none of is left out."""
    parts = (
        select(literal(kind.__tablename__), kind.key, kind.name_sv, kind.name_en).where(
            kind.key.in_([key for table, key in wanted if table == kind.__tablename__])
        )
        for kind in (Role, Unit)
    )
    rows = session.execute(union_all(*parts))
    return {(kind, key): (in_swedish, in_english) for kind, key, in_swedish, in_english in rows}


def one(session: Session, table: type[Row], identity: UUID) -> Row:
    found = session.get(table, identity)
    if found is None:
        raise NotFound
    return found


def stretch(
    query: Select[*Columns],
    table: type[DatedRow],
    *,
    on: date | None,
    after: UUID | None,
    limit: int,
) -> Select[*Columns]:
    """Take from a list the rows that count on a day, or all, by identity."""
    if on is not None:
        query = query.where(in_force(table, on))
    if after is not None:
        query = query.where(table.id > after)
    return query.order_by(table.id).limit(limit)


def ahead(
    query: Select[*Columns], table: type[DatedRow], on: date, *, limit: int
) -> Select[*Columns]:
    """Take from a list the rows that count on a day or later, the first to begin first."""
    return query.where(to_come(table, on)).order_by(table.valid_from, table.id).limit(limit)


def chain_upward(key: str | BindParameter[str], on: date | BindParameter[date]) -> CTE:
    """Return a unit and those above it on a day, with how far up: `unit_id`, `level`."""
    chain = (
        select(Unit.id.label("unit_id"), literal(0).label("level"))
        .where(Unit.key == key, in_force(Unit, on))
        .cte("upward", recursive=True)
    )
    return chain.union_all(
        select(UnitPlacement.parent_id, chain.c.level + 1)
        .join(chain, UnitPlacement.unit_id == chain.c.unit_id)
        .where(
            in_force(UnitPlacement, on),
            UnitPlacement.parent_id.is_not(None),
            chain.c.level < MOST_LEVELS,
        )
    )


def ancestors(session: Session, key: str, on: date) -> Sequence[Unit]:
    """Return the units above one on a day, the nearest first."""
    chain = chain_upward(key, on)
    return session.scalars(
        select(Unit)
        .join(chain, chain.c.unit_id == Unit.id)
        .where(chain.c.level > 0)
        .order_by(chain.c.level)
    ).all()


def units(
    session: Session,
    on: date,
    *,
    below: str | None = None,
    after: str | None = None,
    limit: int,
) -> Sequence[tuple[Unit, str | None]]:
    """Return the units that there are on a day, each with the key of the one above it, by key."""
    parent = aliased(Unit)
    query = (
        select(Unit, parent.key)
        .join(UnitPlacement, UnitPlacement.unit_id == Unit.id)
        .outerjoin(parent, parent.id == UnitPlacement.parent_id)
        .where(in_force(Unit, on), in_force(UnitPlacement, on))
    )
    if below is not None:
        query = query.where(parent.key == below)
    if after is not None:
        query = query.where(Unit.key > after)
    rows = session.execute(query.order_by(Unit.key).limit(limit))
    return [(unit, above) for unit, above in rows]


def units_of(session: Session, account_id: UUID, on: date) -> Sequence[Unit]:
    """Return the units that a person works in on a day; the first is the one worked in longest."""
    return session.scalars(
        select(Unit)
        .join(Belonging, Belonging.unit_id == Unit.id)
        .where(Belonging.account_id == account_id, in_force(Belonging, on))
        .order_by(Belonging.valid_from, Belonging.id)
    ).all()


def units_of_several(
    session: Session, accounts: Collection[UUID], on: date
) -> Mapping[UUID, list[str]]:
    """Return the keys of the units that people work in on a day, in the order of `units_of`."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for account_id, key in session.execute(
        select(Belonging.account_id, Unit.key)
        .join(Unit, Unit.id == Belonging.unit_id)
        .where(Belonging.account_id.in_(accounts), in_force(Belonging, on))
        .order_by(Belonging.valid_from, Belonging.id)
    ):
        found[account_id].append(key)
    return found


def people(
    session: Session,
    on: date,
    *,
    unit: str | None = None,
    after: UUID | None = None,
    limit: int,
) -> Sequence[Account]:
    """Return the people who can sign in; with a unit, those who work there on a day."""
    query = select(Account).where(Account.is_active).options(lazyload(Account.memberships))
    if unit is not None:
        works_there = (
            exists()
            .where(Belonging.account_id == Account.id, Belonging.unit_id == Unit.id)
            .where(Unit.key == unit, in_force(Belonging, on))
        )
        query = query.where(works_there)
    if after is not None:
        query = query.where(Account.id > after)
    return session.scalars(query.order_by(Account.id).limit(limit)).all()


def roles(
    session: Session, *, after: str | None = None, limit: int | None = None
) -> Sequence[Role]:
    query = select(Role).order_by(Role.key)
    return session.scalars(query.where(Role.key > (after or "")).limit(limit)).all()


# ------------------------------------------------------------ what changes look at


def chart(session: Session) -> Chart:
    """Read the whole tree, of all days."""
    rows = session.scalars(select(Unit).order_by(Unit.key)).all()
    keys = {each.id: each.key for each in rows}
    placings: dict[UUID, list[Placing]] = defaultdict(list)
    for each in session.scalars(select(UnitPlacement).order_by(UnitPlacement.valid_from)):
        parent = keys[each.parent_id] if each.parent_id else None
        placings[each.unit_id].append(Placing(parent, each.period))
    return {each.key: placed(each, placings[each.id]) for each in rows}


def placed(unit: Unit, placings: Iterable[Placing]) -> Placed:
    return Placed(unit.key, unit.name_sv, unit.name_en, unit.kind, unit.period, tuple(placings))


def placings(session: Session, unit_id: UUID) -> Sequence[Placing]:
    """Return every place of a unit, in the order of their first days."""
    parent = aliased(Unit)
    rows = session.execute(
        select(UnitPlacement, parent.key)
        .outerjoin(parent, parent.id == UnitPlacement.parent_id)
        .where(UnitPlacement.unit_id == unit_id)
        .order_by(UnitPlacement.valid_from)
    )
    return [Placing(key, row.period) for row, key in rows]


def by_keys(session: Session, keys: Collection[str]) -> dict[str, Unit]:
    """Return units by their keys; of many in several statements."""
    wanted, found = sorted(keys), {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for each in session.scalars(select(Unit).where(Unit.key.in_(some))):
            found[each.key] = each
    return found


def is_used_after(session: Session, unit_id: UUID, last: date) -> bool:
    """Tell whether somebody belongs to a unit, or is appointed in it, after a day."""
    tables: tuple[type[Any], ...] = (Belonging, Appointment)
    return any(
        session.scalar(
            select(
                exists().where(
                    table.unit_id == unit_id,
                    or_(table.valid_to.is_(None), table.valid_to > last),
                    or_(table.valid_to.is_(None), table.valid_to >= table.valid_from),
                )
            )
        )
        for table in tables
    )
