"""What people write about the accessibility of the service."""

import sqlalchemy as sa
from alembic import op

from engine.db import Moment

revision = "20261122_2320"
down_revision = "20261122_2310"

WAITING = sa.text("handled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("handled_at", Moment(), nullable=True),
        sa.Column("handled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk__feedback__account_id__account")
        ),
        sa.ForeignKeyConstraint(
            ["handled_by"], ["account.id"], name=op.f("fk__feedback__handled_by__account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk__feedback")),
    )
    for column in ("account_id", "handled_by"):
        op.create_index(op.f(f"ix__feedback__{column}"), "feedback", [column])
    op.create_index(
        "ix__feedback__waiting",
        "feedback",
        ["id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("feedback")
