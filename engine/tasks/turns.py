"""Whose turn it was, where tasks are given to people by turns."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.tasks.models import Turn


def held(session: Session, process_key: str, element_id: str) -> Turn:
    """Return the turn at an element, held for this transaction: two cases never take the same one."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    first = {"process_key": process_key, "element_id": element_id, "last": ""}
    session.execute(insert(Turn).values(first).on_conflict_do_nothing())
    return session.scalars(
        select(Turn)
        .where(Turn.process_key == process_key, Turn.element_id == element_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
