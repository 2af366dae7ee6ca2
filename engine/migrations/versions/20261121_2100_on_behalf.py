"""Substitutes: whoever does a task may do it for somebody else, and both are kept."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_2100"
down_revision = "20261121_2000"

TABLES = ("user_task", "element_instance")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("on_behalf_of", sa.Uuid(), nullable=True))
            batch.create_foreign_key(
                f"fk__{table}__on_behalf_of__account", "account", ["on_behalf_of"], ["id"]
            )


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk__{table}__on_behalf_of__account", type_="foreignkey")
            batch.drop_column("on_behalf_of")
