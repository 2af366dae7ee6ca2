"""
Declared variables, kept where they can be searched for.

A copy: the truth is the saved state. It is written in the transaction of the step that changed a variable, and
only what changed is written. What has no order and no writing of its own (lists, records) is left out.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engine.instances.models import CaseVariable

LONGEST = 200
Value = tuple[str, float | None, date | None]
TABLE = CaseVariable.__table__


def follow(
    session: Session,
    instance_id: UUID,
    declared: Iterable[str],
    variables: Mapping[str, Any],
    zone: ZoneInfo,
) -> None:
    """Make what is kept of a case equal to its variables."""
    now = {
        name: value
        for name in declared
        if (value := searched_as(variables.get(name), zone)) is not None
    }
    columns = (TABLE.c.name, TABLE.c.text, TABLE.c.number, TABLE.c.day)
    rows = session.execute(select(*columns).where(TABLE.c.instance_id == instance_id))
    kept = {name: tuple(value) for name, *value in rows}
    gone = [name for name in kept if kept[name] != now.get(name)]
    new = [name for name in now if kept.get(name) != now[name]]
    if gone:
        here = TABLE.c.instance_id == instance_id
        session.execute(delete(TABLE).where(here, TABLE.c.name.in_(gone)))  # type: ignore[arg-type]
    if new:
        session.execute(insert(TABLE), [_row(instance_id, name, now[name]) for name in new])  # type: ignore[arg-type]


def searched_as(value: Any, zone: ZoneInfo) -> Value | None:
    """Return a value as text, as a number and as a day, as far as it is one; None for what is not searched by."""
    if isinstance(value, bool):
        return ("true" if value else "false", None, None)
    if isinstance(value, str):
        return (value[:LONGEST], None, None)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return (value.isoformat(), None, local.date())
    if isinstance(value, date):
        return (value.isoformat(), None, value)
    return None


def _number(value: float | Decimal) -> Value | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return (str(value)[:LONGEST], number, None) if math.isfinite(number) else None


def _row(instance_id: UUID, name: str, value: Value) -> dict[str, Any]:
    text, number, day = value
    return {"instance_id": instance_id, "name": name, "text": text, "number": number, "day": day}
