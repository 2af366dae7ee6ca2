"""
How routines stand: what a process says of itself beside its version, and indexes without secret cases.

By them the first page and the catalogue say what is late, stopped, open and ended in each routine, without
going through what is not: figures leave secret cases out.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2400"
down_revision = "20261122_2320"

OTHERS = "confidentiality <> 'secret'"
STOPPED = f"state = 'incident' AND {OTHERS}"
CASES = {
    "ix__process_instance__definition_id_ended_at": (["definition_id", "ended_at"], OTHERS),
    "ix__process_instance__stopped": (["definition_id"], STOPPED),
    "ix__process_instance__stopped_in_unit": (["unit"], STOPPED),
}
ENTRIES = {
    "ix__inbox_entry__of_routine": ["process_key", "due_at", "task_id"],
    "ix__inbox_entry__of_unit": ["unit", "due_at", "process_key", "task_id"],
}


def upgrade() -> None:
    op.add_column("definition", sa.Column("documentation", sa.Text(), nullable=True))
    op.add_column("definition", sa.Column("shortcut", sa.Text(), nullable=True))
    op.create_index("ix__definition__shortcut", "definition", ["shortcut"])
    for name, (columns, condition) in CASES.items():
        _index(name, "process_instance", columns, condition)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, columns in ENTRIES.items():
        _index(name, "inbox_entry", columns, f"is_secret IS {0 if on_sqlite else 'false'}")


def downgrade() -> None:
    for name in ENTRIES:
        op.drop_index(name, "inbox_entry")
    for name in CASES:
        op.drop_index(name, "process_instance")
    op.drop_index("ix__definition__shortcut", "definition")
    op.drop_column("definition", "shortcut")
    op.drop_column("definition", "documentation")


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
