"""Tasks that are done for somebody else, delegated, or looked at again: who and when is kept."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261121_2100"
down_revision = "20261121_2000"

TABLES = ("user_task", "element_instance")


def upgrade() -> None:
    op.add_column("user_task", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("user_task", sa.Column("follow_up_at", Moment(), nullable=True))
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
    with op.batch_alter_table("user_task") as batch:
        batch.drop_column("follow_up_at")
        batch.drop_column("owner")
