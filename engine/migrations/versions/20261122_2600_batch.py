"""The same act on many tasks, done one after the other in the background."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from engine.db import Moment

revision = "20261122_2600"
down_revision = "20261122_2500"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("given", JSON, nullable=False),
        sa.Column("tasks", JSON, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refused", JSON, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk__batch__account_id__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__batch")),
    )
    op.create_index(op.f("ix__batch__account_id"), "batch", ["account_id"])


def downgrade() -> None:
    op.drop_table("batch")
