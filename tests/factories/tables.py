"""The tables as somebody sees them who has the database in hand."""

from sqlalchemy import func, select

from engine.db import Base
from engine.installation import Installation


def counted(installation: Installation) -> dict[str, int]:
    """Count the rows of every table."""
    with installation.database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
